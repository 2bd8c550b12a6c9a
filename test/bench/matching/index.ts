/** Customers under their keys, in memory, as the deals table keeps them: so many under one key, and who comes later takes no place there. */
import { instant } from '@echelon/calendar';
import type { Claim, Claimant } from '@echelon/decider';
import { says } from '../../../services/deals/src/alike.ts';
import { matchesIn } from '../../../services/deals/src/lines.ts';
import { shownOf } from '../../../services/deals/src/matching/candidates.ts';
import { candidateKeys, UNDER_KEY_MAX } from '../../../services/deals/src/matching/keys.ts';
import { dealId, partnerId } from '../../given.ts';
import type { Company, Query } from './companies.ts';

/** All want the same, and nobody knows any of them: who asks is found by name, country and city alone. */
const FAMILIES = ['any'];
const ASKING = { id: dealId(0), partnerId: partnerId(0), productFamilies: FAMILIES };
const NOW = instant('2026-11-28T00:00:00Z');

export class CandidateIndex {
  readonly #under = new Map<string, Claimant[]>();
  readonly #only: ReadonlySet<string> | undefined;

  /** Keeps only what is asked for under these keys, so that a million customers fit into memory; under each the same ones. */
  constructor(only?: ReadonlySet<string>) {
    this.#only = only;
  }

  keep({ id, customer }: Company, keys: readonly string[] = candidateKeys(customer)): void {
    const asked = this.#only ? keys.filter((key) => this.#only?.has(key)) : keys;
    if (asked.length === 0) return;
    const claimant: Claimant = { id, by: id, says: says({ endCustomer: customer, productFamilies: FAMILIES }) };
    for (const key of asked) {
      const line = this.#under.get(key) ?? [];
      if (line.length >= UNDER_KEY_MAX) continue;
      line.push(claimant);
      this.#under.set(key, line);
    }
  }

  /** The line of each key. */
  read(keys: readonly string[], leaveOut?: string): readonly Claim[] {
    return keys.map((key) => ({ key, version: 1, line: (this.#under.get(key) ?? []).filter(({ id }) => id !== leaveOut) }));
  }
}

export interface Answer {
  readonly query: Query;
  /** Of those shown, best first. */
  readonly shown: readonly { readonly id: string; readonly endCustomer: Company['customer'] }[];
  readonly reads: number;
  readonly items: number;
  readonly ms: number;
}

/** As a submission does it, by the same functions: its keys, who stands in their lines, the few of them that a person is shown. */
export const ask = (index: CandidateIndex, { customer: endCustomer, ...query }: Query, leaveOut?: string): Answer => {
  const began = performance.now();
  const keys = candidateKeys(endCustomer);
  const alike = index.read(keys, leaveOut);
  const candidates = shownOf(matchesIn({ strong: [], names: [], alike }, { ...ASKING, endCustomer }, NOW));
  const shown = candidates.flatMap(({ dealId: id, endCustomer }) => (endCustomer ? [{ id, endCustomer }] : []));
  const items = alike.reduce((sum, { line }) => sum + line.length, 0);
  return { query: { customer: endCustomer, ...query }, shown, reads: keys.length, items, ms: performance.now() - began };
};
