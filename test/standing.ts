/** A partner's standing in memory, lived day by day: what table and queue do for the commands, without either. */
import { type Day, day, type Instant, monthOf, startOfDay } from '@echelon/calendar';
import type { Position, Standing } from '@echelon/contracts/tiering';
import type { Decision } from '@echelon/decider';
import type { EngagementKind, Key, Ladder, Measure, ProgramDocument } from '@echelon/program';
import * as commands from '../services/tiering/src/commands.ts';
import type { Telling } from '../services/tiering/src/facts-heard.ts';
import { evolve, none, type StandingEvent, type StandingState } from '../services/tiering/src/standing.ts';
import type { Version, Versions } from '../services/tiering/src/versions.ts';
import { certificationId, document, engagementId, partnerId, personId, programId, specializationId, standingId, usd, versionId } from './given.ts';

export const zone = document.timeZone;
/** Noon of a day, where the program is. */
export const noon = (on: Day) => startOfDay(on, zone).add({ hours: 12 });

type Change = (ladder: Ladder) => Ladder;
/** The example's document with its one ladder changed, or with other ladders. */
export const withLadders = (...ladders: readonly Ladder[]): ProgramDocument => ({ ...document, ladders: [...ladders] });
export const reseller: Ladder = document.ladders[0] ?? {
  key: 'none',
  name: 'None',
  routes: [],
  tiers: [],
  promotion: 'at-review',
  review: { every: 'fiscal-year', graceDays: 0 },
};
export const changed = (change: Change): ProgramDocument => withLadders(change(reseller));
export const version = (n: number, from: string, changes: ProgramDocument = document): Version => ({
  versionId: versionId(n),
  document: changes,
  from: day(from),
});

/** Facts by what they say; each is told of the day on which it was so. */
export const facts = {
  enrolled:
    (enrolledOn: Day, ladders: readonly Key[] = ['reseller'], { saidOn = enrolledOn, said = 1 } = {}): Telling =>
    () => ({
      type: 'EnrollmentCounted',
      at: noon(saidOn),
      data: { fact: { businessModels: ['reseller'], ladders: [...ladders], enrolledOn, saidOn, version: said } },
    }),
  booked:
    (on: Day, dollars: number, orders: -1 | 0 | 1 = 1, measure: Measure = 'bookings'): Telling =>
    () => ({
      type: 'RevenueCounted',
      at: noon(on),
      data: { bucket: { measure, month: monthOf(on), amount: usd(dollars), orders } },
    }),
  certified:
    (
      n: number,
      { from, until, certification = 'systems-engineer', person = n, said = 1 }: Held & { certification?: Key; person?: number },
    ): Telling =>
    () => ({
      type: 'CertificationCounted',
      at: noon(from),
      data: { fact: { id: certificationId(n), personId: personId(person), certification, from, until, version: said } },
    }),
  specialized:
    (n: number, { from, until, specialization = 'data-protection', said = 1 }: Held & { specialization?: Key }): Telling =>
    () => ({
      type: 'SpecializationCounted',
      at: noon(from),
      data: { fact: { id: specializationId(n), specialization, from, until, version: said } },
    }),
  engaged:
    (on: Day, engagement: EngagementKind, count: -1 | 1 = 1): Telling =>
    () => ({
      type: 'EngagementCounted',
      at: noon(on),
      data: { engagementId: engagementId(1), bucket: { engagement, month: monthOf(on), count } },
    }),
};
interface Held {
  readonly from: Day;
  readonly until: Day;
  readonly said?: number;
}

export const life = (...all: readonly [Version, ...Version[]]) => {
  let state: StandingState = none(standingId(1));
  const commits: (readonly StandingEvent[])[] = [];
  /** Those that hold by then; a day before the first has the first. */
  const versionsOn = (on: Day): Versions => [all[0], ...all.slice(1).filter(({ from }) => from.until(on).sign >= 0)];

  const take = (decision: Decision<StandingEvent, string>): readonly StandingEvent[] => {
    if ('refused' in decision) throw new Error(`refused: ${decision.refused} ${decision.because ?? ''}`);
    if (decision.events.length > 0) commits.push(decision.events);
    state = decision.events.reduce<StandingState>(evolve, state);
    return decision.events;
  };
  const standing = (): Standing => {
    if (state.status === 'none') throw new Error('nothing has been heard');
    return state;
  };
  type Command = (act: { readonly by: string; readonly now: Instant }) => (standing: Standing, versions: Versions) => Decision<StandingEvent, string>;
  const tried = (on: Day, command: Command) => command({ by: 'manager', now: noon(on) })(standing(), versionsOn(on));

  return {
    commits,
    state: () => state,
    standing,
    position: (ladder = 'reseller'): Position => {
      const found = standing().positions.find((position) => position.ladder === ladder);
      if (found === undefined) throw new Error(`no position on ${ladder}`);
      return found;
    },
    hear: (on: Day, ...tellings: readonly Telling[]) =>
      tellings.flatMap((fact) =>
        take(commands.count({ programId: programId(1), partnerId: partnerId(1), fact, now: noon(on) })(state, versionsOn(on))),
      ),
    judge: (on: Day) => take(commands.judge({ now: noon(on) })(state, versionsOn(on))),
    /** What would be decided, and is not: for refusals. */
    tried,
    decide: (on: Day, command: Command) => take(tried(on, command)),
  };
};
export type Life = ReturnType<typeof life>;

/** The kinds of events of a commit, with what of them a test reads. */
export const told = (events: readonly StandingEvent[]): readonly string[] =>
  events.map((event) => {
    switch (event.type) {
      case 'TierChanged':
        return `${event.data.from} → ${event.data.to}: ${event.data.reason}`;
      case 'DemotionNoticed':
        return `notice ${event.data.daysBefore} before ${event.data.until}`;
      default:
        return event.type;
    }
  });
