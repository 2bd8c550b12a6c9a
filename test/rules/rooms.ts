/** Who may import what: ARCHITECTURE's table, as dependency-cruiser reads it. What is not listed is forbidden. */
import type { ICruiseOptions, IFlattenedRuleSet } from 'dependency-cruiser';

/** Each room and what of ours it may import; everything else of ours is forbidden to it. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/money': [],
  'packages/calendar': [],
  'packages/decider': [],
  'packages/program': ['packages/money', 'packages/calendar'],
  'packages/contracts': ['packages/money', 'packages/calendar', 'packages/program'],
  'packages/store': ['packages/decider'],
  // The edge binds contract, decision and table together (2026-11-23: the brief had contracts alone; rows need the rest).
  'packages/lambda': ['packages/contracts', 'packages/calendar', 'packages/decider', 'packages/store', 'packages/program'],
  'packages/client': ['packages/contracts'],
  // 2026-11-23: and the token trigger's claims, which are one mechanism in Cognito and here.
  'packages/local-stage': ['packages/contracts', 'packages/lambda'],
  'packages/demo': ['packages/client', 'packages/contracts', 'packages/program', 'packages/calendar', 'packages/money'],
};

/** Files of a service that know how it is run: who asks, what is read and written. All others decide, and know nothing of it. */
const edges = '/(activity|api|deps|identity|lambda|main|react|reads|store|sweeps|views)[.]ts$';
const inPure = ['packages/money', 'packages/calendar', 'packages/decider', 'packages/program', 'packages/contracts'];

/** Lists and schemas, as pure as arithmetic. */
const inPureToo = ['zod', 'tldts', 'email-providers', 'slugify', 'fastest-levenshtein'];

const ours = '^(packages|services|infra|test|[.]dev)/';
const tests = '[.](test|test-d)[.]ts$|/toy/|arbitraries[.]ts$';
const only = (rooms: readonly string[]): string => `^(${rooms.join('|') || 'nothing'})/`;

const roomRules = Object.entries(mayImport).map(([room, rooms]) => ({
  name: `${room} imports only what it may`,
  severity: 'error' as const,
  from: { path: `^${room}/`, pathNot: tests },
  to: { path: ours, pathNot: [`^${room}/`, only(rooms)] },
}));

export const rules: IFlattenedRuleSet = {
  forbidden: [
    ...roomRules,
    {
      name: 'a pure file knows nothing of how it is run',
      severity: 'error',
      from: { path: '^services/', pathNot: [edges, tests] },
      to: {
        path: ['^(packages|infra|test|[.]dev)/', edges, '^node_modules/', '^node:'],
        pathNot: [only(inPure), `^node_modules/.*/(${inPureToo.join('|')})/`],
      },
    },
    {
      name: 'a service does not import another',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: tests },
      to: { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    },
    {
      name: 'nothing imports infra',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: tests },
      to: { path: '^(infra|test|[.]dev)/' },
    },
    {
      name: 'nothing but tests and commands imports the local stage',
      severity: 'error',
      from: { path: '^(packages/(?!local-stage)|services/|infra/)', pathNot: tests },
      to: { path: '^packages/local-stage/' },
    },
    {
      name: 'infra knows contracts as values, and AWS',
      severity: 'error',
      from: { path: '^infra/', pathNot: `${tests}|backfill` },
      to: { path: '^(packages/(?!contracts)|services/)' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no reaching into a package', severity: 'error', from: { path: ours }, to: { couldNotResolve: true, pathNot: '^node:' } },
    {
      name: 'rooms meet by their names, not by paths',
      severity: 'error',
      from: { path: '^(packages|services)/([^/]+)/' },
      to: { path: '^(packages|services)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'no orphans',
      severity: 'error',
      from: { orphan: true, path: '^(packages|services)/', pathNot: `${tests}|lambda[.]ts$|worker[.]ts$` },
      to: {},
    },
  ],
};

export const options: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '(^|/)(cdk[.]out|dist|[.]stage)/' },
  tsPreCompilationDeps: true,
  parser: 'tsc',
  validate: true,
  ruleSet: rules,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
    extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
  },
};
