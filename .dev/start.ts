/** `npm start`: the whole of Echelon on this machine, with a demo in it, until Ctrl-C. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { roles } from '@echelon/contracts';
import { type Credentials, type Demo, loadDemo } from '@echelon/demo';
import { type Stage, startStage } from '@echelon/local-stage';
import { java } from './java.ts';

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    folder: { type: 'string', default: '.stage' },
    port: { type: 'string', default: '4000' },
  },
});

const DEMO = `${values.folder}/demo.json`;
/** One client per role, so that there is somebody to begin with; and a second program manager, for four eyes. Loopback only. */
const people = { ...Object.fromEntries(roles.map((role) => [role, role])), 'second-program-manager': 'program-manager' } as const;

const step = async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
  const began = performance.now();
  process.stdout.write(`${name} … `);
  const value = await work();
  console.log(`${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return value;
};

const tokenFor =
  (stage: Stage) =>
  async (who: string | Credentials): Promise<string> => {
    if (typeof who === 'string') return stage.token(who);
    return stage.token(who.clientId);
  };

/** Loaded once: what a stage that was started before has, it keeps. One that began anew does not know what the file tells of. */
const keptDemo = async (stage: Stage): Promise<Demo | undefined> => {
  if (!existsSync(DEMO)) return undefined;
  const demo = JSON.parse(readFileSync(DEMO, 'utf8')) as Demo;
  const authorization = `Bearer ${await stage.token('auditor')}`;
  const { ok } = await fetch(`${stage.url}/v1/programs/${demo.programId}`, { headers: { authorization } });
  return ok ? demo : undefined;
};

const newDemo = async (stage: Stage): Promise<Demo> => {
  const demo = await loadDemo({ url: stage.url, token: tokenFor(stage), says: (what) => process.stdout.write(`\n  ${what} `) });
  writeFileSync(DEMO, JSON.stringify(demo), { mode: 0o600 });
  return demo;
};

const guide = (stage: Stage, { programId, partnerSystem }: Demo): string => {
  const bearer = (id: string, secret: string) =>
    `"authorization: Bearer $(curl -s -u ${id}:${secret} -d grant_type=client_credentials ${stage.tokenUrl} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')"`;
  const submission = {
    programId,
    endCustomer: { name: 'Boeing', country: 'US', city: 'Arlington', domain: 'boeing.com' },
    productFamilies: ['storage'],
    amount: { amount: '250000.00', currency: 'USD' },
    expectedCloseOn: '2027-03-31',
    route: 'reseller',
  };
  const names = Object.keys(people).filter((name) => !name.startsWith('partner-'));
  return `
Echelon runs at ${stage.url}     the API: ${stage.url}/openapi.json

Tokens      ${stage.tokenUrl} (client credentials). Client and secret are the same word:
            ${names.join(', ')}
            partner-system of the demo: ${partnerSystem.clientId} / ${partnerSystem.clientSecret}

Deals, as a channel manager sees them:
  curl -s '${stage.url}/v1/deals?programId=${programId}' -H ${bearer('channel-manager', 'channel-manager')}

Register one, as a partner's system:
  curl -s ${stage.url}/v1/deals -H ${bearer(partnerSystem.clientId, partnerSystem.clientSecret)} -H 'content-type: application/json' -H "idempotency-key: $(date +%s%N)" -d '${JSON.stringify(submission)}'

Where partners stand:
  curl -s '${stage.url}/v1/standings?programId=${programId}' -H ${bearer('auditor', 'auditor')}

Kept in ${values.folder} (log lines in its log.ndjson); Ctrl-C ends it, npm start -- --fresh begins anew.`;
};

/** One Ctrl-C comes several times. */
const SAME_SIGNAL_MS = 1_000;

java();
let endedAt: number | undefined;
try {
  const { folder, fresh } = values;
  const stage = await step('local stage', () => startStage({ mode: 'workers', folder, fresh, ports: { http: Number(values.port) } }));
  const end = (): void => {
    // One Ctrl-C comes several times: from the terminal, from npm and from run.mjs. A second one, later, does not wait.
    if (endedAt !== undefined) return void (Date.now() - endedAt > SAME_SIGNAL_MS && process.exit(1));
    endedAt = Date.now();
    void stage.stop().then(() => process.exit(0));
  };
  // The last is the end of run.mjs, in whatever way it came.
  process.on('SIGINT', end).on('SIGTERM', end).on('disconnect', end);
  // Registered at each start: a name that is known keeps its rights.
  for (const [clientId, role] of Object.entries(people)) await stage.register({ clientId, secret: clientId, role });
  const demo = (await keptDemo(stage)) ?? (await step('demo data', () => newDemo(stage)));
  console.log(guide(stage, demo));
} catch (error) {
  // Whoever ends it while the demo is being told has had enough of it.
  if (endedAt === undefined) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
