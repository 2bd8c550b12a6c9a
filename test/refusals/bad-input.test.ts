/** Whatever is sent wrongly is refused as what it is: never a 500, never half a write, always problem+json that says where. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { dayOf, systemClock } from '@echelon/calendar';
import { Problem } from '@echelon/contracts';
import type { DealSubmission } from '@echelon/contracts/deals';
import { DealSubmission as Submission } from '@echelon/contracts/deals';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor } from '../journeys/cast.ts';
import { opportunity, partnerAtWork, programInForce, submitted } from '../journeys/one-deal.ts';
import { localWorld } from '../local-world.ts';

type Json = Record<string, unknown>;
interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is, JSON or not. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly who?: string;
}

const today = () => String(dayOf(systemClock.now(), documents['reseller-example'].timeZone));

describe('through the API', () => {
  let world: Awaited<ReturnType<typeof localWorld>>;
  let programId: ProgramId;
  let partnerId: PartnerId;
  const tokens = new Map<string, string>();
  const SYSTEM = 'our-system';

  const call = async (path: string, { method = 'POST', body, raw, headers = {}, who = SYSTEM }: Sent = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const all: Record<string, string | undefined> = {
      authorization: `Bearer ${tokens.get(who)}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...headers,
    };
    const given = Object.entries(all).filter((one): one is [string, string] => one[1] !== undefined);
    const answer = await fetch(`${world.url}${path}`, { method, headers: given, ...(sent !== undefined && { body: sent }) });
    return { status: answer.status, type: answer.headers.get('content-type'), etag: answer.headers.get('etag'), text: await answer.text() };
  };
  /** A refusal as it must be, in short: status, code, and where each fault is. */
  const refused = async (path: string, sent?: Sent) => {
    const { status, type, text } = await call(path, sent);
    const problem = Problem.parse(JSON.parse(text));
    expect(type).toBe('application/problem+json');
    expect(problem.status).toBe(status);
    expect([problem.title, problem.detail, problem.instance].every((part) => part.length > 0)).toBe(true);
    return [status, problem.code, ...(problem.faults ?? []).map((fault) => `${fault.in} ${fault.pointer}`)];
  };
  const wire = (changes: Json = {}, dollars = 50_000n): Json => ({ ...(Submission.encode(opportunity(programId, dollars)) as Json), ...changes });
  const dealt = async (): Promise<string> => {
    const answer = await call('/v1/deals', { body: wire() });
    expect(answer.status).toBe(201);
    return (JSON.parse(answer.text) as { id: string }).id;
  };

  beforeAll(async () => {
    world = await localWorld();
    programId = await programInForce(world);
    const partner = await partnerAtWork(world, programId, 'Us Ltd');
    partnerId = partner.partnerId;
    await world.stage.register({ clientId: SYSTEM, secret: 'secret', role: 'partner-system', partnerId });
    for (const who of [SYSTEM, 'channel-manager', 'program-manager']) tokens.set(who, await world.stage.token(who));
    await submitted(partner, opportunity(programId, 20_000n));
  });
  afterAll(() => world.close());

  it.each([
    ['JSON that ends too soon', { raw: '{"programId": ' }, [400, 'malformed-json']],
    ['no JSON at all', { raw: 'programId=1' }, [400, 'malformed-json']],
    ['nothing', {}, [400, 'malformed-json']],
    ['a name that stands twice', { raw: '{"programId": "a", "programId": "b"}' }, [422, 'invalid', 'body /programId']],
    ['an unknown field twenty thousand deep', { raw: `{"x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}` }, [400, 'malformed-json']],
    ['a hundred thousand brackets', { raw: '['.repeat(100_000) }, [400, 'malformed-json']],
    ['fifty thousand nested lists', { raw: '['.repeat(50_000) + ']'.repeat(50_000) }, [400, 'malformed-json']],
    ['another media type', { raw: '{}', headers: { 'content-type': 'text/plain' } }, [415, 'unsupported-media-type']],
    ['another character set', { raw: '{}', headers: { 'content-type': 'application/json; charset=latin1' } }, [415, 'unsupported-media-type']],
    ['a body of more than 256 KiB', { raw: JSON.stringify({ programId: 'x'.repeat(262_144) }) }, [413, 'too-large']],
    ['a list', { body: [] }, [422, 'invalid', 'body ']],
    ['null', { body: null }, [422, 'invalid', 'body ']],
  ] as const)('a body that is %s', async (_, sent, expected) => {
    expect(await refused('/v1/deals', sent)).toEqual(expected);
  });

  it('a body without its media type', async () => {
    // fetch would add one to text: bytes go without.
    const answer = await fetch(`${world.url}/v1/deals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.get(SYSTEM)}`, 'idempotency-key': crypto.randomUUID() },
      body: new TextEncoder().encode(JSON.stringify(wire())),
    });
    expect([answer.status, Problem.parse(await answer.json()).code]).toEqual([415, 'unsupported-media-type']);
  });

  it.each([
    ['an unknown field', { colour: 'red' }, '/colour'],
    [
      'an unknown field at depth',
      { endCustomer: { name: 'A', country: 'US', registryId: { scheme: 'DUNS', value: '123456789', x: 1 } } },
      '/endCustomer/registryId/x',
    ],
    ['a field named as objects name their own', { constructor: {} }, '/constructor'],
    ['a number where an amount is text', { amount: { amount: 50_000, currency: 'USD' } }, '/amount/amount'],
    ['text where a list is wanted', { productFamilies: 'storage' }, '/productFamilies'],
    ['more decimals than the currency has', { amount: { amount: '50000.001', currency: 'USD' } }, '/amount/amount'],
    ['decimals where the currency has none', { amount: { amount: '50000.5', currency: 'JPY' } }, '/amount/amount'],
    ['a currency that is none', { amount: { amount: '50000', currency: 'XXZ' } }, '/amount/currency'],
    ['a day that does not exist', { expectedCloseOn: '2026-02-30' }, '/expectedCloseOn'],
    ['a day with a time', { expectedCloseOn: '2026-02-28T00:00:00Z' }, '/expectedCloseOn'],
    ['an id of another kind', { programId: `deal_${'0'.repeat(26)}` }, '/programId'],
    [
      'a scheme of no registry',
      { endCustomer: { name: 'A', country: 'US', registryId: { scheme: 'ABC', value: '1' } } },
      '/endCustomer/registryId/scheme',
    ],
    ['half a surrogate pair', { endCustomer: { name: 'Acme \ud800', country: 'US' } }, '/endCustomer/name'],
    ['a name of 4,000 characters', { endCustomer: { name: 'A'.repeat(4_000), country: 'US' } }, '/endCustomer/name'],
    ['an empty name', { endCustomer: { name: ' ', country: 'US' } }, '/endCustomer/name'],
    ['a domain in letters that are not ASCII', { endCustomer: { name: 'A', country: 'DE', domain: 'müller.de' } }, '/endCustomer/domain'],
    ['a malformed domain', { endCustomer: { name: 'A', country: 'DE', domain: 'acme..de' } }, '/endCustomer/domain'],
    ['a field that is missing', { route: undefined }, '/route'],
  ] as const)('a submission with %s', async (_, changes, pointer) => {
    expect(await refused('/v1/deals', { body: wire(changes) })).toEqual([422, 'invalid', `body ${pointer}`]);
  });

  it('a certification of a year in which nobody was certified', async () => {
    const body = { programId, certification: 'systems-engineer', from: '0000-01-15', until: '9999-12-31' };
    const path = `/v1/people/prsn_${'0'.repeat(26)}/certifications`;
    expect(await refused(path, { body, who: 'channel-manager' })).toEqual([422, 'invalid', 'body /from', 'body /until']);
  });

  it('every fault is named at once', async () => {
    const faults = await refused('/v1/deals', { body: wire({ route: 'by-air', expectedCloseOn: 'soon', productFamilies: [] }) });
    expect(faults.toSorted()).toEqual([422, 'body /expectedCloseOn', 'body /productFamilies', 'body /route', 'invalid'].toSorted());
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one with a space in it', 'a b'],
    ['one of 129 characters', 'k'.repeat(129)],
  ])('as Idempotency-Key %s', async (_, key) => {
    expect(await refused('/v1/deals', { body: wire(), headers: { 'idempotency-key': key } })).toEqual([400, 'idempotency-key-missing']);
  });

  it.each(['3', 'W/"3"', '"03"', '"0"', '*', '"3", "4"', '"x"'])('If-Match: %s is malformed', async (tag) => {
    const path = `/v1/deals/${await dealt()}/withdrawal`;
    expect(await refused(path, { headers: { 'if-match': tag } })).toEqual([400, 'if-match-malformed']);
  });

  it('a version that is not the last is stale, and nothing is done', async () => {
    const id = await dealt();
    expect(await refused(`/v1/deals/${id}/withdrawal`, { headers: { 'if-match': '"2"' } })).toEqual([412, 'stale']);
    const read = await call(`/v1/deals/${id}`, { method: 'GET' });
    expect([read.etag, (JSON.parse(read.text) as { status: string }).status]).toEqual(['"1"', 'submitted']);
    expect((await call(`/v1/deals/${id}/withdrawal`, { headers: { 'if-match': '"1"' } })).status).toBe(201);
  });

  it('the same key with the same body is answered the same, byte for byte, also after the deal has changed', async () => {
    const sent = { body: wire(), headers: { 'idempotency-key': 'again' } };
    const first = await call('/v1/deals', sent);
    expect(first.status).toBe(201);
    expect(await call('/v1/deals', sent)).toEqual(first);
    const { id } = JSON.parse(first.text) as { id: string };
    await call(`/v1/deals/${id}/withdrawal`);
    const respelt = { ...sent, raw: JSON.stringify(Object.fromEntries(Object.entries(sent.body).reverse()), null, 2) };
    expect(await call('/v1/deals', respelt)).toEqual(first);
  });

  it('the same key with another body is refused, and so is the same key on a draft', async () => {
    const headers = { 'idempotency-key': 'once' };
    expect((await call('/v1/deals', { body: wire(), headers })).status).toBe(201);
    expect(await refused('/v1/deals', { body: wire(), headers })).toEqual([409, 'key-reused']);
    const [who, path] = ['program-manager', `/v1/programs/${programId}/versions`];
    const drafted = await call(path, { who, headers, body: { document } });
    expect(drafted.status).toBe(201);
    expect(await call(path, { who, headers, body: { document } })).toEqual(drafted);
    expect(await refused(path, { who, headers, body: { document: { ...document, name: 'Another' } } })).toEqual([409, 'key-reused']);
  });

  const cursorOf = (...pairs: [string, string][]) => Buffer.from(JSON.stringify(pairs)).toString('base64url');
  const place = (pk: string, partition: string, sort: string) => cursorOf(['pk', pk], ['sk', 'STATE'], ['allpk', partition], ['allsk', sort]);
  it.each([
    ['nonsense', 'nonsense'],
    ['JSON of another shape', Buffer.from('{"a":1}').toString('base64url')],
    ['a place in another list', place('x', 'partners', 'x')],
    ['a place without a name', place('', 'programs', 'x')],
    ['a place of an empty sort', place('x', 'programs', '')],
    ['a place longer than any key', place('x', 'programs', 'x'.repeat(1_100))],
    ['a cursor longer than any', 'x'.repeat(2_001)],
  ])('as cursor %s', async (_, cursor) => {
    expect(await refused(`/v1/programs?cursor=${cursor}`, { method: 'GET' })).toEqual([422, 'invalid', 'query /cursor']);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=-1', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['colour=red', '/colour'],
  ])('a list with %s', async (query, pointer) => {
    expect(await refused(`/v1/programs?${query}`, { method: 'GET' })).toEqual([422, 'invalid', `query ${pointer}`]);
  });
  it('a list of deals without its program, or with a status that is none', async () => {
    expect(await refused('/v1/deals', { method: 'GET' })).toEqual([422, 'invalid', 'query /programId']);
    expect(await refused(`/v1/deals?programId=${programId}&status=forgotten`, { method: 'GET' })).toEqual([422, 'invalid', 'query /status']);
  });

  it.each([`prog_${'0'.repeat(26)}`, 'deal_short', `deal_${'u'.repeat(26)}`, '..%2f..', '%00', 'x'.repeat(2_000)])(
    'an id in the path that names no deal: %s',
    async (id) => {
      expect(await refused(`/v1/deals/${id}`, { method: 'GET' })).toEqual([404, 'not-found']);
    },
  );
  it.each(['/v1/nothing', '/v1/deals/', '/'])('a path that is none: %s', async (path) => {
    expect((await refused(path, { method: 'GET' }))[0]).toBe(404);
  });

  it('a body where none is wanted', async () => {
    const path = `/v1/deals/${await dealt()}/withdrawal`;
    expect(await refused(path, { body: { reason: 'x' } })).toEqual([422, 'invalid', 'body ']);
    expect((await call(path, { body: {} })).status).toBe(201);
  });

  it('an order that nobody could be told of', async () => {
    const id = await dealt();
    expect((await call(`/v1/deals/${id}/approval`, { who: 'channel-manager' })).status).toBe(201);
    const line = { productFamily: 'storage', quantity: '1', amount: { amount: '250.00', currency: 'USD' } };
    const order = { orderNumber: id, orderedOn: today(), fulfilledBy: partnerId, amount: { amount: '50000.00', currency: 'USD' } };
    // 200 lines of 200 characters of three bytes: in the event twice, as what happened and in the state.
    const lines = Array.from({ length: 200 }, () => ({ ...line, description: '漢'.repeat(200) }));
    expect(await refused(`/v1/deals/${id}/order`, { body: { ...order, lines } })).toEqual([413, 'too-large']);
    expect((await call(`/v1/deals/${id}/order`, { body: order })).status).toBe(201);
  });

  const document = ProgramDocument.encode(documents['reseller-example']) as Json;
  /** Items of the programs' table: versions, commits, documents. */
  const stored = async () => {
    const scan = new ScanCommand({ TableName: `${world.stage.tables.programs}`, Select: 'COUNT', ConsistentRead: true });
    return (await world.stage.dynamodb.send(scan)).Count;
  };
  /** Whatever is wrong with it: nothing of it is stored. */
  const drafting = async (changes: Json) => {
    const before = await stored();
    const answer = await refused(`/v1/programs/${programId}/versions`, { who: 'program-manager', body: { document: { ...document, ...changes } } });
    expect(await stored()).toBe(before);
    return answer;
  };

  const levels = (band: Json) => ({ ladder: 'reseller', volumeDiscounts: [{ tier: 'elite', bands: [band] }] });
  const reward = { key: 'r', name: 'R', role: 'cfo', dealTypes: ['renewal'], pays: { kind: 'rate', rate: '0.01' }, caps: {} };

  it('a document of 201 KB', async () => {
    const room = 201_000 - JSON.stringify(document).length;
    const illustrative = Array.from({ length: 500 }, () => `/${'x'.repeat(Math.ceil(room / 500) - 4)}`);
    expect(JSON.stringify({ ...document, illustrative }).length).toBeGreaterThan(200_000);
    expect(await drafting({ illustrative })).toEqual([422, 'document-too-large', 'body /document']);
  });

  it.each<[string, string, Json]>([
    ['an unknown field', '/license', { license: 'MIT' }],
    ['a rate above 100 %', '/upfrontMargin/rates/0/rate', { upfrontMargin: { rates: [{ tier: 'elite', rate: '1.01' }], clawback: 'pro-rata' } }],
    [
      'points for an unknown activity',
      '/pointsRules/0/activity/kind',
      { pointsRules: [{ key: 'golf', name: 'Golf', category: 'sale', activity: { kind: 'golf' }, points: 1 }] },
    ],
    ['a negative band', '/serviceProviders/volumeDiscounts/0/bands/0/above', { serviceProviders: levels({ above: '-1', discount: '0.1' }) }],
    [
      'a band that ends with nothing behind it',
      '/serviceProviders/volumeDiscounts/0/bands/0/upTo',
      { serviceProviders: levels({ above: '0', upTo: '5', discount: '0.1' }) },
    ],
    ['a role that does not exist', '/sellerRewards/0/role', { sellerRewards: [reward] }],
    ['a day that does not exist', '/sellerRewards/0/from', { sellerRewards: [{ ...reward, from: '2027-02-30' }] }],
  ])('a document with %s', async (_, pointer, changes) => {
    expect(await drafting(changes)).toEqual([422, 'invalid', `body /document${pointer}`]);
  });

  it('a document whose names do not meet', async () => {
    const { offers, ...registration } = document.dealRegistration as { offers: Json[] };
    const dangling = offers.map((offer, at) => (at === 2 ? { ...offer, tier: 'platinum' } : offer));
    expect(await drafting({ dealRegistration: { ...registration, offers: dangling } })).toEqual([
      422,
      'invalid',
      'body /document/dealRegistration/offers/2/tier',
      'body /document/dealRegistration/offers',
    ]);
    expect(await drafting({ currency: 'EUR' })).toContain('body /document/dealRegistration/minimumAmount/currency');
    expect(await drafting({ timeZone: 'Mars/Olympus' })).toEqual([422, 'invalid', 'body /document/timeZone']);
  });

  it('none of it left a deal behind', async () => {
    const manager = actor(world, 'channel-manager');
    const { value } = await manager.deals.list({ query: { programId, limit: 100 } });
    const names = value.items.map(({ endCustomer }: DealSubmission) => endCustomer.name);
    expect(names.every((name) => name.startsWith('Customer '))).toBe(true);
    // One of the set-up; ten that tests made to work on: seven for If-Match, one each for stale, keys (two), bodies and an order.
    expect(names).toHaveLength(1 + 7 + 1 + 2 + 1 + 1);
  });

  it.each([
    ['an emoji', '🍏'],
    ['one letter', 'X'],
    ['nothing but a legal form', 'GmbH'],
    ['Hebrew, from right to left', 'בנק הפועלים בעמ'],
    ['Japanese', '株式会社日立製作所'],
    ['characters that are many when they are evened out', 'ﷺ'.repeat(200)],
  ])('a name of %s is taken, and registered once', async (_, name) => {
    const body = wire({ endCustomer: { name, country: 'IL', city: 'Haifa' } });
    expect((await call('/v1/deals', { body })).status).toBe(201);
    expect(await refused('/v1/deals', { body })).toEqual([409, 'already-registered']);
  });
});
