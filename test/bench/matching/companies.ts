/** The companies of a folder, as two registers write them: pairs, and a pool in which each right partner stands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndCustomer } from '@echelon/contracts/deals';
import { CsvError, parse } from 'csv-parse/sync';
import { iso31661Alpha3ToAlpha2 } from 'iso-3166';
import * as z from 'zod';

export interface Company {
  readonly id: string;
  readonly customer: EndCustomer;
}
export interface Query {
  readonly customer: EndCustomer;
  /** As the pool should have it. */
  readonly right: Company;
}
export interface Companies {
  readonly queries: readonly Query[];
  readonly pool: readonly Company[];
}

/** What of a folder can not be read, and why. */
export class NotReadable extends Error {}

export const companiesIn = (folder: string): Companies => {
  const pairs = rowsOf(join(folder, 'company-pairs.csv'), Pair);
  const pool = rowsOf(join(folder, 'company-pool.csv'), Entry).map(({ id, ...company }): Company => ({ id, customer: customerOf(company) }));
  const queries = pairs.map(
    ({ id_b, name_a, country_a, city_a, name_b, country_b, city_b }): Query => ({
      customer: customerOf({ name: name_a, country: country_a, city: city_a }),
      right: { id: id_b, customer: customerOf({ name: name_b, country: country_b, city: city_b }) },
    }),
  );
  return { queries, pool };
};

const Text = z.string().trim().min(1, 'is empty');
/** Not of ISO 3166-1, and used by registers all the same: Kosovo. */
const OTHER: Readonly<Record<string, string>> = { XKX: 'XK', XXK: 'XK', UNK: 'XK' };
const Country = z
  .string()
  .trim()
  .transform((code) => iso31661Alpha3ToAlpha2[code] ?? OTHER[code] ?? code)
  .pipe(z.string().regex(/^[A-Z]{2}$/, 'is no country of ISO 3166-1, neither alpha-2 nor alpha-3'));
const City = z.string().trim();
const Entry = z.object({ id: Text, name: Text, country: Country, city: City });
const Pair = z.object({ name_a: Text, country_a: Country, city_a: City, id_b: Text, name_b: Text, country_b: Country, city_b: City });

const customerOf = ({ city, ...customer }: { readonly name: string; readonly country: string; readonly city: string }): EndCustomer => ({
  ...customer,
  ...(city !== '' && { city }),
});

const rowsOf = <Schema extends z.ZodType>(file: string, schema: Schema): readonly z.output<Schema>[] => {
  const rows = recordsOf(file).map((record, i) => {
    const row = schema.safeParse(record);
    if (row.success) return row.data;
    const [issue] = row.error.issues;
    throw new NotReadable(`${file}, row ${i + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`);
  });
  if (rows.length === 0) throw new NotReadable(`${file} has no rows.`);
  return rows;
};

const recordsOf = (file: string): readonly unknown[] => {
  try {
    return parse(readFileSync(file), { bom: true, columns: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) throw new NotReadable(`${file} is no CSV: ${error.message}.`);
    throw new NotReadable(`${file} can not be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
};
