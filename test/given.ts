/** What the tests of several rooms begin with: ids by number, a program in force, and the fold of a history. */
import { DealId, type IdSchema, PartnerId, ProgramId, StandingId, SystemClientId, VersionId } from '@echelon/contracts/ids';
import type { InForce } from '@echelon/contracts/programs';
import { type Money, money } from '@echelon/money';
import { documents } from '@echelon/program/documents';

const ID_LENGTH = 26;

/** The id of this kind that is so much like its number that a failing test can be read. */
const numbered =
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

export const document = documents['reseller-example'];
export const inForce: InForce = { versionId: versionId(1), document };

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
