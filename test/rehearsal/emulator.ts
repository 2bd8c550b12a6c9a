/** The AWS-compatible endpoint that the rehearsal deploys into: MiniStack in a virtual environment of the project's own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** `cryptography` is no dependency of MiniStack's, and without it its tokens carry no real signature. */
const PACKAGES = ['ministack==1.5.33', 'cryptography==46.0.3'];
const READY_MS_MAX = 30_000;
export const REGION = 'eu-west-1';

const root = new URL('../..', import.meta.url).pathname;
const venv = join(root, '.venv');
const python = join(venv, 'bin', 'python');

/** Installs what is missing. @returns why the endpoint can't be had, or nothing */
export const installEmulator = (): string | undefined => {
  if (process.env.AWS_ENDPOINT_URL || existsSync(join(venv, '.installed'))) return undefined;
  const steps = [
    ['python3', '-m', 'venv', venv],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
    ['touch', join(venv, '.installed')],
  ];
  for (const [command = '', ...args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0) return `\`${command} ${args.join(' ')}\` failed: ${(error?.message ?? stderr).trim().split('\n').at(-1)}`;
  }
  return undefined;
};

export interface Endpoint {
  readonly url: string;
  /** For the AWS CLI's family: SDKs, CDK and functions reach this endpoint and no other. */
  readonly env: Readonly<Record<string, string>>;
  stop(): void;
}

export const environmentFor = (url: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  CDK_DEFAULT_ACCOUNT: '000000000000',
  CDK_DEFAULT_REGION: REGION,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
});

export const startEndpoint = async (): Promise<Endpoint> => {
  const given = process.env.AWS_ENDPOINT_URL;
  if (given) return { url: given, env: environmentFor(given), stop: () => {} };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Functions run from here: below a package of ES modules their CommonJS bootstrap would not start.
  const scratch = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const child = spawn(python, [join(root, 'test', 'rehearsal', 'emulator.py')], {
    // By its standard input it knows that we are still here.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...environmentFor(url),
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      TMPDIR: scratch,
      HOME: scratch,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: REGION,
      LAMBDA_EXECUTOR: 'local',
      IOT_MTLS_ENABLED: '0',
      MINISTACK_COGNITO_PRETOKEN_STRICT: '1',
    },
    detached: true,
  });
  const end = (): void => {
    process.off('exit', end);
    kill(child);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  process.on('exit', end);
  await ready(url, child).catch((error: unknown) => {
    end();
    throw error;
  });
  return { url, env: environmentFor(url), stop: end };
};

/** With all the processes that it started for functions. */
const kill = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

const ready = async (url: string, child: ChildProcess): Promise<void> => {
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = (said + String(chunk)).slice(-4_000);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const deadline = Date.now() + READY_MS_MAX;
  while (Date.now() < deadline && child.exitCode === null) {
    const up = await fetch(`${url}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the emulator did not come up: ${said}`);
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
