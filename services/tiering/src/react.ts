import type { Instant } from '@echelon/calendar';
import { type PartnerId, type ProgramId, StandingId } from '@echelon/contracts/ids';
import type { tiering as contract } from '@echelon/contracts/tiering';
import { idFrom, type Reactions, type Told } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Projection, Repository } from '@echelon/store';
import { count } from './commands.ts';
import { accepted, amended, cancelled, certified, enrolled, revoked, specialized, type Telling, won } from './facts-heard.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import type { ProgramsJudged } from './store.ts';

export interface Deps {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly departures: Projection<Instant>;
  readonly programs: ProgramBook;
  readonly judged: ProgramsJudged;
}

interface Concerned {
  readonly programId: ProgramId;
  readonly partnerId: PartnerId;
}
type Hearing = Omit<Told<never>, 'event'> & { readonly deps: Deps };

/** One standing per partner and program, found without asking anything. */
const standingId = ({ programId, partnerId }: Concerned): StandingId => idFrom(StandingId, programId, partnerId);

const hear = async (fact: Telling, { programId, partnerId }: Concerned, { cause, now, deps: { standings, programs } }: Hearing): Promise<void> => {
  const command = count({ programId, partnerId, fact, now });
  await standings.decide(standingId({ programId, partnerId }), cause, { command, facts: () => programs.history(programId, now) });
};

export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: async ({ event }, { programs, judged }) => {
    await programs.learn(event);
    await judged.add(event.state.id);
  },

  PartnerEnrolled: ({ event, ...told }, deps) =>
    hear(enrolled(event), { programId: event.data.enrollment.programId, partnerId: event.state.id }, { ...told, deps }),
  PartnerEnrollmentChanged: ({ event, ...told }, deps) =>
    hear(enrolled(event), { programId: event.data.enrollment.programId, partnerId: event.state.id }, { ...told, deps }),
  PartnerLeft: ({ event: { state, version, occurredAt } }, { departures }) => departures.put(state.id, version, occurredAt),
  SpecializationGranted: ({ event, ...told }, deps) =>
    hear(specialized(event), { programId: event.data.specialization.programId, partnerId: event.state.id }, { ...told, deps }),
  SpecializationRevoked: ({ event, ...told }, deps) =>
    hear(specialized(event), { programId: event.data.specialization.programId, partnerId: event.state.id }, { ...told, deps }),
  CertificationGranted: ({ event, ...told }, deps) =>
    hear(certified(event), { programId: event.data.certification.programId, partnerId: event.state.partnerId }, { ...told, deps }),
  CertificationRevoked: ({ event, ...told }, deps) =>
    hear(certified(event), { programId: event.data.certification.programId, partnerId: event.state.partnerId }, { ...told, deps }),
  EngagementAccepted: ({ event, ...told }, deps) => hear(accepted(event), event.state, { ...told, deps }),
  EngagementRevoked: ({ event, ...told }, deps) => hear(revoked(event), event.state, { ...told, deps }),
  DealWon: ({ event, ...told }, deps) => hear(won(event), event.state, { ...told, deps }),
  OrderAmended: ({ event, ...told }, deps) => hear(amended(event), event.state, { ...told, deps }),
  OrderCancelled: ({ event, ...told }, deps) => hear(cancelled(event), event.state, { ...told, deps }),
};
