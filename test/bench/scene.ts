/** What the measures stand on: a program in force, a partner at work, and deals as far along as a measure wants them. */
import { Agent, request } from 'node:http';
import { addDays, dayOf, systemClock } from '@echelon/calendar';
import { DealSubmission, Order } from '@echelon/contracts/deals';
import type { ProgramId } from '@echelon/contracts/ids';
import { money } from '@echelon/money';
import type { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import * as z from 'zod';
import { actor } from '../journeys/cast.ts';
import { opportunity, type PartnerAtWork, partnerAtWork, programInForce, submitted } from '../journeys/one-deal.ts';
import type { localWorld } from '../local-world.ts';

export type LocalWorld = Awaited<ReturnType<typeof localWorld>>;
export interface Scene {
  readonly world: LocalWorld;
  readonly programId: ProgramId;
  readonly partner: PartnerAtWork;
  /** Whom deals and assets go to, and whose deals are for the same customers. */
  readonly other: PartnerAtWork;
  /** The first deal, already heard of everywhere: its amount and days serve the others too. */
  readonly dollars: bigint;
}

const DOLLARS = 20_000n;
const example = documents['reseller-example'];

/** The example, with a policy that approves at once what names its segment. */
const document: ProgramDocument = {
  ...example,
  dealRegistration: {
    ...example.dealRegistration,
    autoApproval: { amountMax: money(DOLLARS * 100n, 'USD'), segments: ['smb'], productFamilies: ['storage'] },
  },
};

export const setScene = async (world: LocalWorld): Promise<Scene> => {
  const programId = await programInForce(world, document);
  const partner = await partnerAtWork(world, programId, 'Benchmark Systems LLC');
  const other = await partnerAtWork(world, programId, 'Second Systems LLC');
  for (const one of [partner, other]) await submitted(one, opportunity(programId, DOLLARS));
  await world.stage.settle();
  return { world, programId, partner, other, dollars: DOLLARS };
};

/** Where a row needs nothing before it. */
export const nothing = async (): Promise<undefined> => undefined;

export const someDeal = ({ programId, dollars }: Scene): DealSubmission => opportunity(programId, dollars);

export const submittedDeal = async (scene: Scene) => (await scene.partner.system.deals.submit({ body: someDeal(scene) })).value;

export const approvedDeal = async (scene: Scene) => {
  const deal = await submittedDeal(scene);
  const manager = actor(scene.world, 'channel-manager');
  return (await manager.deals.approve({ params: { dealId: deal.id } })).value;
};

export const orderOf = ({ partner }: Scene, { id, amount }: { id: string; amount: z.output<typeof DealSubmission>['amount'] }): Order => ({
  orderNumber: `PO-${id}`,
  orderedOn: inDays(0),
  amount,
  fulfilledBy: partner.partnerId,
});
/** As the program counts days. */
export const inDays = (days: number) => addDays(dayOf(systemClock.now(), example.timeZone), days);

export type Post = (path: string, body: string) => Promise<{ readonly id: string }>;

const CREATED = 201;
const SOCKETS_MAX = 64;

/** A caller that costs little itself, for measures of what is behind it. */
export const caller = (url: string, token: string): Post => {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  return (path, body) =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asked = request(`${url}${path}`, { method: 'POST', agent, headers: { ...headers, 'idempotency-key': crypto.randomUUID() } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode === CREATED) resolve(JSON.parse(text) as { id: string });
          else reject(new Error(`${answer.statusCode} ${text}`));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
};

export const wireOf = {
  submission: (submission: DealSubmission): string => JSON.stringify(z.encode(DealSubmission, submission)),
  order: (order: Order): string => JSON.stringify(z.encode(Order, order)),
};
