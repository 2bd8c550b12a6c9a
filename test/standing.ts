/** A partner's standing in memory, lived day by day: what table and queue do for the commands, without either. */
import { type Day, day, type Instant, monthOf, startOfDay } from '@echelon/calendar';
import type { ModelHeld } from '@echelon/contracts/partners';
import type { CountedActivity, Position, Standing } from '@echelon/contracts/tiering';
import type { Decision } from '@echelon/decider';
import type { DealType, EngagementKind, Key, Ladder, Measure, ProgramDocument } from '@echelon/program';
import * as commands from '../services/tiering/src/commands.ts';
import type { FactEvent } from '../services/tiering/src/facts.ts';
import type { Telling } from '../services/tiering/src/facts-heard.ts';
import type { Group } from '../services/tiering/src/group.ts';
import { type Activity, ledgerKey } from '../services/tiering/src/points.ts';
import { evolve, none, type StandingEvent, type StandingState } from '../services/tiering/src/standing.ts';
import type { Known, Version, Versions } from '../services/tiering/src/versions.ts';
import {
  certificationId,
  dealId,
  document,
  engagementId,
  partnerId,
  personId,
  programId,
  specializationId,
  standingId,
  usd,
  versionId,
} from './given.ts';

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
/** Each tier above the lowest asks for certified people, the highest for one more, and for nothing else. */
export const byCertificate = (atLeast = 1): ProgramDocument =>
  changed((ladder) => ({
    ...ladder,
    tiers: ladder.tiers.map((tier) =>
      tier.key === 'authorized'
        ? tier
        : {
            ...tier,
            requirements: [
              {
                kind: 'certified-people',
                certification: 'systems-engineer',
                atLeast: tier.key === 'elite' ? atLeast + 1 : atLeast,
                strictness: 'hard',
              },
            ],
          },
    ),
  }));
export const version = (n: number, from: string, changes: ProgramDocument = document): Version => ({
  versionId: versionId(n),
  document: changes,
  from: day(from),
});

const telling = (at: Instant, fact: FactEvent, activity?: Activity): Telling => ({
  said: () => ({ at, fact, ...(activity && { activity }) }),
  ...(activity && { ledgerKey: ledgerKey(activity.on, activity.kind, activity.id) }),
});

