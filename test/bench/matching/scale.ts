/** The same questions among a thousand, a hundred thousand and a million customers. */
import { candidateKeys, UNDER_KEY_MAX } from '../../../services/deals/src/matching/keys.ts';
import { percentile, sum } from '../figures.ts';
import { coined } from './coined.ts';
import type { Companies } from './companies.ts';
import { type Answer, ask, CandidateIndex } from './index.ts';

export interface Scale {
  readonly customers: number;
  readonly recall: number;
  readonly reads: number;
  readonly items: { readonly mean: number; readonly p99: number; readonly max: number };
  readonly ms: { readonly p50: number; readonly p99: number };
  readonly shown: number;
  readonly keys: number;
  readonly fullest: number;
  readonly fullKeys: number;
  /** Customers, of those whose places were counted, that found none under any of their keys. */
  readonly lost: number;
}

/** The pool comes last, when keys are as full as they get: nobody is harder to find. */
export const measureScale = ({ queries, pool }: Companies, customers: number): Scale => {
  const asked = new Set(queries.flatMap(({ customer }) => candidateKeys(customer)));
  const index = new CandidateIndex(asked);
  const lines = new Lines();
  for (const company of coined(pool, Math.max(0, customers - pool.length))) {
    const keys = candidateKeys(company.customer);
    lines.count(keys);
    index.keep(company, keys);
  }
  for (const company of pool) {
    const keys = candidateKeys(company.customer);
    lines.count(keys);
    index.keep(company, keys);
  }
  const answers = queries.map((query) => ask(index, query));
  const items = answers.map((answer) => answer.items);
  const ms = answers.map((answer) => answer.ms);
  return {
    customers: Math.max(customers, pool.length),
    recall: answers.filter(isFound).length / answers.length,
    reads: Math.max(...answers.map(({ reads }) => reads)),
    items: { mean: sum(items) / items.length, p99: percentile(items, 0.99), max: Math.max(...items) },
    ms: { p50: percentile(ms, 0.5), p99: percentile(ms, 0.99) },
    shown: sum(answers.map(({ shown }) => shown.length)) / answers.length,
    ...lines.figures(),
  };
};

export const isFound = ({ query, shown }: Answer): boolean => shown.some(({ id }) => id === query.right.id);

/** How many stand under each key, counted by a hash of it: of six million keys a few share a counter, and count as one. */
class Lines {
  static readonly BITS = 26;
  readonly #counts = new Uint32Array(2 ** Lines.BITS);
  #lost = 0;

  count(keys: readonly string[]): void {
    let places = 0;
    for (const key of keys) {
      const at = Lines.#hashOf(key);
      const before = this.#counts[at] ?? 0;
      if (before < UNDER_KEY_MAX) places += 1;
      this.#counts[at] = before + 1;
    }
    if (places === 0) this.#lost += 1;
  }

  figures(): Pick<Scale, 'keys' | 'fullest' | 'fullKeys' | 'lost'> {
    let [keys, fullest, fullKeys] = [0, 0, 0];
    for (const count of this.#counts) {
      if (count > 0) keys += 1;
      if (count > UNDER_KEY_MAX) fullKeys += 1;
      if (count > fullest) fullest = count;
    }
    return { keys, fullest, fullKeys, lost: this.#lost };
  }

  /** FNV-1a. */
  static #hashOf(key: string): number {
    let hash = 2_166_136_261;
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16_777_619);
    return (hash ^ (hash >>> 15)) >>> (32 - Lines.BITS);
  }
}
