import type { Instant } from '@echelon/calendar';
import type { Deps } from '../deps.ts';
import type { ActivityFacts } from './inactivity.ts';
import type { PartnerState } from './partner.ts';

/** What a partner's activity is judged by: it follows from the programs that it is enrolled in, which only its state says. */
export const activityFacts =
  ({ activity, programs }: Pick<Deps, 'activity' | 'programs'>, now: Instant) =>
  async (loading: PartnerState | Promise<PartnerState>): Promise<ActivityFacts> => {
    const state = await loading;
    const programIds = state.status === 'admitted' ? state.enrollments.map(({ programId }) => programId) : [];
    const [lastActiveAt, ...held] = await Promise.all([
      activity.get(state.id),
      ...programIds.map(async (programId) => [programId, await programs.at(programId, now)] as const),
    ]);
    return { lastActiveAt, programs: new Map(held.flatMap(([programId, program]) => (program ? [[programId, program] as const] : []))) };
  };
