/** How long a bundle takes to load and to be ready, in a fresh process each time, beside one that is nothing but a DynamoDB client. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { services } from '@echelon/contracts/services';
import { environmentOf } from '@echelon/contracts/wiring';
import { type BuildOptions, build } from 'esbuild';
import { median } from './figures.ts';

export interface Init {
  readonly bundle: string;
  readonly kilobytes: number;
  /** Import and init, the median of all rounds. */
  readonly ms: number;
  /** Against the bare handler: the median of the rounds' own ratios. */
  readonly ratio: number;
}

const ROUNDS = 21;
const root = join(import.meta.dirname, '../..');
const folder = join(root, '.bench/bundles');

const BARE = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  const dynamo = new DynamoDBClient({});
  export const api = async () => ({ region: await dynamo.config.region() });`;

/** As infra/function.ts has functions bundled. */
const asDeployed: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  mainFields: ['module', 'main'],
  banner: { js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);" },
  logLevel: 'warning',
};

const environment = {
  ...environmentOf({
    stage: 'bench',
    clockMoves: false,
    bus: 'echelon-bench',
    issuer: 'https://issuer.example',
    identityTable: 'echelon-bench-identity',
    userPool: 'bench',
    table: 'echelon-bench-table',
    deadLetters: 'https://queue.example/dead',
  }),
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  NODE_OPTIONS: '--enable-source-maps',
};

const bundled = async (name: string, input: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<string> => {
  const outfile = join(folder, `${name}.mjs`);
  await build({ ...asDeployed, ...input, outfile });
  return outfile;
};

/** Milliseconds from before the import until the handler stands there. */
const initMs = (file: string): number => {
  const program = `const began = performance.now();
    const { api } = await import('${pathToFileURL(file).href}');
    if (typeof api !== 'function') throw new Error('no handler');
    console.log(performance.now() - began);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: environment, encoding: 'utf8' }));
};

export const measureInit = async (): Promise<readonly Init[]> => {
  mkdirSync(folder, { recursive: true });
  const bare = await bundled('bare', { stdin: { contents: BARE, resolveDir: join(root, 'packages/store') } });
  const files = new Map([['bare DynamoDB client', bare]]);
  for (const { name } of services) files.set(name, await bundled(name, { entryPoints: [join(root, `services/${name}/src/lambda.ts`)] }));

  const rounds = Array.from({ length: ROUNDS }, () => new Map(Array.from(files, ([name, file]) => [name, initMs(file)])));
  return Array.from(files, ([name, file]) => {
    const ratios = rounds.map((round) => (round.get(name) ?? Number.NaN) / (round.get('bare DynamoDB client') ?? Number.NaN));
    return {
      bundle: name,
      kilobytes: statSync(file).size / 1_024,
      ms: median(rounds.map((round) => round.get(name) ?? Number.NaN)),
      ratio: median(ratios),
    };
  });
};
