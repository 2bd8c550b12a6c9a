import type { Instant } from '@echelon/calendar';
import type { PartnerId } from '@echelon/contracts/ids';
import type { partners as contract } from '@echelon/contracts/partners';
import type { Cause } from '@echelon/decider';
import type { Reactions } from '@echelon/lambda';
import type { Deps as All } from './deps.ts';
import { activityFacts } from './partner/activity.ts';
import { judgeActivity } from './partner/inactivity.ts';

type Deps = Pick<All, 'partners' | 'activity' | 'programs' | 'rights'>;

interface Active {
  readonly event: { readonly occurredAt: Instant; readonly state: { readonly partnerId: PartnerId } };
  readonly cause: Cause;
  readonly now: Instant;
}

/** Who was found inactive is active again as soon as it is heard; of all others it is only kept when that was. */
const wasActive = async ({ event: { occurredAt, state }, cause, now }: Active, { partners, ...deps }: Deps): Promise<void> => {
  await deps.activity.put(state.partnerId, occurredAt.epochMilliseconds, occurredAt);
  await partners.decide(state.partnerId, cause, {
    facts: async (loading) => {
      const partner = await loading;
      return 'inactivity' in partner ? activityFacts(deps, now)(partner) : undefined;
    },
    command: judgeActivity({ now }),
  });
};

/** A system client's rights follow from its events, so that they are granted even if the request that registered it dies. */
export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: ({ event }, { programs }) => programs.learn(event),
  SystemClientRegistered: ({ event: { data } }, { rights }) => rights.grant(data.oauthClientId, data.actsFor),
  SystemClientRevoked: ({ event: { state } }, { rights }) => rights.revoke(state.oauthClientId),
  DealSubmitted: wasActive,
  DealWon: wasActive,
  CertificationGranted: wasActive,
};
