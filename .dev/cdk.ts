import { parseArgs } from 'node:util';
import { stages } from '../infra/stages.ts';
import { run } from './steps.ts';

/** Runs the CDK for the stage that `--stage` names; what follows `--` goes to it as it is. */
export const cdk = async (command: 'deploy' | 'diff' | 'destroy'): Promise<never> => {
  const { values, positionals } = parseArgs({ options: { stage: { type: 'string' } }, allowPositionals: true });
  const known = Object.values(stages).filter(({ emulated }) => !emulated);
  if (!known.some(({ name }) => name === values.stage)) {
    console.error(`Say which stage: npm run ${command} -- --stage ${known.map(({ name }) => name).join('|')}`);
    process.exit(1);
  }
  const pnpm = process.env.ECHELON_PNPM ?? 'pnpm@10.34.9';
  process.exit(
    await run('npx', ['--yes', pnpm, 'exec', 'cdk', command, '--all', '-c', `stage=${values.stage}`, ...positionals], { loud: true, input: true }),
  );
};
