/** Refused unless allowed: every route of the contracts, as every role, and as nobody. A new route is covered unasked. */
import { dayOf, systemClock } from '@echelon/calendar';
import { type Contract, type Endpoint, namesIn, partnerRoles, type Role, roles, routeKey, routesOf } from '@echelon/contracts';
import { exampleOf } from '@echelon/contracts/example';
import { platform } from '@echelon/contracts/platform';
import { services } from '@echelon/contracts/services';
import { documents } from '@echelon/program/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, actor, eventually } from '../journeys/cast.ts';
import { opportunity, type PartnerAtWork, partnerAtWork, programInForce, submitted } from '../journeys/one-deal.ts';
import { localWorld } from '../local-world.ts';

const contracts: readonly Contract[] = [...services, platform];
const routes = contracts.flatMap((contract) => routesOf(contract, { clockMoves: true }));
const closed = routes.filter(({ roles: allowed }) => allowed !== 'public');

const NOWHERE = '00000000000000000000000000';
const prefixes: Readonly<Record<string, string>> = {
  programId: 'prog',
  versionId: 'ver',
  partnerId: 'ptnr',
  systemClientId: 'client',
  personId: 'prsn',
  certificationId: 'cert',
  specializationId: 'spec',
  engagementId: 'eng',
  assetId: 'asset',
  dealId: 'deal',
  standingId: 'stand',
};

/** An id of the right kind that names nothing; a parameter of another kind takes its schema's own first value. */
const missing = ({ path, params }: Endpoint): Record<string, string> =>
  Object.fromEntries(
    namesIn(path).map((name) => {
      const schema = params?.shape[name];
      const prefix = prefixes[name];
      return [name, prefix !== undefined ? `${prefix}_${NOWHERE}` : String(schema && exampleOf(schema as never))];
    }),
  );

interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
}

