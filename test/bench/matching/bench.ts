/** How well end customers are found by name, country and city alone, through the keys and the matcher that the deals service uses. */
import { loadavg } from 'node:os';
import { percentile, rounded, sum, table } from '../figures.ts';
import { type Companies, companiesIn, type Query } from './companies.ts';
import { type Answer, ask, CandidateIndex } from './index.ts';
import { kindOfMiss } from './misses.ts';
import { isFound, measureScale, type Scale } from './scale.ts';

const AIMS = { recall: 0.97, wrong: 0.01 } as const;
/** Customers among whom the same questions are asked, unless told. */
const SIZES = [1_000, 100_000, 1_000_000] as const;
const SHOWN_MAX = 40;

export const benchMatching = (folder: string, sizes: readonly number[] = SIZES): void => {
  const companies = companiesIn(folder);
  const [load = 0] = loadavg();
  console.log(
    `${companies.queries.length} queries, a pool of ${companies.pool.length}. Node ${process.version}, load ${rounded(load, 1)} before we began.`,
  );
  const index = new CandidateIndex();
  for (const company of companies.pool) index.keep(company);
  const answers = companies.queries.map((query) => ask(index, query));
  const without = companies.queries.map((query) => ask(index, query, query.right.id));
  console.log(printFigures(answers, without));
  console.log(printMisses(answers, new Set(companies.pool.map(({ id }) => id))));
  console.log(printWrong('Wrong candidates shown', answers));
  console.log(printWrong('Shown where the right one is not there', without));
  console.log(printScales(companies, sizes));
};

const isOf = (half: number, { right }: Query): boolean => Number.parseInt(right.id.slice(-1), 36) % 2 === half;

const printFigures = (answers: readonly Answer[], without: readonly Answer[]): string => {
  const parts: readonly (readonly [string, (query: Query) => boolean])[] = [
    ['all', () => true],
    ['one half, by the id', (query) => isOf(0, query)],
    ['the other half', (query) => isOf(1, query)],
  ];
  const rows = parts.map(([part, isIn]) => {
    const [asked, alone] = [answers.filter(({ query }) => isIn(query)), without.filter(({ query }) => isIn(query))];
    const ms = asked.map((answer) => answer.ms);
    return {
      queries: part,
      count: asked.length,
      recall: rounded(asked.filter(isFound).length / asked.length, 4),
      'wrong per query': rounded(sum(asked.map(wrongIn)) / asked.length, 4),
      wrong: sum(asked.map(wrongIn)),
      'wrong where the right one is not there': sum(alone.map(wrongIn)),
      'reads each': rounded(sum(asked.map(({ reads }) => reads)) / asked.length, 1),
      'items each': rounded(sum(asked.map(({ items }) => items)) / asked.length, 1),
      'ms p50': rounded(percentile(ms, 0.5)),
      'ms p99': rounded(percentile(ms, 0.99)),
    };
  });
  return table(`By name, country and city alone (aims: recall ≥ ${AIMS.recall}, wrong per query ≤ ${AIMS.wrong})`, rows);
};

const wrongIn = ({ query, shown }: Answer): number => shown.filter(({ id }) => id !== query.right.id).length;

const printMisses = (answers: readonly Answer[], pool: ReadonlySet<string>): string => {
  const missed = Map.groupBy(
    answers.filter((answer) => !isFound(answer)),
    ({ query }) => kindOfMiss(query, pool),
  );
  const kinds = [...missed].toSorted(([, one], [, other]) => other.length - one.length);
  const rows = kinds.map(([kind, all]) => ({ kind, misses: all.length, share: `${rounded((100 * all.length) / answers.length)} %` }));
  const examples = kinds.flatMap(([kind, all]) => [`  ${kind}`, ...all.slice(0, SHOWN_MAX).map(({ query }) => `    ${written(query)}`)]);
  return rows.length === 0 ? '\nNothing was missed.' : `${table('Misses by kind', rows)}\n${examples.join('\n')}`;
};

const placed = ({ name, city, country }: Query['customer']): string => `${name} (${[city, country].filter(Boolean).join(', ')})`;
const written = ({ customer, right }: Query): string => `${placed(customer)} → ${placed(right.customer)}`;

const printWrong = (title: string, answers: readonly Answer[]): string => {
  const wrong = answers.flatMap(({ query, shown }) =>
    shown.filter(({ id }) => id !== query.right.id).map(({ endCustomer }) => `  ${placed(query.customer)} → ${placed(endCustomer)}`),
  );
  return `\n${title}: ${wrong.length}\n${wrong.slice(0, SHOWN_MAX).join('\n')}`;
};

const printScales = (companies: Companies, sizes: readonly number[]): string => {
  const rows = sizes.map((size) => measureScale(companies, size)).map(rowOf);
  const notes = [
    'Customers beside the pool are coined from its words and letters; the pool comes last, when keys are as full as they get. Reads: keys looked up,',
    'at most; items: customers read under them. Shown: candidates each, homonyms among the coined ones included. Lost: under none of their keys.',
  ];
  return `${table('The same questions among more customers', rows)}\n${notes.join('\n')}`;
};

const rowOf = ({ customers, recall, reads, items, ms, shown, keys, fullest, fullKeys, lost }: Scale) => ({
  customers,
  recall: rounded(recall, 4),
  reads,
  'items each': rounded(items.mean, 1),
  'items p99': items.p99,
  'items max': items.max,
  'ms p50': rounded(ms.p50),
  'ms p99': rounded(ms.p99),
  shown: rounded(shown),
  keys,
  'under the fullest': fullest,
  'full keys': fullKeys,
  lost,
});
