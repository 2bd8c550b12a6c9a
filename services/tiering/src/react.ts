import type { Instant } from '@echelon/calendar';
import type { tiering as contract } from '@echelon/contracts/tiering';
import type { Reactions, Told } from '@echelon/lambda';
import type { ProgramBook } from '@echelon/lambda/program-book';
import type { Projection, Repository } from '@echelon/store';
import { count, type KnownOfFact } from './commands.ts';
import {
  accepted,
  amended,
  approved,
  cancelled,
  certified,
  enrolled,
  revoked,
  specialized,
  type Telling,
  trackConfirmed,
  withdrawn,
  won,
} from './facts-heard.ts';
import { type Concerned, knownOf, standingId } from './reads.ts';
import type { StandingEvent, StandingState } from './standing.ts';
import type { Groups, Ledger, ProgramsJudged } from './store.ts';

export interface Deps {
  readonly standings: Repository<StandingState, StandingEvent>;
  readonly partners: Projection<Instant>;
  readonly departures: Projection<Instant>;
  readonly programs: ProgramBook;
  readonly groups: Groups;
  readonly ledger: Ledger;
  readonly judged: ProgramsJudged;
}

type Hearing = Omit<Told<never>, 'event'> & { readonly deps: Deps };

/**
 * What is said of a partner that nobody knows fails: it is tried again, and ends where somebody looks. Whose standing is open is known, and so is
 * whoever is enrolled.
 *
 * What the ledger says of the activity so far is read after the standing, with which it is written: so it is as the standing has it, or newer, and then the
 * standing has moved on too and this is decided again.
 */
const hear = async (fact: Telling, concerned: Concerned, { cause, now, deps }: Hearing): Promise<void> => {
  const id = standingId(concerned);
  const { ledgerKey } = fact;
  const facts = async (loading: Promise<StandingState>): Promise<KnownOfFact> => {
    const isKnown = loading.then(
      async ({ status }) => status !== 'none' || fact.opens || (await deps.partners.get(concerned.partnerId)) !== undefined,
    );
    const counting = ledgerKey === undefined ? undefined : loading.then(() => deps.ledger.read(id, ledgerKey));
    const [known, counted, isThere] = await Promise.all([knownOf(concerned, now, deps), counting, isKnown]);
    if (!isThere) throw new Error(`${concerned.partnerId} is no partner that is known here`);
    return { ...known, counted };
  };
  await deps.standings.decide(id, cause, { command: count({ ...concerned, fact, now }), facts });
};

export const react: Reactions<typeof contract, Deps> = {
  ProgramVersionActivated: async ({ event }, { programs, judged }) => {
    await programs.learn(event);
    await judged.add(event.state.id);
  },

  PartnerApplied: ({ event: { state, version, occurredAt } }, { partners }) => partners.put(state.id, version, occurredAt),
  PartnerEnrolled: ({ event, ...told }, deps) =>
    hear(enrolled(event), { programId: event.data.enrollment.programId, partnerId: event.state.id }, { ...told, deps }),
  PartnerEnrollmentChanged: ({ event, ...told }, deps) =>
    hear(enrolled(event), { programId: event.data.enrollment.programId, partnerId: event.state.id }, { ...told, deps }),
  PartnerLeft: ({ event: { state, version, occurredAt } }, { departures }) => departures.put(state.id, version, occurredAt),
  // Whoever is grouped is judged by its group at its next fact, or the next daily look.
  PartnerGrouped: ({ event: { state, data, version, occurredAt } }, { groups }) =>
    groups.learn(state.id, { version, at: occurredAt, parentId: data.parentId }),
  TrackConfirmed: ({ event, ...told }, deps) =>
    hear(trackConfirmed(event), { programId: event.data.programId, partnerId: event.state.id }, { ...told, deps }),
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
  DealApproved: ({ event, ...told }, deps) => hear(approved(event), event.state, { ...told, deps }),
  /** What was never approved gave nothing. */
  DealWithdrawn: async ({ event, ...told }, deps) => {
    const telling = withdrawn(event);
    if (telling) await hear(telling, event.state, { ...told, deps });
  },
  DealWon: ({ event, ...told }, deps) => hear(won(event), event.state, { ...told, deps }),
  OrderAmended: ({ event, ...told }, deps) => hear(amended(event), event.state, { ...told, deps }),
  OrderCancelled: ({ event, ...told }, deps) => hear(cancelled(event), event.state, { ...told, deps }),
};
