/** Every name by which a part of a document refers to another part: one table, which a walk over the schema holds to be whole. */
import type { Dates } from './dated.ts';
import type { ProgramDocument } from './document.ts';
import type { Finding } from './finding.ts';
import { isDated, isPlain, partsOf, placeOf } from './parts.ts';

interface Target {
  /** As people call what is named. */
  readonly what: string;
  readonly among: (document: ProgramDocument) => readonly { readonly key: string }[];
}

const benefit: Target = { what: 'benefit', among: ({ benefits }) => benefits };
const businessModel: Target = { what: 'business model', among: ({ businessModels }) => businessModels };
const certification: Target = { what: 'certification', among: ({ certifications }) => certifications };
const ladder: Target = { what: 'ladder', among: ({ ladders }) => ladders };
const productFamily: Target = { what: 'product family', among: ({ productFamilies }) => productFamilies };
const specialization: Target = { what: 'specialization', among: ({ specializations }) => specializations };
const tier: Target = { what: 'tier', among: ({ ladders }) => ladders.flatMap(({ tiers }) => tiers) };
const levelsOf = ({ ladders, serviceProviders }: ProgramDocument) => ladders.find(({ key }) => key === serviceProviders?.ladder)?.tiers ?? [];

/** By where the name stands: a JSON Pointer with `*` for a place in a list. */
export const references: Readonly<Record<string, Target>> = {
  '/productFamilies/*/benefit': benefit,
  '/specializations/*/certifications/*/certification': certification,
  '/specializations/*/ways/*/certifications/*/certification': certification,
  '/ladders/*/tiers/*/requirements/*/businessModel': businessModel,
  '/ladders/*/tiers/*/requirements/*/certification': certification,
  '/ladders/*/tiers/*/requirements/*/specialization': specialization,
  '/ladders/*/tiers/*/requirements/*/among': tier,
  '/ladders/*/tiers/*/benefits/*': benefit,
  '/pointsRules/*/businessModel': businessModel,
  '/pointsRules/*/activity/certification': certification,
  '/pointsRules/*/activity/specialization': specialization,
  '/dealRegistration/autoApproval/productFamilies/*': productFamily,
  '/dealRegistration/offers/*/tier': tier,
  '/mdf/budgets/*/region': { what: 'region', among: ({ mdf }) => mdf?.regions ?? [] },
  '/mdf/funds/*/budget': { what: 'budget', among: ({ mdf }) => mdf?.budgets ?? [] },
  '/mdf/tierCaps/*/tier': tier,
  '/rebates/schemes/*/productFamilies/*': productFamily,
  '/rebates/schemes/*/qualifiers/*/tiers/*': tier,
  '/rebates/schemes/*/qualifiers/*/certification': certification,
  '/rebates/schemes/*/paysOn/productFamilies/*': productFamily,
  '/rebates/schemes/*/tierUplifts/*/tier': tier,
  '/rebates/schemes/*/budget': { what: 'budget', among: ({ rebates }) => rebates?.budgets ?? [] },
  '/sellerRewards/*/role': { what: 'role', among: ({ roles }) => roles ?? [] },
  '/upfrontMargin/productFamilies/*': productFamily,
  '/upfrontMargin/rates/*/tier': tier,
  '/serviceProviders/ladder': ladder,
  '/serviceProviders/volumeDiscounts/*/tier': { what: 'level', among: levelsOf },
  '/serviceProviders/consumption/rateCards/*/charges/*/meter': {
    what: 'meter',
    among: ({ serviceProviders }) => serviceProviders?.consumption?.meters ?? [],
  },
  '/migration/moves/*/from': { what: 'tier to move from', among: ({ migration }) => migration?.tiers ?? [] },
  '/migration/moves/*/tier': tier,
  '/migration/moves/*/ladder': ladder,
};

interface Reference {
  readonly pointer: string;
  readonly key: string;
  readonly what: string;
  /** Undefined: it names nothing. */
  readonly named: object | undefined;
  /** One name of a list: without what it names, the list goes on without it. */
  readonly isListed: boolean;
}

export const referencesIn = (document: ProgramDocument): readonly Reference[] =>
  [...partsOf(document)].flatMap(({ pointer, part }) => {
    const place = placeOf(pointer);
    const target = references[place];
    if (target === undefined || typeof part !== 'string') return [];
    const named = target.among(document).find(({ key }) => key === part);
    return [{ pointer, key: part, what: target.what, named, isListed: place.endsWith('/*') }];
  });

/** Names that meet nothing; and what is named at all times and does not hold at all times. */
export const referenceFindings = (document: ProgramDocument): Finding[] =>
  referencesIn(document).flatMap(({ pointer, key, what, named, isListed }) => {
    if (named === undefined) return [{ pointer, message: `the document has no ${what} "${key}"` }];
    return isDated(named) && !isListed ? [{ pointer, message: `"${key}" holds ${spanOf(named)}, and is named here on every day` }] : [];
  });

const spanOf = ({ from, until }: Dates): string => [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ');

/** Keys that stand twice: in their list, wherever there is one of parts that have a key; of tiers, on any ladder. */
export const keyFindings = (document: ProgramDocument): Finding[] => {
  const seen = new Set<string>();
  return [...partsOf(document)].flatMap(({ pointer, part }) => {
    if (!isPlain(part) || typeof part.key !== 'string') return [];
    const list = pointer.slice(0, pointer.lastIndexOf('/'));
    const name = `${placeOf(list) === TIERS ? TIERS : list} ${part.key}`;
    if (seen.has(name)) return [{ pointer: `${pointer}/key`, message: `"${part.key}" stands twice` }];
    seen.add(name);
    return [];
  });
};

const TIERS = '/ladders/*/tiers';