/** Facts by what they say; each is told of the day on which it was so. */
export const facts = {
  /** Each ladder from the day of the enrolment, or that on which it was joined. */
  enrolled: (
    enrolledOn: Day,
    ladders: readonly Key[] = ['reseller'],
    { saidOn = enrolledOn, said = 1, models = ['reseller'], joined, modelsHeld }: Enrolled = {},
  ): Telling =>
    telling(noon(saidOn), {
      type: 'EnrollmentCounted',
      at: noon(saidOn),
      data: {
        fact: {
          ...{ businessModels: [...models], ladders: [...ladders], enrolledOn, saidOn, version: said },
          ...(joined && { joined: Object.entries(joined).map(([ladder, on]) => ({ ladder, on })) }),
          ...(modelsHeld && { modelsHeld: [...modelsHeld] }),
        },
      },
    }),
  /** What was measured, by itself. */
  booked: (on: Day, dollars: number, orders: -1 | 0 | 1 = 1, measure: Measure = 'bookings'): Telling =>
    telling(noon(on), { type: 'RevenueCounted', at: noon(on), data: { bucket: { measure, month: monthOf(on), amount: usd(dollars), orders } } }),
  /** The order of a deal, which gives points; taken back, where it is cancelled. */
  won: (
    n: number,
    on: Day,
    dollars: number,
    { dealType = 'expansion', takenBack = false }: { dealType?: DealType; takenBack?: boolean } = {},
  ): Telling => {
    const bucket = { measure: 'bookings', month: monthOf(on), amount: usd(takenBack ? -dollars : dollars), orders: takenBack ? -1 : 1 } as const;
    const activity = { kind: 'deal-won', id: dealId(n), on, version: takenBack ? 2 : 1, dealType, amount: usd(dollars), takenBack } as const;
    return telling(noon(on), { type: 'RevenueCounted', at: noon(on), data: { dealId: dealId(n), bucket } }, activity);
  },
  /** Sold to end customers, or used by them, as was reported. */
  reported: (n: number, on: Day, dollars: number, measure: 'sell-through' | 'consumption' = 'sell-through'): Telling => {
    const bucket = { measure, month: monthOf(on), amount: usd(dollars), orders: 1 };
    const activity: Activity = { kind: 'measured', id: `report-${n}`, on, version: 1, measure, amount: usd(dollars) };
    return telling(noon(on), { type: 'RevenueCounted', at: noon(on), data: { bucket } }, activity);
  },
  approved: (n: number, on: Day, dealType: DealType = 'expansion'): Telling => ({
    ledgerKey: ledgerKey(on, 'deal-approved', dealId(n)),
    said: () => ({ at: noon(on), activity: { kind: 'deal-approved', id: dealId(n), on, version: 1, dealType } }),
  }),
  certified: (
    n: number,
    { from, until, certification = 'systems-engineer', person = n, said = 1 }: Held & { certification?: Key; person?: number },
  ): Telling => {
    const fact = { id: certificationId(n), personId: personId(person), certification, from, until, version: said };
    const takenBack = until.until(from).sign > 0;
    const activity: Activity = { kind: 'certification', id: fact.id, on: from, version: said, certification, takenBack };
    return telling(noon(from), { type: 'CertificationCounted', at: noon(from), data: { fact } }, activity);
  },
  specialized: (n: number, { from, until, specialization = 'data-protection', said = 1 }: Held & { specialization?: Key }): Telling => {
    const fact = { id: specializationId(n), specialization, from, until, version: said };
    const takenBack = until.until(from).sign > 0;
    const activity: Activity = { kind: 'specialization', id: fact.id, on: from, version: said, specialization, takenBack };
    return telling(noon(from), { type: 'SpecializationCounted', at: noon(from), data: { fact } }, activity);
  },
  engaged: (on: Day, engagement: EngagementKind, count: -1 | 1 = 1, n = 1): Telling => {
    const activity: Activity = { kind: 'engagement', id: engagementId(n), on, version: count > 0 ? 1 : 2, engagement, takenBack: count < 0 };
    const bucket = { engagement, month: monthOf(on), count };
    return telling(noon(on), { type: 'EngagementCounted', at: noon(on), data: { engagementId: engagementId(n), bucket } }, activity);
  },
  /** The track that was chosen, as a channel manager confirmed it. */
  track: (confirmedOn: Day, track: Key, { ladder = 'reseller', said = 1 } = {}): Telling =>
    telling(noon(confirmedOn), { type: 'TrackCounted', at: noon(confirmedOn), data: { fact: { ladder, track, confirmedOn, version: said } } }),
};
interface Enrolled {
  readonly saidOn?: Day;
  readonly said?: number;
  readonly models?: readonly Key[];
  readonly joined?: Readonly<Record<Key, Day>>;
  readonly modelsHeld?: readonly ModelHeld[];
}
interface Held {
  readonly from: Day;
  readonly until: Day;
  readonly said?: number;
}

export const life = (...all: readonly [Version, ...Version[]]) => {
  let state: StandingState = none(standingId(1));
  let group: Group | undefined;
  const commits: (readonly StandingEvent[])[] = [];
  const ledger = new Map<string, CountedActivity>();
  /** Those that hold by then; a day before the first has the first. */
  const versionsOn = (on: Day): Versions => [all[0], ...all.slice(1).filter(({ from }) => from.until(on).sign >= 0)];

  const knownOn = (on: Day): Known => ({ versions: versionsOn(on), group });

  const take = (decision: Decision<StandingEvent, string>): readonly StandingEvent[] => {
    if ('refused' in decision) throw new Error(`refused: ${decision.refused} ${decision.because ?? ''}`);
    if (decision.events.length > 0) commits.push(decision.events);
    state = decision.events.reduce<StandingState>(evolve, state);
    // The store's codec says of which kind an entry is; here there is one kind.
    for (const { key, value } of decision.entries ?? []) ledger.set(key, value as CountedActivity);
    return decision.events;
  };
  const standing = (): Standing => {
    if (state.status === 'none') throw new Error('nothing has been heard');
    return state;
  };
  type Command = (act: { readonly by: string; readonly now: Instant }) => (standing: Standing, known: Known) => Decision<StandingEvent, string>;
  const tried = (on: Day, command: Command) => command({ by: 'manager', now: noon(on) })(standing(), knownOn(on));

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
      tellings.flatMap((fact) => {
        const counted = fact.ledgerKey === undefined ? undefined : ledger.get(fact.ledgerKey);
        const heard = { programId: programId(1), partnerId: partnerId(1), fact, now: noon(on) };
        return take(commands.count(heard)(state, { ...knownOn(on), counted }));
      }),
    judge: (on: Day) => take(commands.judge({ now: noon(on) })(state, knownOn(on))),
    /** With these others in its group from now on; and what is known on a day. */
    join: (others: Group): void => {
      group = others;
    },
    known: knownOn,
    /** Every activity that was counted, in the order of the ledger. */
    ledger: () => [...ledger].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, activity]) => activity),
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
