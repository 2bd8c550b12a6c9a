import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}
export type Step = () => Promise<Counts>;

/** Runs a command; what it prints is shown when it fails. */
const run = (command: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (chunk: Buffer): void => {
      output += String(chunk);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code) => {
      if (code !== 0 && output !== '') console.log(output);
      resolve(code ?? 1);
    });
  });

/** One command is one check. */
export const check =
  (command: string, ...args: readonly string[]): Step =>
  async () =>
    (await run(command, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

const RESULTS = '.bench/tests';

/** A vitest project, counted by its own report: a run that executed nothing has failed. */
export const tests =
  (project: string): Step =>
  async () => {
    const file = `${RESULTS}/${project}.json`;
    mkdirSync(RESULTS, { recursive: true });
    rmSync(file, { force: true });
    const code = await run('vitest', [
      'run',
      '--project',
      project,
      '--reporter=json',
      `--outputFile=${file}`,
      '--reporter=dot',
      '--silent=passed-only',
    ]);
    const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    const { numPassedTests: passed, numFailedTests: failed } = report;
    return { passed, failed: failed + (failed === 0 && (code !== 0 || passed === 0) ? 1 : 0) };
  };

/** One after the other, each with its time; ends with the counts. */
export const inOrder = async (steps: Readonly<Record<string, Step>>): Promise<never> => {
  const began = performance.now();
  const total = { passed: 0, failed: 0 };
  for (const [name, step] of Object.entries(steps)) {
    process.stdout.write(`${name.padEnd(16)} `);
    const start = performance.now();
    const { passed, failed } = await step().catch((error: unknown) => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
    total.passed += passed;
    total.failed += failed;
    console.log(
      `${failed === 0 ? 'ok' : 'FAILED'}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}  ${((performance.now() - start) / 1_000).toFixed(1)} s`,
    );
  }
  console.log(`in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
};
