import { type PartnerId, type ProgramId, StandingId } from '@echelon/contracts/ids';
import type { InForce } from '@echelon/contracts/programs';
import type { tiering as contract } from '@echelon/contracts/tiering';
import { idFrom, type Reactions } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Repository } from '@echelon/store';
import { count, open } from './commands.ts';
import type { StandingEvent, StandingState } from './standing.ts';

export interface Deps {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly programs: ProgramBook;
}

/** One standing per partner, program and ladder, found without asking anything. */
const standingId = (programId: ProgramId, partnerId: PartnerId, { document }: InForce): StandingId =>
  idFrom(StandingId, programId, partnerId, document.ladder.key);

/** When a thing happened decides under which version it counts, not the day on which it is heard of. */
export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: ({ event }, { programs }) => programs.learn(event),

  PartnerEnrolled: async ({ event: { state, data, occurredAt }, cause, now }, { standings, programs }) => {
    const { programId } = data.enrollment;
    const program = await programs.held(programId, occurredAt);
    const place = { programId, partnerId: state.id, program, at: occurredAt, now };
    await standings.decide(standingId(programId, state.id, program), cause, open(place));
  },

  DealWon: async ({ event: { state, data, occurredAt }, cause, now }, { standings, programs }) => {
    const { programId, partnerId, id: dealId } = state;
    const program = await programs.held(programId, occurredAt);
    const place = { programId, partnerId, program, at: occurredAt, now, dealId, order: data.order };
    await standings.decide(standingId(programId, partnerId, program), cause, count(place));
  },
};
