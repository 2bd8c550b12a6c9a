/** A stage with programs and tiering alone; what partners and deals would say of a partner is put on the queue as they say it. */
import { type Day, Instant } from '@echelon/calendar';
import { Envelope, type EventContract, sourceOf } from '@echelon/contracts';
import { type DealRegistration, dealEvents, type Order } from '@echelon/contracts/deals';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { engagementEvents, partnerEvents, personEvents } from '@echelon/contracts/partners';
import { programs } from '@echelon/contracts/programs';
import { standingEvents, tiering } from '@echelon/contracts/tiering';
import { startStage } from '@echelon/local-stage';
import { rate } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import * as z from 'zod';
import { certificationId, dealId, engagementId, partnerAtWork, partnerId, personId, specializationId, usd, versionId } from './given.ts';
import { actor } from './journeys/cast.ts';
import { noon, zone } from './standing.ts';
import { type Persona, personas } from './world.ts';

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
  const on = (of: Day) => as('operator').platform.moveClock({ body: { now: noon(of) } });
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
  const tell: Tell = async (event, when, { state, data, version = 1 }) => {
    const aggregateId = `told-${++events}`;
    const at = z.encode(Instant, noon(when));
    const ids = { id: `${aggregateId}#1.1`, aggregateId, version, correlationId: aggregateId, causationId: aggregateId };
    const said = { state: z.encode(event.state, state), data: z.encode(event.data, data) };
    const detail = { ...ids, type: event.name, occurredAt: at, recordedAt: at, ...said };
    const answer = await fetch(stage.awsUrl, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({
        QueueUrl: `${stage.awsUrl}/000000000000/echelon-${stage.name}-tiering`,
        MessageBody: JSON.stringify({ source: sourceOf(event.service), 'detail-type': event.name, detail }),
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
  /** All that was said has been taken, and nothing put aside. */
  const settled = async (): Promise<void> => {
    await stage.settle();
    const dead = stage.queues().flatMap((queue) => queue.dead.map(({ reason }) => reason));
    if (dead.length > 0) throw new Error(dead.join());
  };
  return { stage, as, asPartner, on, activate, settled, inForceFrom, say, sweep, heard };
};
export type StandingStage = Awaited<ReturnType<typeof standingStage>>;

interface Said<E extends EventContract> {
  readonly state: z.output<E['state']>;
  readonly data: z.output<E['data']>;
  readonly version?: number;
}
type Tell = <E extends EventContract>(event: E, when: Day, said: Said<E>) => Promise<void>;
interface Of {
  readonly programId: ProgramId;
  readonly partner?: PartnerId;
}
interface Held {
  readonly from: Day;
  readonly until: Day;
}
interface Ordered {
  readonly on: Day;
  readonly dollars: number;
}

const [us, by, reason] = [partnerId(1), 'manager', 'It was so in error.'];

const sayings = (tell: Tell) => {
  const orderOf = (n: number, { on, dollars }: Ordered): Order => ({ orderNumber: `PO-${n}`, orderedOn: on, amount: usd(dollars), fulfilledBy: us });
  const dealOf = ({ programId, partner = us }: Of, n: number, order: Order): Extract<DealRegistration, { status: 'won' }> => ({
    ...{ status: 'won', id: dealId(n), partnerId: partner, programId, endCustomer: { name: 'Acme', country: 'US' }, productFamilies: ['storage'] },
    ...{ amount: order.amount, expectedCloseOn: order.orderedOn, route: 'reseller', dealType: 'expansion', versionId: versionId(1) },
    ...{
      submittedAt: noon(order.orderedOn),
      submittedBy: 'crm',
      keys: { strong: [], names: [] },
      decidedBy: by,
      decidedAt: noon(order.orderedOn),
      protectedUntil: noon(order.orderedOn),
      order,
    },
    offer: {
      tier: 'authorized',
      dealType: 'expansion',
      discount: rate('0.1'),
      margin: rate('0.1'),
      versionId: versionId(1),
      rule: '/dealRegistration/offers/0',
    },
  });
  return {
    applied: (partner: PartnerId, on: Day) => {
      const { legalName, country, city } = partnerAtWork(1);
      const application = { legalName, country, city };
      const state = { status: 'applied' as const, id: partner, ...application, appliedBy: by, appliedAt: noon(on) };
      return tell(partnerEvents.PartnerApplied, on, { state, data: { application, by } });
    },
    enrolled: ({ programId, partner = us }: Of, enrolledOn: Day) => {
      const state = { ...partnerAtWork(1), id: partner };
      return tell(partnerEvents.PartnerEnrolled, enrolledOn, {
        state,
        data: { enrollment: { programId, businessModels: ['reseller'], ladders: ['reseller'], enrolledOn } },
      });
    },
    left: (on: Day, partner: PartnerId = us) =>
      tell(partnerEvents.PartnerLeft, on, {
        state: { ...partnerAtWork(1), id: partner, status: 'left', leftAt: noon(on) },
        data: { by },
        version: 9,
      }),
    certified: ({ programId, partner = us }: Of, { n = 1, version = 1, ...held }: Held & { readonly n?: number; readonly version?: number }) => {
      const certification = { id: certificationId(n), certification: 'systems-engineer', programId, timeZone: zone, ...held };
      const state = { status: 'employed' as const, id: personId(n), partnerId: partner, roles: ['se'], employedFrom: held.from, certifications: [] };
      return version === 1
        ? tell(personEvents.CertificationGranted, held.from, { state, data: { certification, by } })
        : tell(personEvents.CertificationRevoked, held.from, { state, data: { certification, reason, by }, version });
    },
    specialized: ({ programId, partner = us }: Of, { revoked = false, ...held }: Held & { readonly revoked?: boolean }) => {
      const specialization = { id: specializationId(1), specialization: 'data-protection', programId, timeZone: zone, ...held };
      const state = { ...partnerAtWork(1), id: partner };
      return revoked
        ? tell(partnerEvents.SpecializationRevoked, held.from, { state, data: { specialization, reason, by }, version: 2 })
        : tell(partnerEvents.SpecializationGranted, held.from, { state, data: { specialization, by } });
    },
    engaged: ({ programId, partner = us }: Of, heldOn: Day, revoked = false) => {
      const judged = {
        ...{ id: engagementId(1), partnerId: partner, programId, kind: 'event' as const, title: 'Road show', heldOn },
        ...{ evidence: [{ name: 'Photographs', url: 'https://partner.example/photos' }], submittedAt: noon(heldOn), submittedBy: 'them' },
        ...{ decidedBy: by, decidedAt: noon(heldOn) },
      };
      return revoked
        ? tell(engagementEvents.EngagementRevoked, heldOn, {
            state: { status: 'revoked', ...judged, revokedBy: by, revokedAt: noon(heldOn), reason },
            data: { by, reason },
            version: 2,
          })
        : tell(engagementEvents.EngagementAccepted, heldOn, { state: { status: 'accepted', ...judged }, data: { by } });
    },
    /** A deal that was approved, and what becomes of a choice, and of a group, as partners says it. */
    approved: (of: Of, n: number, on: Day) => {
      const { order, status: _, ...deal } = dealOf(of, n, orderOf(n, { on, dollars: 1 }));
      const state = { status: 'approved' as const, ...deal };
      return tell(dealEvents.DealApproved, on, { state, data: { by, offer: state.offer, protectedUntil: noon(order.orderedOn) } });
    },
    withdrawn: (of: Of, n: number, { approvedOn, on }: { readonly approvedOn: Day; readonly on: Day }) => {
      const {
        order: _,
        status: __,
        offer: ___,
        protectedUntil: ____,
        decidedAt: approvedAt,
        decidedBy: _____,
        ...deal
      } = dealOf(of, n, orderOf(n, { on: approvedOn, dollars: 1 }));
      const state = { status: 'withdrawn' as const, ...deal, withdrawnAt: noon(on), approvedAt };
      return tell(dealEvents.DealWithdrawn, on, { state, data: { by }, version: 2 });
    },
    track: ({ programId, partner = us }: Of, confirmedOn: Day, { track, version = 3 }: { readonly track: string; readonly version?: number }) =>
      tell(partnerEvents.TrackConfirmed, confirmedOn, {
        state: { ...partnerAtWork(1), id: partner },
        data: { programId, ladder: 'reseller', track, confirmedOn, by },
        version,
      }),
    grouped: (partner: PartnerId, on: Day, parentId?: PartnerId, version = 4) =>
      tell(partnerEvents.PartnerGrouped, on, { state: { ...partnerAtWork(1), id: partner }, data: { parentId, by }, version }),
    won: (of: Of, n: number, ordered: Ordered) => {
      const order = orderOf(n, ordered);
      const state = dealOf(of, n, order);
      return tell(dealEvents.DealWon, ordered.on, { state, data: { order, offer: state.offer, by } });
    },
    amended: (of: Of, n: number, { to, ...ordered }: Ordered & { readonly to: number }) => {
      const [before, after] = [orderOf(n, ordered), orderOf(n, { ...ordered, dollars: to })];
      return tell(dealEvents.OrderAmended, ordered.on, { state: dealOf(of, n, after), data: { before, after, reason, by }, version: 2 });
    },
    cancelled: (of: Of, n: number, ordered: Ordered) => {
      const order = orderOf(n, ordered);
      const state = { ...dealOf(of, n, order), status: 'cancelled' as const, cancelledAt: noon(ordered.on), reason };
      return tell(dealEvents.OrderCancelled, ordered.on, { state, data: { order, reason, by }, version: 3 });
    },
  };
};
