/** A stage with programs and tiering alone; what partners and deals would say of a partner is put on the queue as they say it. */
import { type Day, Instant, startOfDay } from '@echelon/calendar';
import { Envelope, type EventContract, sourceOf } from '@echelon/contracts';
import { dealEvents } from '@echelon/contracts/deals';
import type { DealId, PartnerId, ProgramId } from '@echelon/contracts/ids';
import { engagementEvents, partnerEvents, personEvents } from '@echelon/contracts/partners';
import { programs } from '@echelon/contracts/programs';
import { standingEvents, tiering } from '@echelon/contracts/tiering';
import { startStage } from '@echelon/local-stage';
import type { ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { certificationId, dealId, engagementId, partnerId, personId, versionId } from './given.ts';
import { actor } from './journeys/cast.ts';
import { zone } from './standing.ts';
import { type Persona, personas } from './world.ts';

const at = (on: Day, hours: number): string => z.encode(Instant, startOfDay(on, zone).add({ hours }));
const usd = (dollars: number) => ({ amount: `${dollars}.00`, currency: 'USD' });

/** Each message twice, and in any order. */
export const standingStage = async (dynamodb: string, document: ProgramDocument) => {
  const stage = await startStage({
    services: [{ contract: programs }, { contract: tiering }],
    dynamodb,
    delivery: { seed: 5, duplicates: true, disorder: true },
  });
  for (const [clientId, role] of Object.entries(personas)) await stage.register({ clientId, secret: 'secret', role });
  for (const n of [1, 2]) await stage.register({ clientId: `partner-${n}`, secret: 'secret', role: 'partner-admin', partnerId: partnerId(n) });
  const watch = stage.listen('watch', Object.values(standingEvents));
  const world = { url: stage.url, token: (who: Persona | { clientId: string }) => stage.token(typeof who === 'string' ? who : who.clientId) };
  const as = (who: Persona) => actor(world, who);
  const asPartner = (n: number) => actor(world, { clientId: `partner-${n}`, clientSecret: 'secret' });

  /** It is noon of a day, where the program is. */
  const on = (of: Day) => as('operator').platform.moveClock({ body: { now: startOfDay(of, zone).add({ hours: 12 }) } });
  const activate = async (programId: ProgramId, changed: ProgramDocument, effectiveFrom: Day): Promise<void> => {
    const { value } = await as('program-manager').programs.draft({ params: { programId }, body: { document: changed } });
    const params = { programId, versionId: value.versions.at(-1)?.versionId ?? versionId(0) };
    await as('second-program-manager').programs.approve({ params });
    await as('program-manager').programs.activate({ params, body: { effectiveFrom } });
    await stage.settle();
  };
  const inForceFrom = async (from: Day): Promise<ProgramId> => {
    await on(from);
    const { value } = await as('program-manager').programs.establish({ body: { name: document.name } });
    await activate(value.id, document, from);
    return value.id;
  };

  let events = 0;
  const tell = async ({ service, name }: EventContract, when: Day, said: { state: object; data: object; version?: number }): Promise<void> => {
    const { state, data, version = 1 } = said;
    const aggregateId = `told-${++events}`;
    const times = { occurredAt: at(when, 9), recordedAt: at(when, 9) };
    const detail = {
      id: `${aggregateId}#1.1`,
      type: name,
      aggregateId,
      version,
      ...times,
      correlationId: aggregateId,
      causationId: aggregateId,
      state,
      data,
    };
    const answer = await fetch(stage.awsUrl, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({
        QueueUrl: `${stage.awsUrl}/000000000000/echelon-${stage.name}-tiering`,
        MessageBody: JSON.stringify({ source: sourceOf(service), 'detail-type': name, detail }),
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  /** What the other services say, once `settled`. */
  const say = sayings(tell);
  const sweep = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${await stage.token('operator')}`, 'idempotency-key': crypto.randomUUID() };
    const answer = await fetch(`${stage.url}/v1/sweeps/tiering/judge`, { method: 'POST', headers });
    if (!answer.ok) throw new Error(await answer.text());
    await stage.settle();
    return z.object({ done: z.int() }).parse(await answer.json()).done;
  };
  const heard = () => {
    const envelopes = watch.received().map(({ detail }) => Envelope.parse(detail));
    return [...new Map(envelopes.map((envelope) => [envelope.id, envelope])).values()];
  };
  return { stage, as, asPartner, on, activate, inForceFrom, say, sweep, heard };
};
export type StandingStage = Awaited<ReturnType<typeof standingStage>>;

type Tell = (event: EventContract, when: Day, said: { state: object; data: object; version?: number }) => Promise<void>;
interface Of {
  readonly programId: ProgramId;
  readonly partner?: PartnerId;
}

const sayings = (tell: Tell) => {
  const partnerOf = (id: PartnerId, when: Day) => ({
    ...{ status: 'admitted', id, legalName: 'Northern Systems LLC', country: 'US', city: 'Austin' },
    ...{ appliedBy: 'them', appliedAt: at(when, 1), vettedBy: 'us', vettedAt: at(when, 2), agreement: 'Agreement', admittedAt: at(when, 3) },
    ...{ enrollments: [], specializations: [] },
  });
  const dealOf = ({ programId, partner }: Required<Of>, id: DealId, order: object, when: Day) => ({
    ...{ status: 'won', id, partnerId: partner, programId, endCustomer: { name: 'Acme', country: 'US' }, productFamilies: ['storage'] },
    ...{ amount: usd(1), expectedCloseOn: `${when}`, route: 'reseller', dealType: 'expansion', versionId: versionId(1) },
    ...{
      submittedAt: at(when, 1),
      submittedBy: 'crm',
      decidedBy: 'manager',
      decidedAt: at(when, 2),
      protectedUntil: at(when.add({ days: 90 }), 0),
      order,
    },
    offer: { tier: 'authorized', dealType: 'expansion', discount: '0.1', margin: '0.1', versionId: versionId(1), rule: '/dealRegistration/offers/0' },
    accountTeamCredit: { amount: usd(1), committedTcv: usd(1), share: '1', versionId: versionId(1), rule: '/dealRegistration/accountTeamCredit' },
  });
  const orderOf = (n: number, orderedOn: Day, dollars: number) => ({
    ...{ orderNumber: `PO-${n}`, orderedOn: `${orderedOn}`, amount: usd(dollars), fulfilledBy: partnerId(1) },
  });
  const us = partnerId(1);
  return {
    enrolled: ({ programId, partner = us }: Of, enrolledOn: Day) =>
      tell(partnerEvents.PartnerEnrolled, enrolledOn, {
        state: partnerOf(partner, enrolledOn),
        data: { enrollment: { programId, businessModels: ['reseller'], ladders: ['reseller'], enrolledOn: `${enrolledOn}` } },
      }),
    certified: ({ programId, partner = us }: Of, { n = 1, from, until, version = 1 }: { n?: number; from: Day; until: Day; version?: number }) =>
      tell(version === 1 ? personEvents.CertificationGranted : personEvents.CertificationRevoked, from, {
        version,
        state: { status: 'employed', id: personId(n), partnerId: partner, roles: ['se'], employedFrom: `${from}`, certifications: [] },
        data: {
          certification: { id: certificationId(n), certification: 'systems-engineer', programId, from: `${from}`, until: `${until}` },
          by: 'manager',
          ...(version > 1 && { reason: 'It was granted in error.' }),
        },
      }),
    specialized: ({ programId, partner = us }: Of, { from, until, revoked = false }: { from: Day; until: Day; revoked?: boolean }) =>
      tell(revoked ? partnerEvents.SpecializationRevoked : partnerEvents.SpecializationGranted, from, {
        version: revoked ? 2 : 1,
        state: partnerOf(partner, from),
        data: {
          specialization: { id: `spec_${partner.slice(5)}`, specialization: 'data-protection', programId, from: `${from}`, until: `${until}` },
          by: 'manager',
          ...(revoked && { reason: 'It was granted in error.' }),
        },
      }),
    engaged: ({ programId, partner = us }: Of, heldOn: Day, revoked = false) =>
      tell(revoked ? engagementEvents.EngagementRevoked : engagementEvents.EngagementAccepted, heldOn, {
        state: {
          ...{ status: revoked ? 'revoked' : 'accepted', id: engagementId(1), partnerId: partner, programId, kind: 'event', title: 'Road show' },
          ...{
            heldOn: `${heldOn}`,
            evidence: [{ name: 'Photographs', url: 'https://partner.example/photos' }],
            submittedAt: at(heldOn, 1),
            submittedBy: 'them',
          },
          ...{ decidedBy: 'manager', decidedAt: at(heldOn, 2), ...(revoked && { reason: 'It did not take place.' }) },
        },
        data: { by: 'manager', ...(revoked && { reason: 'It did not take place.' }) },
      }),
    won: ({ programId, partner = us }: Of, n: number, order: { on: Day; dollars: number }) => {
      const said = orderOf(n, order.on, order.dollars);
      const state = dealOf({ programId, partner }, dealId(n), said, order.on);
      return tell(dealEvents.DealWon, order.on, { state, data: { order: said, offer: state.offer, by: 'crm' } });
    },
    amended: ({ programId, partner = us }: Of, n: number, order: { on: Day; dollars: number; to: number }) => {
      const [before, after] = [orderOf(n, order.on, order.dollars), orderOf(n, order.on, order.to)];
      const state = dealOf({ programId, partner }, dealId(n), after, order.on);
      return tell(dealEvents.OrderAmended, order.on, { state, data: { before, after, reason: 'Fewer arrays.', by: 'crm' } });
    },
    cancelled: ({ programId, partner = us }: Of, n: number, order: { on: Day; dollars: number }) => {
      const said = orderOf(n, order.on, order.dollars);
      const state = {
        ...dealOf({ programId, partner }, dealId(n), said, order.on),
        status: 'cancelled',
        cancelledAt: at(order.on, 5),
        reason: 'No.',
      };
      return tell(dealEvents.OrderCancelled, order.on, { state, data: { order: said, reason: 'No.', by: 'crm' } });
    },
  };
};
