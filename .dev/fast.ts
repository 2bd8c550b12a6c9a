import { check, type Step, tests } from './steps.ts';

/** What needs no process beside its own. */
export const fast: Readonly<Record<string, Step>> = {
  types: check('tsc', '-p', '.'),
  'types of infra': check('tsc', '-p', 'infra'),
  lint: check('biome', 'check', '--error-on-warnings', '.'),
  knip: check('knip'),
  fast: tests('fast'),
};
