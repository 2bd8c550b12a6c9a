/**
 * A vendor with a program, three partners and deals in every state, told through the client as its users would: nothing is
 * written behind the API's back. Names of end customers are real companies'; what they order is illustrative.
 */
import { addDays, dayOf, systemClock } from '@echelon/calendar';
import { ApiProblem, type Client, clientOf } from '@echelon/client';
import { deals } from '@echelon/contracts/deals';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { partners } from '@echelon/contracts/partners';
import { programs } from '@echelon/contracts/programs';
import { money } from '@echelon/money';
import { documents } from '@echelon/program/documents';

export { people } from './people.ts';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}
export interface DemoOptions {
  readonly url: string;
  /** A token for one of the vendor's people, by the name of its role; or for a partner's system. */
  readonly token: (who: string | Credentials) => Promise<string>;
  /** Told what is being done, for whoever waits. */
  readonly says?: (what: string) => void;
}
export interface Demo {
  readonly programId: ProgramId;
  /** The first partner's own system. */
  readonly partnerSystem: Credentials;
}

const document = documents['reseller-example'];
const today = () => dayOf(systemClock.now(), document.timeZone);

const cast = [
  { legalName: 'Lakeside Systems Inc', city: 'Chicago' },
  { legalName: 'Bluebonnet Technology LLC', city: 'Austin' },
  { legalName: 'Harbor Point Solutions Inc', city: 'Boston' },
] as const;

/** By partner: whom it sells to, for how many dollars, and what becomes of it. */
const stories = [
  { partner: 0, name: 'Caterpillar Inc.', city: 'Irving', domain: 'caterpillar.com', dollars: 420_000n, ends: 'won' },
  { partner: 0, name: 'Deere & Company', city: 'Moline', domain: 'deere.com', dollars: 180_000n, ends: 'approved' },
  { partner: 0, name: 'Abbott Laboratories', city: 'Abbott Park', domain: 'abbott.com', dollars: 95_000n, ends: 'submitted' },
  { partner: 1, name: 'Deere & Company', city: 'Moline', domain: 'deere.com', dollars: 175_000n, ends: 'submitted' },
  { partner: 1, name: 'Whole Foods Market, Inc.', city: 'Austin', domain: 'wholefoodsmarket.com', dollars: 60_000n, ends: 'asked' },
  { partner: 2, name: 'State Street Corporation', city: 'Boston', domain: 'statestreet.com', dollars: 240_000n, ends: 'rejected' },
  { partner: 2, name: 'Wayfair Inc.', city: 'Boston', domain: 'wayfair.com', dollars: 33_000n, ends: 'withdrawn' },
] as const;

type Ends = (typeof stories)[number]['ends'];

/**
 * The demo's acts have keys of their own, so that a load that was cut off is taken up where it stood: told again on the same day,
 * it changes nothing. A key belongs to its route and what it names, so one does for all that name something.
 */
const key = 'demo';

export const loadDemo = async ({ url, token, says = () => {} }: DemoOptions): Promise<Demo> => {
  const programId = await establish({ url, token }, says);
  const systems: Acting[] = [];
  for (const [at, { legalName, city }] of cast.entries()) {
    says(`partner ${at + 1} of ${cast.length}: ${legalName}`);
    systems.push(await partner({ url, token, programId, legalName, city }));
  }
  const manager = clientOf(deals, { url, token: () => token('channel-manager') });
  for (const [at, { partner: owner, ends, ...story }] of stories.entries()) {
    says(`deal ${at + 1} of ${stories.length}: ${story.name}, ${ends}`);
    const acting = systems[owner];
    if (acting) await tell({ ...story, ends, programId, acting, manager });
  }
  const [first] = systems;
  if (first === undefined) throw new Error('the demo has no partner');
  return { programId, partnerSystem: first.credentials };
};

