/** What other services' events say of a partner: facts, in the month of the day and with the sign of a reversal; and what may give points. */
import { type Day, dayOf, type Instant, isBefore, monthOf, TimeZone } from '@echelon/calendar';
import type { EventContract, EventMessage } from '@echelon/contracts';
import type { dealEvents } from '@echelon/contracts/deals';
import type { engagementEvents, partnerEvents, personEvents } from '@echelon/contracts/partners';
import type { RevenueBucket } from '@echelon/contracts/tiering';
import { type Money, negate, subtract } from '@echelon/money';
import type { FactEvent } from './facts.ts';
import { type Activity, ledgerKey } from './points.ts';
import { current, type Versions } from './versions.ts';

export interface Telling {
  /** It shows by itself that the partner is one. */
  readonly opens?: true;
  /** Where in the ledger of points it stands, if it may give some. */
  readonly ledgerKey?: string;
  /** Once the versions are known: their time zone tells the day on which an enrolment is said or a deal approved. */
  readonly said: (versions: Versions) => Said;
}
export interface Said {
  readonly at: Instant;
  readonly fact?: FactEvent;
  readonly activity?: Activity;
}
type Told<E extends EventContract> = Pick<EventMessage<E>, 'state' | 'data' | 'occurredAt' | 'version'>;
type Deal = typeof dealEvents;
type Engaged = typeof engagementEvents;

/** For the first time or changed, an enrolment is said whole. */
export const enrolled = ({ data: { enrollment }, version, occurredAt: at }: Told<(typeof partnerEvents)['PartnerEnrolled']>): Telling => {
  const { businessModels, ladders, enrolledOn, joined, modelsHeld } = enrollment;
  return {
    opens: true,
    said: (versions) => {
      const saidOn = dayOf(at, current(versions).document.timeZone);
      const held = joined?.filter(({ ladder }) => ladders.includes(ladder));
      const fact = { businessModels, ladders, enrolledOn, ...(held && { joined: held }), ...(modelsHeld && { modelsHeld }), saidOn, version };
      return { at, fact: { type: 'EnrollmentCounted', at, data: { fact } } };
    },
  };
};

/** A deal is approved on a day of the program's; in the ledger it stands by the day of UTC, which is known before the program is. */
const approval = (
  { state: { id, dealType }, occurredAt: at, version }: Pick<Told<Deal['DealApproved']>, 'state' | 'occurredAt' | 'version'>,
  { approvedAt, takenBack = false }: { readonly approvedAt: Instant; readonly takenBack?: boolean },
): Telling => ({
  ledgerKey: ledgerKey(dayOf(approvedAt, utc), 'deal-approved', id),
  said: (versions) => {
    const on = dayOf(approvedAt, current(versions).document.timeZone);
    return { at, activity: { kind: 'deal-approved', id, on, version, dealType, takenBack } };
  },
});
const utc = TimeZone.parse('UTC');

export const approved = (told: Told<Deal['DealApproved']>): Telling => approval(told, { approvedAt: told.occurredAt });

/** Whoever takes a registration back has done nothing by it; undefined where it was not approved. */
export const withdrawn = (told: Told<Deal['DealWithdrawn']>): Telling | undefined => {
  const { state } = told;
  return state.status === 'withdrawn' && state.approvedAt ? approval(told, { approvedAt: state.approvedAt, takenBack: true }) : undefined;
};

/** An order as it now stands gives its points; in revenue what has changed counts, in the month in which the order stood. */
const ordered = (
  { state: { id, dealType }, version, occurredAt: at }: Pick<Told<Deal['DealWon']>, 'state' | 'version' | 'occurredAt'>,
  { orderedOn: on, amount, takenBack = false }: { readonly orderedOn: Day; readonly amount: Money; readonly takenBack?: boolean },
  counted: Pick<RevenueBucket, 'amount' | 'orders'>,
): Telling => {
  const bucket = { measure: 'bookings', month: monthOf(on), ...counted } as const;
  const activity: Activity = { kind: 'deal-won', id, on, version, dealType, amount, takenBack };
  return {
    ledgerKey: ledgerKey(on, activity.kind, id),
    said: () => ({ at, fact: { type: 'RevenueCounted', at, data: { dealId: id, bucket } }, activity }),
  };
};

export const won = (told: Told<Deal['DealWon']>): Telling => {
  const { order } = told.data;
  return ordered(told, order, { amount: order.amount, orders: 1 });
};

export const amended = (told: Told<Deal['OrderAmended']>): Telling => {
  const { before, after } = told.data;
  const { orderedOn } = before;
  return ordered(told, { ...after, orderedOn }, { amount: subtract<Money['currency']>(after.amount, before.amount), orders: 0 });
};

export const cancelled = (told: Told<Deal['OrderCancelled']>): Telling => {
  const { order } = told.data;
  return ordered(told, { ...order, takenBack: true }, { amount: negate(order.amount), orders: -1 });
};

/** Granted or revoked, an event says the same: from which day to which, as of its version; never, where the last lies before the first. */
export const certified = ({ state, data, version, occurredAt: at }: Told<(typeof personEvents)['CertificationGranted']>): Telling => {
  const { id, certification, from, until } = data.certification;
  const activity: Activity = { kind: 'certification', id, on: from, version, certification, takenBack: isBefore(until, from) };
  const fact = { id, personId: state.id, certification, from, until, version };
  return {
    ledgerKey: ledgerKey(from, activity.kind, id),
    said: () => ({ at, fact: { type: 'CertificationCounted', at, data: { fact } }, activity }),
  };
};

export const specialized = ({ data, version, occurredAt: at }: Told<(typeof partnerEvents)['SpecializationGranted']>): Telling => {
  const { id, specialization, from, until } = data.specialization;
  const activity: Activity = { kind: 'specialization', id, on: from, version, specialization, takenBack: isBefore(until, from) };
  return {
    ledgerKey: ledgerKey(from, activity.kind, id),
    said: () => ({ at, fact: { type: 'SpecializationCounted', at, data: { fact: { id, specialization, from, until, version } } }, activity }),
  };
};

const engaged = (
  {
    state: { id, kind: engagement, heldOn: on },
    version,
    occurredAt: at,
  }: Pick<Told<Engaged['EngagementAccepted']>, 'state' | 'version' | 'occurredAt'>,
  count: 1 | -1,
): Telling => {
  const activity: Activity = { kind: 'engagement', id, on, version, engagement, takenBack: count < 0 };
  const bucket = { engagement, month: monthOf(on), count };
  return {
    ledgerKey: ledgerKey(on, activity.kind, id),
    said: () => ({ at, fact: { type: 'EngagementCounted', at, data: { engagementId: id, bucket } }, activity }),
  };
};

export const accepted = (told: Told<Engaged['EngagementAccepted']>): Telling => engaged(told, 1);
export const revoked = (told: Told<Engaged['EngagementRevoked']>): Telling => engaged(told, -1);

/** The track that a partner chose on a ladder, from the day on which a channel manager confirmed it. */
export const trackConfirmed = ({ data, version, occurredAt: at }: Told<(typeof partnerEvents)['TrackConfirmed']>): Telling => {
  const { ladder, track, confirmedOn } = data;
  return { said: () => ({ at, fact: { type: 'TrackCounted', at, data: { fact: { ladder, track, confirmedOn, version } } } }) };
};
