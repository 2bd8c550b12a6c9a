import { defineConfig } from 'vitest/config';

const setupFiles = ['./test/setup.ts'];

/** `fast` is what `pnpm check` runs; `stage` starts DynamoDB Local; `rehearsal` deploys. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          setupFiles,
          // A law looks at hundreds of partners: that takes its time on a busy machine.
          testTimeout: 60_000,
          include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'test/{contracts,rules}/**/*.test.ts'],
          // The reference parser alone takes the AsyncAPI document nine seconds: `npm run check` is to stay short.
          exclude: ['packages/{local-stage,store}/**', '**/*.service.test.ts', 'test/contracts/asyncapi.test.ts'],
        },
      },
      {
        test: {
          name: 'stage',
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          include: [
            'packages/{local-stage,store}/src/**/*.test.ts',
            'services/*/src/**/*.service.test.ts',
            'test/{journeys,faults,programs,readme,refusals}/**/*.test.ts',
            'test/contracts/asyncapi.test.ts',
          ],
          maxWorkers: 1,
        },
      },
      { test: { name: 'infra', setupFiles, testTimeout: 120_000, hookTimeout: 120_000, include: ['infra/**/*.test.ts'] } },
      { test: { name: 'rehearsal', setupFiles, testTimeout: 300_000, hookTimeout: 600_000, include: ['test/rehearsal/**/*.test.ts'] } },
    ],
  },
});
