/** The one-off fee of a partner that is new to a program: charged as it enrols, then settled or waived. */
import { type Day, dayOf, type Instant, isBefore } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { ProgramId } from '@echelon/contracts/ids';
import type { AdmissionFee, Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Decision, type Refused, refuse } from '@echelon/decider';
import { enrollmentIn } from './lifecycle.ts';
import type { PartnerEvent, PartnerState } from './partner.ts';

type Decided<Reason extends string> = Decision<PartnerEvent, Reason>;

export interface Charging extends Act {
  readonly programId: ProgramId;
  readonly program: InForce;
  /** When the program's first version took force. */
  readonly begunAt: Instant | undefined;
}

/**
 * Who was admitted before the program began has been the vendor's partner all along, and pays nothing. Nor does who is enrolled
 * already when a version brings the fee: nobody is enrolled in a program twice.
 */
export const charged = (
  { admittedAt }: Pick<Extract<Partner, { status: 'admitted' }>, 'admittedAt'>,
  charging: Charging,
): readonly PartnerEvent[] => {
  const { programId, program, begunAt, by, now } = charging;
  const { fee } = program.document.admission ?? {};
  const isNew = begunAt !== undefined && !isBefore(admittedAt, begunAt);
  if (fee === undefined || fee.amount <= 0n || !isNew) return [];
  const { versionId } = program;
  return [{ type: 'AdmissionFeeCharged', at: now, data: { programId, amount: fee, versionId, rule: '/admission/fee', by } }];
};

type Unowed = 'not-found' | 'no-fee' | 'not-owed';

export const settleAdmissionFee =
  ({ programId, reference, settledOn, by, now }: Act & { readonly programId: ProgramId; readonly reference: string; readonly settledOn: Day }) =>
  (state: PartnerState, program: InForce | undefined): Decided<Unowed | 'program-not-in-force' | 'not-settled-yet'> => {
    const fee = feeOwed(state, programId);
    if ('refused' in fee) return fee;
    if (program === undefined) return refuse('program-not-in-force');
    const today = dayOf(now, program.document.timeZone);
    if (isBefore(today, settledOn)) return refuse('not-settled-yet', `It is ${today} in the program's time zone.`);
    return accept([{ type: 'AdmissionFeeSettled', at: now, data: { programId, reference, settledOn, by } }]);
  };

export const waiveAdmissionFee =
  ({ programId, reason, by, now }: Act & { readonly programId: ProgramId; readonly reason: string }) =>
  (state: PartnerState): Decided<Unowed | 'same-person'> => {
    const fee = feeOwed(state, programId);
    if ('refused' in fee) return fee;
    if (fee.chargedBy === by) return refuse('same-person');
    return accept([{ type: 'AdmissionFeeWaived', at: now, data: { programId, reason, by } }]);
  };

/** What is owed stays so, whatever becomes of the partner: it can be settled and waived after it has left. */
const feeOwed = (state: PartnerState, programId: ProgramId): Extract<AdmissionFee, { status: 'charged' }> | Refused<Unowed> => {
  if (state.status === 'none') return refuse('not-found');
  const fee = enrollmentIn(state, programId)?.admissionFee;
  if (fee === undefined) return refuse('no-fee');
  return fee.status === 'charged' ? fee : refuse('not-owed', `The admission fee is ${fee.status}.`);
};
