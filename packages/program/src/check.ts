/** What a schema can't say of a document: names that must meet, tiers that must be reachable, figures that mean something. */
import * as z from 'zod';
import { bandFindings } from './check-bands.ts';
import { budgetFindings } from './check-budgets.ts';
import { cliffFindings } from './check-cliffs.ts';
import { countryFindings, dateFindings } from './check-dates.ts';
import { businessHoursFindings, dealFindings } from './check-deals.ts';
import { incentiveFindings, unchargedMeters } from './check-incentives.ts';
import { ladderFindings } from './check-ladders.ts';
import { migrationFindings, replacementFindings } from './check-migration.ts';
import { unusedWeights } from './check-points.ts';
import { bytesOf, DOCUMENT_BYTES_MAX, ProgramDocument } from './document.ts';
import type { Finding, Found } from './finding.ts';
import { isPlain, partsOf } from './parts.ts';
import { keyFindings, referenceFindings } from './references.ts';

export { replacementFindings } from './check-migration.ts';
export type { Found } from './finding.ts';

/**
 * All that there is to see to, what is refused first. Where nothing is refused, every service can run the document. Beside the
 * document that it is to replace, where there is one. One that is too large is not looked into.
 */
export const check = (document: ProgramDocument, replaced?: ProgramDocument): readonly Found[] => {
  const large = sizeFindings(document);
  if (large.length > 0) return large;
  const weighed = [
    ...cliffFindings(document),
    ...unchargedMeters(document),
    ...unusedWeights(document),
    ...(replaced ? replacementFindings(document, replaced) : []),
  ];
  const refused = faults(document).map((finding) => ({ severity: 'refused' as const, ...finding }));
  return [...refused, ...weighed].toSorted((a, b) => (a.severity === b.severity ? 0 : a.severity === 'refused' ? -1 : 1));
};

/** A document has to fit an event. */
export const sizeFindings = (document: ProgramDocument): readonly Found[] => {
  const bytes = bytesOf(document);
  const message = `has ${bytes} bytes of JSON, and at most ${DOCUMENT_BYTES_MAX} are taken`;
  return bytes > DOCUMENT_BYTES_MAX ? [{ severity: 'refused', pointer: '', message }] : [];
};

/** Of what there is to see to, what a document can't be run with. */
export const refused = (found: readonly Found[]): readonly Found[] => found.filter(({ severity }) => severity === 'refused');
export const reported = (found: readonly Found[]): readonly Found[] => found.filter(({ severity }) => severity === 'reported');

const faults = (document: ProgramDocument): readonly Finding[] => [
  ...businessHoursFindings(document),
  ...keyFindings(document),
  ...referenceFindings(document),
  ...unsold(document),
  ...ladderFindings(document),
  ...dealFindings(document),
  ...incentiveFindings(document),
  ...bandFindings(document),
  ...budgetFindings(document),
  ...countryFindings(document),
  ...dateFindings(document),
  ...migrationFindings(document),
  ...currencies(document),
  ...pointsAtNothing(document),
];

/** A product that only some may sell, and that nobody may. */
const unsold = ({ productFamilies, ladders }: ProgramDocument): Finding[] => {
  const given = new Set(ladders.flatMap(({ tiers }) => tiers.flatMap((tier) => tier.benefits)));
  return productFamilies.flatMap(({ benefit, key }, at) =>
    benefit === undefined || given.has(benefit)
      ? []
      : [{ pointer: `/productFamilies/${at}/benefit`, message: `no tier gives "${benefit}": nobody could sell "${key}"` }],
  );
};

/** Amounts and prices are all in the program's one currency. */
const currencies = (document: ProgramDocument): Finding[] =>
  [...partsOf(document)].flatMap(({ pointer, part }) =>
    isPlain(part) && 'amount' in part && typeof part.currency === 'string' && part.currency !== document.currency
      ? [{ pointer: `${pointer}/currency`, message: `${part.currency} is not the program's currency, ${document.currency}` }]
      : [],
  );

/** What is said to be illustrative must be there: in the JSON, where an amount has no parts but those that are written. */
const pointsAtNothing = (document: ProgramDocument): Finding[] => {
  const written = [...partsOf(z.encode(ProgramDocument, document))].filter(({ part }) => part !== undefined);
  const places = new Set(written.map(({ pointer }) => pointer));
  return document.illustrative.flatMap((pointer, at) =>
    places.has(pointer) ? [] : [{ pointer: `/illustrative/${at}`, message: `there is nothing at ${pointer}` }],
  );
};
