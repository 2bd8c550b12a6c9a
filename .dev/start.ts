/** `npm start`: the whole of Echelon on this machine, with a demo in it, until Ctrl-C. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Credentials, type Demo, loadDemo, people } from '@echelon/demo';
import { type Stage, startStage, Unavailable } from '@echelon/local-stage';
import { guide } from './guide.ts';
import { java } from './java.ts';
import { argumentsOf, misuse } from './usage.ts';

const PORT_MAX = 65_535;
const SAME_SIGNAL_MS = 1_000;
const USAGE = `npm start -- [--port 4000] [--folder .stage] [--fresh]

  --port     where the API listens, on 127.0.0.1
  --folder   what the stage keeps, from one start to the next; one stage at a time
  --fresh    begins anew: deletes first what an earlier stage made in the folder`;

const { values } = argumentsOf(USAGE, {
  fresh: { type: 'boolean', default: false },
  folder: { type: 'string', default: '.stage' },
  port: { type: 'string', default: '4000' },
});
const { folder, fresh } = values;
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > PORT_MAX) misuse(`"${values.port}" is no port: those go from 1 to ${PORT_MAX}.`, USAGE);

const DEMO = `${folder}/demo.json`;

const step = async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
  const began = performance.now();
  process.stdout.write(`${name} … `);
  const value = await work();
  console.log(`${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return value;
};

/**
 * Loaded once: what a stage that was started before has, it keeps. One that began anew does not know the client that the file tells
 * of; and the file of an earlier demo tells of no programs.
 */
const keptDemo = async (stage: Stage): Promise<Demo | undefined> => {
  if (!existsSync(DEMO)) return undefined;
  const demo = JSON.parse(readFileSync(DEMO, 'utf8')) as Demo;
  if (demo.programs === undefined) return undefined;
  return stage.token(demo.partnerSystem.clientId).then(
    () => demo,
    () => undefined,
  );
};

const newDemo = async (stage: Stage): Promise<Demo> => {
  const token = (who: string | Credentials) => stage.token(typeof who === 'string' ? who : who.clientId);
  const demo = await loadDemo({ url: stage.url, token, settled: stage.settle, says: (what) => process.stdout.write(`\n  ${what} `) });
  writeFileSync(DEMO, JSON.stringify(demo), { mode: 0o600 });
  return demo;
};

java();
let endedAt: number | undefined;
let stop = async (): Promise<void> => {};
const end = (): void => {
  // One Ctrl-C comes several times: from the terminal, from npm and from run.mjs. A second one, later, does not wait.
  if (endedAt !== undefined) return void (Date.now() - endedAt > SAME_SIGNAL_MS && process.exit(1));
  endedAt = Date.now();
  void stop().then(() => process.exit(0));
};
// The last is the end of run.mjs, in whatever way it came.
process.on('SIGINT', end).on('SIGTERM', end).on('disconnect', end);
try {
  const stage = await step('local stage', () => startStage({ mode: 'workers', folder, fresh, port }));
  stop = stage.stop;
  // Registered at each start: a name that is known keeps its rights.
  for (const { clientId, role } of people) await stage.register({ clientId, secret: clientId, role });
  const demo = (await keptDemo(stage)) ?? (await step('demo data', () => newDemo(stage)));
  console.log(await guide(stage, demo, folder));
} catch (error) {
  // Whoever ends it while the demo is being told has had enough of it.
  if (endedAt === undefined) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    if (error instanceof Unavailable)
      console.error(`For another: npm start -- --port ${port + 1}${error.what === 'folder' ? ' --folder .stage-2' : ''}`);
    process.exit(1);
  }
}
