/** Customers under their keys, in memory, as the deals table keeps them: so many under one key, and who comes later takes no place there. */
import { candidatesFor } from '../../../services/deals/src/matching/candidates.ts';
import { candidateKeys, UNDER_KEY_MAX } from '../../../services/deals/src/matching/keys.ts';
import type { Company, Query } from './companies.ts';

export interface Kept {
  readonly id: string;
  readonly endCustomer: Company['customer'];
}

export class CandidateIndex {
  readonly #under = new Map<string, Kept[]>();
  readonly #only: ReadonlySet<string> | undefined;

  /** Keeps only what is asked for under these keys, so that a million customers fit into memory; under each the same ones. */
  constructor(only?: ReadonlySet<string>) {
    this.#only = only;
  }

  /** Under how many of its keys it found a place. */
  keep({ id, customer }: Company, keys: readonly string[] = candidateKeys(customer)): number {
    let places = 0;
    for (const key of keys) {
      if (this.#only && !this.#only.has(key)) continue;
      const line = this.#under.get(key) ?? [];
      if (line.length >= UNDER_KEY_MAX) continue;
      line.push({ id, endCustomer: customer });
      this.#under.set(key, line);
      places += 1;
    }
    return places;
  }

  /** Everyone under the keys of a customer, once each. */
  read(keys: readonly string[]): { readonly found: readonly Kept[]; readonly items: number } {
    const lines = keys.map((key) => this.#under.get(key) ?? []);
    return { found: [...new Map(lines.flat().map((one) => [one.id, one])).values()], items: lines.reduce((sum, line) => sum + line.length, 0) };
  }
}

export interface Answer {
  readonly query: Query;
  /** Of those shown, best first. */
  readonly shown: readonly Kept[];
  readonly reads: number;
  readonly items: number;
  readonly ms: number;
}

/** As a submission does it: its keys, what stands under them, the few that are alike. */
export const ask = (index: CandidateIndex, query: Query, leaveOut?: string): Answer => {
  const began = performance.now();
  const endCustomer = query.customer;
  const keys = candidateKeys(endCustomer);
  const { found, items } = index.read(keys);
  const candidates = candidatesFor(
    { endCustomer },
    found.filter(({ id }) => id !== leaveOut),
  );
  return { query, shown: candidates.map((candidate) => candidate.found), reads: keys.length, items, ms: performance.now() - began };
};
