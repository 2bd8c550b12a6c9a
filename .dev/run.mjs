/**
 * The one door to every command: `npm start`, `npm test` and the others come in here on whatever Node the machine has, and go
 * on in the project's own. Plain JavaScript without a dependency, because nothing is installed yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@10.34.9';
const NODE_MAJOR_MIN = 20;
const PARENT_MS = 500;
const root = fileURLToPath(new URL('..', import.meta.url));
const [task = 'help', ...rest] = process.argv.slice(2);

const tasks = ['start', 'test', 'check', 'bench', 'bench:matching', 'rehearse', 'program', 'backfill', 'bootstrap', 'deploy', 'diff', 'destroy'];
if (!tasks.includes(task)) stop(`There is no task "${task}". There are: ${tasks.join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN)
  stop(`Node ${process.versions.node} is too old: install Node ${NODE_MAJOR_MIN} or newer.`);

install();
const bin = join(root, 'node_modules', 'node', 'bin');
const node = join(bin, 'node');
if (!existsSync(node)) stop('The project’s own Node is missing: delete node_modules and run the command again.');
const path = [bin, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, '.dev', `${task.replace(':', '-')}.ts`), ...rest], {
  cwd: root,
  // By the channel a task that would go on for ever learns that we ended, by kill -9 too.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, PATH: path, ECHELON_PNPM: PNPM },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
// npm hands a signal to the shell that it started, and the shell to nobody: what we see of it is another parent.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, PARENT_MS);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

/** Skipped when the lock file is the one that was installed; a half-finished install left no mark, and is done again. */
function install() {
  const mark = join(root, 'node_modules', '.installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(readFileSync(join(root, 'pnpm-workspace.yaml')))
    .digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const began = Date.now();
  process.stdout.write('installing … ');
  const done = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  if (done.status !== 0)
    stop(`\nThe install failed: is the npm registry reachable?\n${`${done.stdout}${done.stderr}`.split('\n').slice(-15).join('\n')}`);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(mark, wanted);
  console.log(`${((Date.now() - began) / 1_000).toFixed(1)} s`);
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
