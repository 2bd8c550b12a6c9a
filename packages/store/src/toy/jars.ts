/** A jar that takes pebbles, on a real table: enough of an aggregate to be stored, claimed, counted, listed and raced for. */
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { service } from '@echelon/contracts';
import { type Accepted, accept, type Cause } from '@echelon/decider';
import { startStage } from '@echelon/local-stage';
import * as z from 'zod';
import { aggregates, openTable } from '../store.ts';

const Jar = z.object({ status: z.enum(['open', 'shut']), id: z.string(), owner: z.string(), pebbles: z.array(z.bigint()) });
export const Pebbles = z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String });
export const JarCodec = Jar.extend({ pebbles: z.array(Pebbles) });
export const Label = z.object({ maker: z.string(), made: z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String }) });
export type Label = z.output<typeof Label>;
type State = { readonly status: 'none'; readonly id: string } | z.output<typeof JarCodec>;
interface Added {
  readonly type: 'Added';
  readonly at: Date;
  readonly data: { readonly pebble: bigint; readonly owner: string; readonly shut: boolean };
}
const at = z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });
const evolve = (state: State, { data: { pebble, owner, shut } }: Added): State => ({
  status: shut ? 'shut' : 'open',
  id: state.id,
  owner: state.status === 'none' ? owner : state.owner,
  pebbles: [...(state.status === 'none' ? [] : state.pebbles), pebble],
});
export const event = (pebble: bigint, more: Partial<Added['data']> = {}): Added => ({
  type: 'Added',
  at: new Date(0),
  data: { pebble, owner: 'ann', shut: false, ...more },
});
export const put =
  (pebble: bigint, more: Partial<Added['data']> = {}) =>
  (): Accepted<Added> =>
    accept([event(pebble, more)]);

let causes = 0;
export const causeOf = (more: Partial<Cause> = {}): Cause => ({
  id: `cause-${++causes}`,
  hash: 'h',
  by: { principal: 'ann', correlationId: 'c' },
  recordedAt: '2026-03-02T15:00:00.000Z',
  forgettable: true,
  timeLeft: () => 20_000,
  ...more,
});

export const openJars = async () => {
  const contract = service('jars', { summary: 'Jars.', routes: {} });
  const stage = await startStage({ services: [{ contract, create: () => ({}) }] });
  const table = openTable(stage.dynamodb, `${stage.tables.jars}`);
  const jars = aggregates<State, Added, Label>(table, {
    none: (name) => ({ status: 'none', id: name }),
    state: JarCodec,
    events: { Added: { data: z.object({ pebble: Pebbles, owner: z.string(), shut: z.boolean() }) } },
    at,
    evolve,
    about: ({ owner }) => ({ partnerId: owner }),
    isOwn: ({ owner }, viewer) => owner === viewer.principal,
    record: Label,
    entry: Label,
    indexed: (jar) => ({ all: ['jars', jar.id], own: [jar.owner, jar.id], ...(jar.status === 'open' && { due: ['due', jar.id] as const }) }),
  });
  return {
    table,
    jars,
    /** Everything that stands in a partition. */
    items: async (partition: string): Promise<Record<string, AttributeValue>[]> => {
      const ofPartition = { FilterExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: partition } } };
      const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ...ofPartition, ConsistentRead: true }));
      return Items;
    },
    stop: () => stage.stop(),
  };
};
