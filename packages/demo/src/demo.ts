/**
 * The five programs that ship, each with its partners and a year of history, told through the client as its users would: nothing is
 * written behind the API's back. Names of end customers are real companies'; what they order is illustrative.
 */
import type { ProgramId, StandingId } from '@echelon/contracts/ids';
import { documents } from '@echelon/program/documents';
import type { Credentials, Place } from './clients.ts';
import { logitech } from './logitech.ts';
import { puppet } from './puppet.ts';
import { pure2023 } from './pure-2023.ts';
import { pureP3 } from './pure-p3.ts';
import type { Story } from './story.ts';
import { type Told, tell } from './teller.ts';
import { vmware } from './vmware.ts';

export type { Credentials } from './clients.ts';
export { people } from './people.ts';

const stories = [puppet, pureP3, pure2023, vmware, logitech] as const satisfies readonly Story[];
type DemoProgram = Story['document'];

export interface DemoOptions extends Place {
  /** Resolves when all that was done has arrived wherever it is heard. */
  readonly settled: () => Promise<unknown>;
  /** Told what is being done, for whoever waits. */
  readonly says?: (what: string) => void;
  /** Those of the five that are told; all, unless told. */
  readonly programs?: readonly DemoProgram[];
}
export interface Demo {
  readonly programs: readonly {
    readonly programId: ProgramId;
    readonly name: string;
    /** A partner whose gap to look at. */
    readonly shows: { readonly partner: string; readonly standingId: StandingId };
  }[];
  /** The system of the first partner of the first program. */
  readonly partnerSystem: Credentials;
}

export const loadDemo = async ({ programs, says = () => {}, ...place }: DemoOptions): Promise<Demo> => {
  const told = await tell(
    stories.filter(({ document }) => programs?.includes(document) ?? true),
    { ...place, says },
  );
  const [first] = told.flatMap(({ joined }) => [...joined.values()]);
  if (first === undefined) throw new Error('the demo has no partner');
  return { programs: await Promise.all(told.map(shown)), partnerSystem: first.credentials };
};

const shown = async ({ story: { document, shows: partner }, programId, joined }: Told) => {
  const listed = await joined.get(partner)?.system.tiering.list({ query: { programId } });
  const standingId = listed?.value.items[0]?.id;
  if (standingId === undefined) throw new Error(`${partner} has no standing`);
  return { programId, name: documents[document].name, shows: { partner, standingId } };
};
