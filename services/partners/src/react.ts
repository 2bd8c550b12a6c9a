import { type Instant, startOfDay } from '@echelon/calendar';
import type { PartnerId } from '@echelon/contracts/ids';
import type { partners as contract } from '@echelon/contracts/partners';
import type { Cause } from '@echelon/decider';
import type { Reactions } from '@echelon/lambda';
import type { Deps as All } from './deps.ts';
import { activityFacts } from './partner/activity.ts';
import { judgeActivity } from './partner/inactivity.ts';

type Deps = Pick<All, 'partners' | 'activity' | 'programs' | 'rights'>;

interface Active {
  readonly partnerId: PartnerId;
  readonly at: Instant;
  readonly cause: Cause;
  readonly now: Instant;
}
interface Heard extends Omit<Active, 'partnerId' | 'at'> {
  readonly event: { readonly occurredAt: Instant; readonly state: { readonly partnerId: PartnerId } };
}

/**
 * Who was found inactive is active again as soon as it is heard; of all others it is only kept when that was. What is said of a partner that
 * nobody knows fails: it is tried again, and ends where somebody looks.
 */
const wasActive = async ({ partnerId, at, cause, now }: Active, { partners, ...deps }: Deps): Promise<void> => {
  await partners.decide(partnerId, cause, {
    facts: async (loading) => {
      const partner = await loading;
      if (partner.status === 'none') throw new Error(`${partnerId} is no partner that is known here`);
      await deps.activity.put(partnerId, at.epochMilliseconds, at);
      return 'inactivity' in partner ? activityFacts(deps, now)(partner) : undefined;
    },
    command: judgeActivity({ now }),
  });
};

const activeThen = ({ event: { occurredAt: at, state }, ...told }: Heard, deps: Deps): Promise<void> =>
  wasActive({ partnerId: state.partnerId, at, ...told }, deps);

/** A system client's rights follow from its events, so that they are granted even if the request that registered it dies. */
export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: ({ event }, { programs }) => programs.learn(event),
  SystemClientRegistered: ({ event: { data } }, { rights }) => rights.grant(data.oauthClientId, data.actsFor),
  SystemClientRevoked: ({ event: { state } }, { rights }) => rights.revoke(state.oauthClientId),
  DealSubmitted: activeThen,
  /** An order may be reported months after its day: the partner was active then, not when it was heard of. */
  DealWon: async ({ event: { state, data }, ...told }, deps) => {
    const { document } = await deps.programs.under(state.programId, data.offer.versionId);
    await wasActive({ partnerId: state.partnerId, at: startOfDay(data.order.orderedOn, document.timeZone), ...told }, deps);
  },
  CertificationGranted: activeThen,
};
