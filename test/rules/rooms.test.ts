import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import { options } from './rooms.ts';

const root = new URL('../..', import.meta.url).pathname;
const planted = `${root}services/deals/src/planted`;

const violationsIn = async (...folders: string[]) => {
  const { output } = await cruise(folders, { ...options, baseDir: root }, options.enhancedResolveOptions);
  const { summary } = output as ICruiseResult;
  return { seen: summary.totalCruised, found: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`) };
};

describe('the rooms', () => {
  afterAll(() => rmSync(planted, { recursive: true, force: true }));

  it('import only what they may, and all of them were seen', async () => {
    const { seen, found } = await violationsIn('packages', 'services', 'infra');
    expect(found).toEqual([]);
    expect(seen).toBeGreaterThan(80);
  }, 60_000);

  it.each([
    ['a service that imports another', "export { evolve } from '../../../tiering/src/standing.ts';", 'a service does not import another'],
    ['a file that decides and knows the table', "export { dealsIn } from '../store.ts';", 'a pure file knows nothing of how it is run'],
    ['a service that reaches into a package', "export { digest } from '@echelon/lambda/src/cause.ts';", 'no reaching into a package'],
    [
      'a service that imports the local stage',
      "export { startStage } from '../../../../packages/local-stage/src/stage.ts';",
      'nothing but tests and commands imports the local stage',
    ],
  ])(
    'refuse %s',
    async (_, code, rule) => {
      mkdirSync(planted, { recursive: true });
      writeFileSync(`${planted}/violation.ts`, `${code}\n`);
      const { found } = await violationsIn('services/deals');
      rmSync(planted, { recursive: true });
      expect(found.some((violation) => violation.startsWith(rule))).toBe(true);
    },
    60_000,
  );

  it('are not called utils, common, shared, helpers or types', () => {
    const rooms = ['packages', 'services'].flatMap((floor) => readdirSync(`${root}${floor}`));
    expect(rooms.filter((room) => /^(utils?|common|shared|helpers?|types)$/.test(room))).toEqual([]);
  });
});
