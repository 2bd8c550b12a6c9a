/** What the tests ask of a running shop. */
import type { Stage } from '../options.ts';

export const place = (stage: Stage, id: string): Promise<Response> => fetch(`${stage.url}/v1/orders/${id}`, { method: 'POST' });
export const placeAll = async (stage: Stage, ids: readonly string[]): Promise<void> => {
  for (const id of ids) await place(stage, id);
};
export const counted = async (stage: Stage, sku: string): Promise<number> =>
  ((await (await fetch(`${stage.url}/v1/stock/${sku}`)).json()) as { n: number }).n;
export const numbered = (sku: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${sku}-${n}`);
