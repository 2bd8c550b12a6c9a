/** What the tests of several rooms begin with: ids by number, a program in force, and the fold of a history. */
import { day, instant } from '@echelon/calendar';
import {
  AssetId,
  CertificationId,
  DealId,
  EngagementId,
  type IdSchema,
  PartnerId,
  PersonId,
  ProgramId,
  SpecializationId,
  StandingId,
  SystemClientId,
  VersionId,
} from '@echelon/contracts/ids';
import type { Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { type Money, money } from '@echelon/money';
import { documents } from '@echelon/program/documents';

const ID_LENGTH = 26;

/** The id of this kind that is so much like its number that a failing test can be read. */
export const numbered =
  <Id extends string>(schema: IdSchema<Id>) =>
  (n: number): Id =>
    schema.parse(`${schema.prefix}_${String(n).padStart(ID_LENGTH, '0')}`);

export const [dealId, partnerId, programId, standingId, systemClientId, versionId] = [
  numbered(DealId),
  numbered(PartnerId),
  numbered(ProgramId),
  numbered(StandingId),
  numbered(SystemClientId),
  numbered(VersionId),
];

export const [assetId, certificationId, engagementId, personId, specializationId] = [
  numbered(AssetId),
  numbered(CertificationId),
  numbered(EngagementId),
  numbered(PersonId),
  numbered(SpecializationId),
];

export const document = documents['reseller-example'];
export const inForce: InForce = { versionId: versionId(1), document };

/** Admitted, and enrolled in program 1. */
export const partnerAtWork = (n: number): Extract<Partner, { status: 'admitted' }> => {
  const [by, at] = ['ann', instant('2026-01-05T15:00:00Z')];
  const enrollment = { programId: programId(1), businessModels: ['reseller'], ladders: ['reseller'], enrolledOn: day('2026-01-05') };
  return {
    ...{ status: 'admitted', id: partnerId(n), legalName: `Partner ${n}`, country: 'US', city: 'Austin' },
    ...{ appliedBy: by, appliedAt: at, vettedBy: 'bob', vettedAt: at, agreement: 'Agreement 2026', admittedAt: at },
    ...{ enrollments: [enrollment], specializations: [] },
  };
};

export const usd = (dollars: number): Money => money(BigInt(dollars) * 100n, 'USD');

/** What a decision decided; a refusal where none was expected fails the test by its reason. */
export const decided = <Event>(
  decision: { readonly events: readonly Event[] } | { readonly refused: string; readonly because?: string },
): { readonly events: readonly Event[] } => {
  if ('refused' in decision) throw new Error(`refused: ${decision.refused} ${decision.because ?? ''}`);
  return decision;
};

/** Why it was refused; something decided where a refusal was expected is undefined, which no expectation takes for a reason. */
export const refusalOf = (decision: object): unknown => ('refused' in decision ? decision.refused : undefined);
