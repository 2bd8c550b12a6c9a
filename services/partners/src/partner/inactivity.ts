/** Partners that show no activity: found by days, told of it, proposed for removal; a person decides. */
import { addDays, type Day, dayOf, endOfDay, type Instant, isBefore } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { ProgramId } from '@echelon/contracts/ids';
import type { Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, refuse } from '@echelon/decider';
import type { PartnerEvent, PartnerState } from './partner.ts';

/** After a partner was found inactive, and told. Illustrative. */
export const REMOVAL_PROPOSED_AFTER_DAYS = 30;

export interface ActivityFacts {
  /** A deal submitted or won, or a certification granted, in any program. */
  readonly lastActiveAt: Instant | undefined;
  /** Of the programs that the partner is enrolled in, those that have a version in force. */
  readonly programs: ReadonlyMap<ProgramId, InForce>;
}

/** Judges by days, so that it may run late, twice, or whenever something is heard of the partner. Without facts there is nothing to say. */
export const judgeActivity =
  ({ now }: { readonly now: Instant }) =>
  (state: PartnerState, facts: ActivityFacts | undefined): Decision<PartnerEvent> => {
    const quiet = state.status === 'admitted' && facts ? quietestOf(state, facts, now) : undefined;
    if (state.status !== 'admitted' || quiet === undefined) return accept([]);
    const { inactivity } = state;
    const { lastActiveOn, today: on, activeUntil } = quiet;
    if (isBefore(now, activeUntil)) return accept(inactivity ? [{ type: 'PartnerFoundActive', at: now, data: { on } }] : []);
    if (inactivity === undefined) return accept([{ type: 'PartnerFoundInactive', at: now, data: { lastActiveOn, on } }]);
    const isTold = isBefore(addDays(inactivity.flaggedOn, REMOVAL_PROPOSED_AFTER_DAYS), on);
    if (inactivity.removalProposedOn !== undefined || !isTold) return accept([]);
    return accept([{ type: 'PartnerRemovalProposed', at: now, data: { lastActiveOn, on } }]);
  };

interface Quiet {
  readonly lastActiveOn: Day;
  readonly today: Day;
  /** Exclusive: as many whole days after the last active one as the program allows. */
  readonly activeUntil: Instant;
}

/** In the program that is patient the longest: active by any is active. None where no program can be asked. */
const quietestOf = (partner: Extract<Partner, { status: 'admitted' }>, facts: ActivityFacts, now: Instant): Quiet | undefined => {
  const { enrollments, keptOn } = partner;
  const begun = [...enrollments.map(({ enrolledOn }) => enrolledOn), ...(keptOn ? [keptOn] : [])];
  const all = enrollments.flatMap(({ programId }): Quiet[] => {
    const document = facts.programs.get(programId)?.document;
    if (document === undefined) return [];
    const { timeZone, inactivityDays } = document;
    const lastActiveOn = latest([...begun, ...(facts.lastActiveAt ? [dayOf(facts.lastActiveAt, timeZone)] : [])]);
    return [{ lastActiveOn, today: dayOf(now, timeZone), activeUntil: endOfDay(addDays(lastActiveOn, inactivityDays), timeZone) }];
  });
  return all.toSorted((a, b) => (isBefore(a.activeUntil, b.activeUntil) ? 1 : -1))[0];
};

const latest = (days: readonly Day[]): Day => days.reduce((last, one) => (isBefore(last, one) ? one : last));

/** A person decides that an inactive partner stays. */
export const keep =
  ({ reason, by, now }: Act & { readonly reason: string }) =>
  (state: PartnerState, facts: ActivityFacts): Decision<PartnerEvent, 'not-found' | 'not-inactive'> => {
    if (state.status === 'none') return refuse('not-found');
    const quiet = state.status === 'admitted' && state.inactivity ? quietestOf(state, facts, now) : undefined;
    if (quiet === undefined) return refuse('not-inactive', `The partner is ${state.status}.`);
    return accept([{ type: 'PartnerKept', at: now, data: { on: quiet.today, reason, by } }]);
  };
