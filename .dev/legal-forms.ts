/**
 * Writes the legal forms that names of companies carry, per country, from the code list of ISO 20275 that GLEIF publishes as CSV. Run again
 * when GLEIF publishes a new list.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { wordsOf } from '../services/deals/src/matching/normalise.ts';
import { argumentsOf, misuse } from './usage.ts';

const USAGE = 'node .dev/legal-forms.ts ISO-20275.csv    # the ELF code list, as GLEIF publishes it';
const [COUNTRY, NAME, TRANSLITERATED, ABBREVIATIONS, TRANSLITERATED_ABBREVIATIONS, STATUS] = [2, 5, 8, 9, 10, 12] as const;
const OUT = new URL('../services/deals/src/matching/legal-forms.json', import.meta.url);
/** Longer ones describe a form, and are part of no name. */
const LETTERS_MAX = 60;

const { positionals } = argumentsOf(USAGE, {}, { allowPositionals: true });
const [file] = positionals;
if (file === undefined) misuse('Which file?', USAGE);
else write(file);

function write(from: string): void {
  const [, ...rows]: string[][] = parse(readFileSync(from), { bom: true, relax_column_count: true });
  const forms = new Map<string, Set<string>>();
  for (const row of rows.filter((cells) => cells[STATUS] === 'ACTV')) {
    const cell = (column: number): string => row[column] ?? '';
    const abbreviations = [cell(ABBREVIATIONS), cell(TRANSLITERATED_ABBREVIATIONS)].flatMap((text) => text.split(/[;,]/));
    // A form without an abbreviation (a municipality, a commercial bank) says what an entity is, not how its name ends.
    if (abbreviations.every((text) => text.trim() === '')) continue;
    const known = forms.get(cell(COUNTRY)) ?? new Set();
    for (const text of [...abbreviations, ...[cell(NAME), cell(TRANSLITERATED)].flatMap((name) => name.split(/[,(/]/))]) {
      const compact = wordsOf(text).join('');
      if (compact.length > 1 && compact.length <= LETTERS_MAX) known.add(compact);
    }
    forms.set(cell(COUNTRY), known);
  }
  const byCountry = [...forms]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([country, known]) => [country, [...known].toSorted().join(' ')]);
  const source = `ISO 20275 entity legal forms, active, that have an abbreviation; from ${basename(from)} (GLEIF's ELF code list), by .dev/legal-forms.ts`;
  writeFileSync(OUT, `${JSON.stringify({ source, forms: Object.fromEntries(byCountry) }, undefined, 2)}\n`);
}
