/** What other services' events say of a partner, as facts: in the month of the day, and with the sign of a reversal. */
import { type Day, dayOf, monthOf } from '@echelon/calendar';
import type { EventContract, EventMessage } from '@echelon/contracts';
import type { dealEvents } from '@echelon/contracts/deals';
import type { engagementEvents, partnerEvents, personEvents } from '@echelon/contracts/partners';
import { type Money, negate, subtract } from '@echelon/money';
import type { FactEvent } from './facts.ts';
import { current, type Versions } from './versions.ts';

/** The fact, once the versions are known: their time zone tells the day on which an enrolment is said. */
export type Telling = (versions: Versions) => FactEvent;
type Told<E extends EventContract> = Pick<EventMessage<E>, 'state' | 'data' | 'occurredAt' | 'version'>;
type Deal = typeof dealEvents;
type Engaged = typeof engagementEvents;

/** For the first time or changed, an enrolment is said whole. */
export const enrolled = ({ data: { enrollment }, version, occurredAt: at }: Told<(typeof partnerEvents)['PartnerEnrolled']>): Telling => {
  const { businessModels, ladders, enrolledOn } = enrollment;
  return (versions) => ({
    type: 'EnrollmentCounted',
    at,
    data: { fact: { businessModels, ladders, enrolledOn, saidOn: dayOf(at, current(versions).document.timeZone), version } },
  });
};

const booked =
  (
    { state: { id: dealId }, occurredAt }: Pick<Told<Deal['DealWon']>, 'state' | 'occurredAt'>,
    on: Day,
    counted: { amount: Money; orders: number },
  ): Telling =>
  () => {
    const bucket = { measure: 'bookings', month: monthOf(on), ...counted } as const;
    return { type: 'RevenueCounted', at: occurredAt, data: { dealId, bucket } };
  };

export const won = (told: Told<Deal['DealWon']>): Telling => {
  const { amount, orderedOn } = told.data.order;
  return booked(told, orderedOn, { amount, orders: 1 });
};

/** The difference, in the month in which the order stood. */
export const amended = (told: Told<Deal['OrderAmended']>): Telling => {
  const { before, after } = told.data;
  return booked(told, before.orderedOn, { amount: subtract<Money['currency']>(after.amount, before.amount), orders: 0 });
};

export const cancelled = (told: Told<Deal['OrderCancelled']>): Telling => {
  const { amount, orderedOn } = told.data.order;
  return booked(told, orderedOn, { amount: negate(amount), orders: -1 });
};

/** Granted or revoked, an event says the same: from which day to which, as of its version. */
export const certified = ({ state, data, version, occurredAt }: Told<(typeof personEvents)['CertificationGranted']>): Telling => {
  const { id, certification, from, until } = data.certification;
  return () => ({ type: 'CertificationCounted', at: occurredAt, data: { fact: { id, personId: state.id, certification, from, until, version } } });
};

export const specialized = ({ data, version, occurredAt }: Told<(typeof partnerEvents)['SpecializationGranted']>): Telling => {
  const { id, specialization, from, until } = data.specialization;
  return () => ({ type: 'SpecializationCounted', at: occurredAt, data: { fact: { id, specialization, from, until, version } } });
};

const engaged =
  ({ state, occurredAt }: Pick<Told<Engaged['EngagementAccepted']>, 'state' | 'occurredAt'>, count: 1 | -1): Telling =>
  () => {
    const bucket = { engagement: state.kind, month: monthOf(state.heldOn), count };
    return { type: 'EngagementCounted', at: occurredAt, data: { engagementId: state.id, bucket } };
  };

export const accepted = (told: Told<Engaged['EngagementAccepted']>): Telling => engaged(told, 1);
export const revoked = (told: Told<Engaged['EngagementRevoked']>): Telling => engaged(told, -1);