describe('whatever the table of roles does not allow is refused', () => {
  let world: Awaited<ReturnType<typeof localWorld>>;
  let others: PartnerAtWork;
  let programId: Awaited<ReturnType<typeof programInForce>>;
  const tokens = new Map<Role, string>();
  /** Ids of another partner's records, by the names that paths give them, and of the program that it is enrolled in. */
  let theirs: Record<string, string>;

  const call = async (
    route: Endpoint,
    { token, params = missing(route) }: { token?: string; params?: Record<string, string> },
  ): Promise<Answered> => {
    const path = Object.entries(params).reduce((filled, [name, value]) => filled.replace(`{${name}}`, value), route.path as string);
    const query = route.query && 'programId' in route.query.shape ? `?programId=prog_${NOWHERE}` : '';
    const answer = await fetch(`${world.url}${path}${query}`, {
      method: route.method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(route.method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }),
        ...(route.body && { 'content-type': 'application/json' }),
      },
      ...(route.body && { body: JSON.stringify(exampleOf(route.body)) }),
    });
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
  };
  const codeOf = ({ body }: Answered): string => (JSON.parse(body) as { code: string }).code;
  const refused = (answer: Answered, status: number, code: string): void => {
    expect([answer.status, answer.type, codeOf(answer)]).toEqual([status, 'application/problem+json', code]);
  };

  beforeAll(async () => {
    world = await localWorld();
    programId = await programInForce(world);
    others = await partnerAtWork(world, programId, 'The Others Ltd');
    const own = await partnerAtWork(world, programId, 'Us Ltd');
    for (const role of roles) {
      const acts = (partnerRoles as readonly Role[]).includes(role) ? { partnerId: own.partnerId } : {};
      await world.stage.register({ clientId: `as-${role}`, secret: 'secret', role, ...acts });
      tokens.set(role, await world.stage.token(`as-${role}`));
    }
    const deal = await submitted(others, opportunity(programId, 50_000n));
    const manager = actor(world, 'channel-manager');
    const standing = await eventually(
      'the standing is open',
      async () => (await others.system.tiering.list({ query: { programId } })).value.items[0],
    );
    const { value: registered } = await manager.partners.registerClient({
      body: { name: 'another', actsFor: { role: 'partner-system', partnerId: others.partnerId } },
    });
    theirs = {
      partnerId: others.partnerId,
      programId,
      dealId: deal.id,
      standingId: standing.id,
      systemClientId: registered.client.id,
      ...(await kept(manager)),
    };
  });

  /** What partners keeps of the others: somebody of theirs, something that they did, something that they look after. */
  const kept = async ({ partners }: Actor): Promise<Record<string, string>> => {
    const { partnerId } = others;
    const today = dayOf(systemClock.now(), documents['reseller-example'].timeZone);
    const record = { name: 'Ada', email: 'ada@others.example' };
    const person = await partners.addPerson({ params: { partnerId }, body: { record, roles: [], employedFrom: today } });
    const evidence = [{ name: 'Photos', url: 'https://files.example/photos.zip' }];
    const engagement = await others.system.partners.submitEngagement({ body: { programId, kind: 'event', title: 'Fair', heldOn: today, evidence } });
    const endCustomer = { name: 'Acme', country: 'US' };
    const asset = await partners.registerAsset({
      body: { programId, endCustomer, productFamily: 'storage', installedOn: today, partnerOfRecord: partnerId },
    });
    return { personId: person.value.id, engagementId: engagement.value.id, assetId: asset.value.id };
  };
  afterAll(() => world.close());

  it('saw every route', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(new Set(routes.map(routeKey)).size).toBe(routes.length);
  });

  it.each(closed.map((route) => [routeKey(route), route] as const))(
    '%s: no token, an expired one, one that another issuer signed, one for people’s eyes, one of a client without rights',
    async (_, route) => {
      refused(await call(route, {}), 401, 'unauthenticated');
      refused(await call(route, { token: 'not.a.token' }), 401, 'unauthenticated');
      refused(await call(route, { token: await world.stage.tokens.expired('as-auditor') }), 401, 'unauthenticated');
      refused(await call(route, { token: await world.stage.tokens.foreign('as-auditor') }), 401, 'unauthenticated');
      const rights = { 'echelon:role': 'auditor' };
      refused(await call(route, { token: await world.stage.tokens.claiming('as-auditor', { ...rights, token_use: 'id' }) }), 401, 'unauthenticated');
      refused(
        await call(route, { token: await world.stage.tokens.claiming('a-client-without-rights', { 'echelon:role': undefined }) }),
        403,
        'forbidden',
      );
    },
  );

  it.each(closed.map((route) => [routeKey(route), route] as const))('%s: each role that the contract does not name', async (_, route) => {
    for (const role of roles) {
      const answer = await call(route, { token: tokens.get(role) ?? '' });
      if (route.roles.includes(role as never)) expect([401, 403]).not.toContain(answer.status);
      else refused(answer, 403, 'forbidden');
    }
  });

  /** What a path may name that is nobody's own: programs are everybody's. A new kind of id is one or the other. */
  const everybodys = new Set(['programId', 'versionId']);
  const ofPartners = closed.filter(
    ({ path, roles: allowed }) => namesIn(path).some((name) => !everybodys.has(name)) && partnerRoles.some((role) => allowed.includes(role as never)),
  );

  it.each(ofPartners.map((route) => [routeKey(route), route] as const))(
    '%s: what is another partner’s answers as what does not exist, byte for byte',
    async (_, route) => {
      for (const role of partnerRoles.filter((one) => route.roles.includes(one as never))) {
        const token = tokens.get(role) ?? '';
        for (const name of namesIn(route.path)) expect(Object.keys(theirs), `an id of another partner’s for ${name}`).toContain(name);
        const params = Object.fromEntries(namesIn(route.path).map((name) => [name, theirs[name] ?? '']));
        const [notYours, notThere] = [await call(route, { token, params }), await call(route, { token })];
        refused(notYours, 404, 'not-found');
        const bare = ({ status, type, body }: Answered) => ({ status, type, body: body.replace(/"instance":"[^"]*"/, '') });
        expect(bare(notYours)).toEqual(bare(notThere));
      }
    },
  );

  it('a list shows a partner its own only, and a body can not name another', async () => {
    const token = tokens.get('partner-admin') ?? '';
    const get = async (path: string) =>
      (await (await fetch(`${world.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).json()) as {
        items: { partnerId?: string; partnerOfRecord?: string }[];
      };
    for (const path of ['/v1/deals', '/v1/standings', '/v1/engagements', '/v1/assets']) {
      const { items } = await get(`${path}?programId=${programId}`);
      expect(items.filter(({ partnerId, partnerOfRecord }) => [partnerId, partnerOfRecord].includes(others.partnerId))).toEqual([]);
    }
    const answer = await fetch(`${world.url}/v1/system-clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'theirs', actsFor: { role: 'partner-system', partnerId: others.partnerId } }),
    });
    expect(answer.status).toBe(404);
  });
});