const establish = async ({ url, token }: DemoOptions, says: (what: string) => void): Promise<ProgramId> => {
  says('a program: drafted, approved by a second person, in force from today');
  const drafter = clientOf(programs, { url, token: () => token('program-manager') });
  const approver = clientOf(programs, { url, token: () => token('second-program-manager') });
  const { value: program } = await drafter.establish({ key, body: { name: document.name } });
  const { value: drafted } = await drafter.draft({ key, params: { programId: program.id }, body: { document } });
  const params = drafted.versions.map(({ versionId }) => ({ programId: program.id, versionId }))[0];
  if (params === undefined) throw new Error('the draft left no version');
  await approver.approve({ key, params });
  await drafter.activate({ key, params, body: { effectiveFrom: today() } });
  return program.id;
};

interface Acting {
  readonly partnerId: PartnerId;
  readonly credentials: Credentials;
  readonly deals: Client<typeof deals>;
}
interface Applying extends DemoOptions {
  readonly programId: ProgramId;
  readonly legalName: string;
  readonly city: string;
}

const partner = async ({ url, token, programId, legalName, city }: Applying): Promise<Acting> => {
  const applicant = clientOf(partners, { url, token: () => token('partner-admin') });
  const manager = clientOf(partners, { url, token: () => token('channel-manager') });
  const { value: applied } = await applicant.apply({ key: `${key}-${city}`, body: { legalName, country: 'US', city } });
  const params = { partnerId: applied.id };
  await manager.vet({ key, params, body: { outcome: 'passed' } });
  await manager.admit({ key, params, body: { agreement: 'Partner Agreement 2026 (illustrative)' } });
  await eventually('program-not-in-force', () =>
    manager.enroll({ key, params, body: { programId, businessModels: ['reseller'], ladders: ['reseller'] } }),
  );
  const { value } = await manager.registerClient({
    key: `${key}-${city}`,
    body: { name: `${legalName}: CRM`, actsFor: { role: 'partner-system', ...params } },
  });
  const credentials = { clientId: value.client.oauthClientId, clientSecret: value.clientSecret };
  // A token has its rights once the registration has arrived at the identity provider.
  await eventually('forbidden', () => clientOf(partners, { url, token: () => token(credentials) }).get({ params }));
  const system = clientOf(deals, { url, token: () => token(credentials) });
  return { partnerId: applied.id, credentials, deals: system };
};

interface Story {
  readonly name: string;
  readonly city: string;
  readonly domain: string;
  readonly dollars: bigint;
  readonly ends: Ends;
  readonly programId: ProgramId;
  readonly acting: Acting;
  readonly manager: Client<typeof deals>;
}

const tell = async ({ name, city, domain, dollars, ends, programId, acting, manager }: Story): Promise<void> => {
  const amount = money(dollars * 100n, 'USD');
  const endCustomer = { name, country: 'US', city, domain };
  const body = { programId, endCustomer, productFamilies: ['storage'], amount, expectedCloseOn: addDays(today(), 45), route: 'reseller' as const };
  const { value: deal } = await eventually('not-enrolled', () => acting.deals.submit({ key: `${key}-${domain}`, body }));
  const params = { dealId: deal.id };
  if (ends === 'asked') await manager.requestInformation({ key, params, body: { question: 'Which of their stores is it for?' } });
  if (ends === 'rejected') await manager.reject({ key, params, body: { reason: 'Our account team has been in talks since spring.' } });
  if (ends === 'withdrawn') await acting.deals.withdraw({ key, params });
  if (ends === 'approved' || ends === 'won') await manager.approve({ key, params });
  if (ends !== 'won') return;
  await acting.deals.win({ key, params, body: { orderNumber: 'PO-2026-1001', orderedOn: today(), amount, fulfilledBy: acting.partnerId } });
};

const WAIT_MS_MAX = 60_000;
const POLL_MS = 50;
/** Refusals that pass once an event has arrived. */
const passing = new Set(['program-not-in-force', 'not-enrolled', 'forbidden', 'busy']);

const eventually = async <Value>(until: string, act: () => Promise<Value>): Promise<Value> => {
  const deadline = performance.now() + WAIT_MS_MAX;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const waits = error instanceof ApiProblem && passing.has(error.problem.code) && performance.now() < deadline;
      if (!waits) throw new Error(`the demo waited in vain for "${until}" to pass`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
};
