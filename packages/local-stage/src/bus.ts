/** EventBridge: rules from the contracts say which queues an event stands on. */
import { randomUUID } from 'node:crypto';
import { type EventContract, sourceOf } from '@echelon/contracts';

export interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Time?: number;
  readonly Resources?: readonly string[];
  readonly EventBusName?: string;
}
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}
export interface Bus {
  /** A rule: these events stand on this queue. */
  rule(queue: string, events: readonly EventContract[]): void;
  put(entry: Entry): Answer;
}
export type Answer = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const keyOf = (source: string, detailType: string): string => `${source} ${detailType}`;

export const openBus = (region: string, send: (queue: string, body: string) => void): Bus => {
  const rules = new Map<string, Set<string>>();
  return {
    rule: (queue, events) => {
      for (const { service, name } of events) {
        const key = keyOf(sourceOf(service), name);
        rules.set(key, (rules.get(key) ?? new Set()).add(queue));
      }
    },
    put: ({ Source, DetailType, Detail, Time, Resources = [] }) => {
      if (!Source || !DetailType || Detail === undefined)
        return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Source, DetailType and Detail are needed.' };
      const detail = json(Detail);
      if (typeof detail !== 'object' || detail === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
      const time = `${new Date(Time === undefined ? Date.now() : Time * 1_000).toISOString().slice(0, 19)}Z`;
      const event: BusEvent = {
        version: '0',
        id: randomUUID(),
        'detail-type': DetailType,
        source: Source,
        account: '000000000000',
        time,
        region,
        resources: Resources,
        detail,
      };
      for (const queue of rules.get(keyOf(Source, DetailType)) ?? []) send(queue, JSON.stringify(event));
      return { EventId: event.id };
    },
  };
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
