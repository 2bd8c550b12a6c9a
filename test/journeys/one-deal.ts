/** One deal, all the way: from a partner's application to the vendor's billing and the partner's standing. */
import { addDays, dayOf, systemClock } from '@echelon/calendar';
import { Envelope } from '@echelon/contracts';
import type { DealRegistration, DealSubmission } from '@echelon/contracts/deals';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { type Money, money } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { expect } from 'vitest';
import type { World } from '../world.ts';
import { type Actor, actor, eventually } from './cast.ts';
import { clockMoved } from './clock.ts';

const usd = (dollars: bigint): Money => money(dollars * 100n, 'USD');
const document = documents['reseller-example'];
const today = () => dayOf(systemClock.now(), document.timeZone);

/** Drafted by one person, approved by another, in force from today. */
export const programInForce = async (world: World, document: ProgramDocument = documents['reseller-example']): Promise<ProgramId> => {
  const [drafter, approver] = [actor(world, 'program-manager').programs, actor(world, 'second-program-manager').programs];
  const { value: program } = await drafter.establish({ body: { name: document.name } });
  const params = { programId: program.id };
  const { value: drafted } = await drafter.draft({ params, body: { document } });
  const [version] = drafted.versions;
  if (version === undefined) throw new Error('the draft left no version');
  const ofVersion = { ...params, versionId: version.versionId };
  await expect(drafter.approve({ params: ofVersion })).rejects.toThrow('same-person');
  await approver.approve({ params: ofVersion });
  const { value: active } = await drafter.activate({ params: ofVersion, body: { effectiveFrom: dayOf(systemClock.now(), document.timeZone) } });
  expect(active.versions.map(({ status }) => status)).toEqual(['active']);
  return program.id;
};

export interface PartnerAtWork {
  readonly partnerId: PartnerId;
  /** The partner's own system, with a token of its own. */
  readonly system: Actor;
}

/** Applies, is vetted by another person, admitted, enrolled; its system is registered and gets rights by event. */
export const partnerAtWork = async (
  world: World,
  programId: ProgramId,
  legalName: string,
  enrolling = { businessModels: ['reseller'], ladders: ['reseller'] },
): Promise<PartnerAtWork> => {
  const [applicant, manager] = [actor(world, 'partner-admin').partners, actor(world, 'channel-manager').partners];
  const { value: applied } = await applicant.apply({ body: { legalName, country: 'US', city: 'Austin' } });
  const params = { partnerId: applied.id };
  await expect(manager.admit({ params, body: { agreement: 'Partner Agreement 2026' } })).rejects.toThrow('not-vetted');
  await manager.vet({ params, body: { outcome: 'passed' } });
  await manager.admit({ params, body: { agreement: 'Partner Agreement 2026' } });
  await eventually('partners knows the program', async () => {
    const { value } = await manager.enroll({ params, body: { programId, ...enrolling } });
    return value;
  });
  const { value: registered } = await manager.registerClient({
    body: { name: `${legalName}: CRM`, actsFor: { role: 'partner-system', partnerId: applied.id } },
  });
  const credentials = { clientId: registered.client.oauthClientId, clientSecret: registered.clientSecret };
  const system = await eventually('the system has its rights', async () => {
    const working = actor(world, credentials);
    const { value } = await working.partners.get({ params });
    return value.status === 'admitted' ? working : undefined;
  });
  return { partnerId: applied.id, system };
};

const CUSTOMERS = 0xffffffff;

/** An end customer that no journey before this one has met. */
export const opportunity = (programId: ProgramId, dollars: bigint): DealSubmission => {
  const number = String(Math.floor(Math.random() * CUSTOMERS))
    .padStart(9, '0')
    .slice(-9);
  return {
    programId,
    endCustomer: {
      name: `Customer ${number}`,
      country: 'US',
      city: 'Dallas',
      registryId: { scheme: 'DUNS', value: number },
      domain: `customer-${number}.example`,
    },
    productFamilies: ['storage'],
    amount: usd(dollars),
    expectedCloseOn: addDays(today(), 30),
    route: 'reseller',
  };
};

/** A deal submitted once the partner's enrolment has reached deals. */
export const submitted = ({ system }: PartnerAtWork, submission: DealSubmission): Promise<DealRegistration> =>
  eventually('deals knows the partner and its program', async () => (await system.deals.submit({ body: submission })).value);

