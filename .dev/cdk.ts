import { spawnSync } from 'node:child_process';
import { account, stageFor, stageNames } from './aws.ts';
import { argumentsOf } from './usage.ts';

/** Runs the CDK for the stage that `--stage` names; what follows a further `--` goes to it as it is. */
export const cdk = async (command: 'bootstrap' | 'deploy' | 'destroy' | 'diff'): Promise<never> => {
  const usage = `npm run ${command} -- --stage ${stageNames} [-- <options of cdk ${command}>]`;
  const args = process.argv.slice(2);
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const { values } = argumentsOf(usage, { stage: { type: 'string' } }, { args: args.slice(0, end) });
  const { name } = stageFor(values.stage, usage);
  await account();
  const all = command === 'deploy' || command === 'destroy' ? ['--all'] : [];
  // By way of pnpm, for the CDK bundles with the esbuild that it finds through it; in the caller's terminal, for it asks before it deletes.
  const pnpm = ['--yes', process.env.ECHELON_PNPM ?? 'pnpm', 'exec', 'cdk'];
  process.exit(spawnSync('npx', [...pnpm, command, ...all, '-c', `stage=${name}`, ...args.slice(end + 1)], { stdio: 'inherit' }).status ?? 1);
};
