/** Each step that may be taken with a partner itself. */
import type { PartnerId } from '@echelon/contracts/ids';
import type { Decision } from '@echelon/decider';
import { partnerId, programId, specializationId } from '../../../test/given.ts';
import { document, inForce } from '../../../test/partner-program.ts';
import { admit, apply, changeEnrollment, enroll, vet } from './partner/admission.ts';
import { settleAdmissionFee, waiveAdmissionFee } from './partner/admission-fee.ts';
import { group, groupKey } from './partner/group.ts';
import { judgeActivity, keep } from './partner/inactivity.ts';
import { beginOffboarding, leave, ofRecord, reinstate, suspend } from './partner/lifecycle.ts';
import type * as partner from './partner/partner.ts';
import { grantSpecialization, revokeSpecialization, tellOfSpecializations } from './partner/specializations.ts';
import { chooseTrack, confirmTrack, declineTrack } from './partner/tracks.ts';
import type { Room } from './room.arbitraries.ts';
import { by, onDay, type Step, start } from './steps.arbitraries.ts';

const base = { programId: programId(1), businessModels: ['reseller'], ladders: ['reseller', 'engagement'] };

/** The lines first and then the parent, apart from one another, as they are read from the table. */
const groupFacts =
  ({ partners, line, pace }: Room, parentId: PartnerId) =>
  async () => {
    const lines = [1, 2, 3].map((n) => line(groupKey(partnerId(n))));
    const { state } = await pace(() => partners.at(parentId));
    return { lines, parent: state.status === 'none' ? undefined : state };
  };

const tracks = ['premier', 'select', 'principal'];

export const takePartner = (all: Room, { act, n, other, on: days }: Step<'partner'>) => {
  const { partners, people, tally, line } = all;
  const { on, now } = onDay(days);
  const reasoned = { reason: 'So.', by, now };
  const activity = () => ({ lastActiveAt: undefined, programs: new Map([[programId(1), inForce]]) });
  const held = { specializationId: specializationId(n), ...reasoned };
  const to = <Facts>(
    facts: () => Facts | Promise<Facts>,
    command: (state: partner.PartnerState, facts: Facts) => Decision<partner.PartnerEvent, string>,
  ) => partners.decide(partnerId(n), facts, command);
  const nothing = () => undefined;
  const program = () => inForce;
  const onTrack = { programId: programId(1), ladder: 'engagement', track: tracks[other - 1] ?? '' };
  switch (act) {
    case 'apply':
      return to(nothing, apply({ application: { legalName: 'P', country: 'US', city: 'Austin' }, by: 'ann', now }));
    case 'vet':
      return to(nothing, vet({ verdict: { outcome: 'passed' }, by, now }));
    case 'admit':
      return to(nothing, admit({ agreement: 'A', by, now }));
    case 'enroll':
      return to(
        () => ({ program: inForce, begunAt: n === 1 ? now : start.toZonedDateTime(document.timeZone).toInstant() }),
        enroll({ ...base, by, now }),
      );
    case 'change':
      return to(program, changeEnrollment({ ...base, territories: ['DE'], by, now }));
    case 'suspend':
      return to(nothing, suspend(reasoned));
    case 'reinstate':
      return to(nothing, reinstate(reasoned));
    case 'offboard':
      return to(nothing, beginOffboarding(reasoned));
    case 'leave':
      return to(() => ({ tally: tally(ofRecord(partnerId(n))), lines: [1, 2, 3].map((one) => line(groupKey(partnerId(one)))) }), leave({ by, now }));
    case 'judge':
      return to(activity, judgeActivity({ now }));
    case 'keep':
      return to(activity, keep(reasoned));
    case 'specialize': {
      const facts = () => ({ program: inForce, people: people.all().filter((one) => one.status !== 'none') });
      const grant = { id: specializationId(n), programId: programId(1), specialization: 'data-protection', way: 'resold', from: on, by, now };
      return to(facts, grantSpecialization(grant));
    }
    case 'despecialize':
      return to(nothing, revokeSpecialization(held));
    case 'tell':
      return to(nothing, tellOfSpecializations({ now }));
    case 'choose':
      return to(program, chooseTrack({ ...onTrack, by: 'ann', now }));
    case 'confirm':
      return to(program, confirmTrack({ ...onTrack, by, now }));
    case 'decline':
      return to(nothing, declineTrack({ ...onTrack, ...reasoned }));
    case 'settle':
      return to(program, settleAdmissionFee({ programId: programId(1), reference: 'P-1', settledOn: on, by, now }));
    case 'waive':
      return to(nothing, waiveAdmissionFee({ programId: programId(1), ...reasoned, by: 'meg' }));
    case 'group':
      return to(groupFacts(all, partnerId(other)), group({ parentId: partnerId(other), ...reasoned }));
    case 'ungroup':
      return to(groupFacts(all, partnerId(other)), group(reasoned));
  }
};