export const oneDeal = async (world: World): Promise<void> => {
  const programId = await programInForce(world);
  const [first, second] = [await partnerAtWork(world, programId, 'Northern Systems LLC'), await partnerAtWork(world, programId, 'Southern Data Inc')];
  const [manager, billing] = [actor(world, 'channel-manager'), actor(world, 'billing-system')];

  const submission = opportunity(programId, 300_000n);
  const deal = await submitted(first, submission);
  expect(deal).toMatchObject({ status: 'submitted', partnerId: first.partnerId });
  expect(deal.conflict).toBeUndefined();
  await expect(first.system.deals.submit({ body: submission })).rejects.toThrow('already-registered');

  // Another partner, the same customer by its domain alone: it learns that there is a conflict, and nothing more.
  const { registryId: _, ...byDomain } = submission.endCustomer;
  const late = await submitted(second, { ...submission, endCustomer: byDomain });
  expect(late.conflict).toEqual({});
  const params = { dealId: deal.id };
  await expect(second.system.deals.get({ params })).rejects.toThrow('not-found');
  await expect(manager.deals.approve({ params: { dealId: late.id } })).rejects.toThrow('not-first');
  const { value: evidence } = await manager.deals.get({ params: { dealId: late.id } });
  expect(evidence.conflict?.evidence).toMatchObject([{ dealId: deal.id, partnerId: first.partnerId }]);

  await manager.deals.requestInformation({ params, body: { question: 'Which array is it to replace?' } });
  await first.system.deals.supplyInformation({ params, body: { answer: 'A competitor’s, out of support in spring.' } });
  const { value: approved, version } = await manager.deals.approve({ params });
  if (approved.status !== 'approved') throw new Error(`approved, and yet ${approved.status}`);
  expect(approved.offer).toMatchObject({ tier: 'authorized', rule: '/dealRegistration/offers/0' });
  expect(approved.submittedAt).toEqual(deal.submittedAt);
  await expect(manager.deals.reject({ params, body: { reason: 'Too late.' }, ifMatch: 1 })).rejects.toThrow('stale');

  const order = { orderNumber: `PO-${deal.id.slice(-6)}`, orderedOn: today(), amount: usd(300_000n), fulfilledBy: first.partnerId };
  const key = `order-${deal.id}`;
  const won = await billing.deals.win({ params, body: order, key, ifMatch: version ?? 0 });
  expect(won.value).toMatchObject({ status: 'won', order: { orderNumber: order.orderNumber } });
  const again = await billing.deals.win({ params, body: order, key });
  expect(again.version).toBe(won.version);

  const billed = await eventually('DealWon arrives at billing', async () => {
    const envelopes = (await world.billed()).map((detail) => Envelope.parse(detail)).filter(({ aggregateId }) => aggregateId === deal.id);
    return envelopes.length > 0 ? envelopes : undefined;
  });
  expect(new Set(billed.map(({ id }) => id)).size).toBe(1);
  expect(billed[0]).toMatchObject({ type: 'DealWon', partnerId: first.partnerId, programId, correlationId: won.correlationId });

  // 300,000.00 USD is more than the 250,000.00 that `preferred` asks for.
  const standing = await eventually('the order has moved the standing', async () => {
    const { value } = await first.system.tiering.list({ query: { programId } });
    return value.items.find(({ positions }) => positions.some(({ tier }) => tier === 'preferred'));
  });
  expect(standing.facts.revenue.map(({ amount }) => amount)).toEqual([usd(300_000n)]);
};

/** Many submissions of one opportunity at once, by several partners: exactly one is first, and each partner is in the line once. */
export const race = async (world: World): Promise<void> => {
  const SUBMISSIONS = Math.min(50, world.callersMax);
  const programId = await programInForce(world);
  const partners = await Promise.all(
    ['Aster', 'Birch', 'Cedar', 'Dogwood', 'Elm'].slice(0, SUBMISSIONS).map((name) => partnerAtWork(world, programId, `${name} Partners`)),
  );
  await Promise.all(partners.map((partner) => submitted(partner, opportunity(programId, 20_000n))));

  const submission = opportunity(programId, 50_000n);
  const outcomes = await Promise.all(
    Array.from({ length: SUBMISSIONS }, (_, n) => {
      const { system } = partners[n % partners.length] ?? (partners[0] as PartnerAtWork);
      return eventually('the submission is answered', () =>
        system.deals.submit({ body: submission, key: `race-${n}` }).then(
          ({ value }): DealRegistration | 'already-registered' => value,
          (error: Error) => (error.message.includes('already-registered') ? 'already-registered' : Promise.reject(error)),
        ),
      );
    }),
  );
  const deals = outcomes.filter((outcome) => outcome !== 'already-registered');
  expect(deals.length).toBe(Math.min(partners.length, SUBMISSIONS));
  expect(deals.filter(({ conflict }) => conflict === undefined).length).toBe(1);
  expect(deals.filter(({ conflict }) => conflict !== undefined).map(({ conflict }) => conflict)).toEqual(Array(deals.length - 1).fill({}));
};

/** Protection is lived through: the clock is moved past its end, the sweep records it as of when it was due. */
export const expiry = async (world: World): Promise<void> => {
  const programId = await programInForce(world);
  const [holder, next] = [await partnerAtWork(world, programId, 'Early Bird GmbH'), await partnerAtWork(world, programId, 'Second Mouse AG')];
  const manager = actor(world, 'channel-manager');
  const submission = opportunity(programId, 40_000n);
  const deal = await submitted(holder, submission);
  const { value: approved } = await manager.deals.approve({ params: { dealId: deal.id } });
  if (approved.status !== 'approved') throw new Error(`approved, and yet ${approved.status}`);
  const waiting = await submitted(next, submission);
  expect(waiting.conflict).toEqual({});

  await clockMoved(world, approved.protectedUntil.add({ hours: 5 }), async () => {
    await world.sweep('deals', 'expire');
    const { value: expired } = await holder.system.deals.get({ params: { dealId: deal.id } });
    expect(expired.status).toBe('expired');
    // Whoever was next in line is first now.
    const { value: successor } = await manager.deals.approve({ params: { dealId: waiting.id } });
    expect(successor.status).toBe('approved');
    const history = (await world.billed()).length;
    await world.sweep('deals', 'expire');
    expect((await world.billed()).length).toBe(history);
  });
};
