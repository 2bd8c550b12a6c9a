/** What `npm start` says when all is there: where things are, who there is, and what to try first. */
import { services } from '@echelon/contracts/services';
import { type Demo, people } from '@echelon/demo';
import type { Stage } from '@echelon/local-stage';

/** A clock that was set to now is off by the time that this took. */
const MOVED_MS_MIN = 60_000;

export const guide = async (stage: Stage, { programs, partnerSystem }: Demo, folder: string): Promise<string> => {
  const { url, tokenUrl } = stage;
  const [first] = programs;
  if (first === undefined) throw new Error('the demo has no program');
  const { programId } = first;
  const submission = {
    programId,
    endCustomer: { name: 'Boeing', country: 'US', city: 'Arlington', domain: 'boeing.com' },
    productFamilies: ['enterprise'],
    amount: { amount: '250000.00', currency: 'USD' },
    expectedCloseOn: '2027-03-31',
    route: 'reseller',
  };
  return `
Echelon runs at ${url}

${table([
  ['docs', `${url}/docs (the API, and its events)`],
  ['OpenAPI', `${url}/openapi.json`],
  ['tokens', `${tokenUrl} (client credentials)`],
])}

Programs, and of each a partner with a gap to the next tier:
${table([['program', 'its id', 'partner', 'its standing'], ...programs.map(({ name, programId: id, shows }) => [name, id, shows.partner, shows.standingId])])}

Who there is. Each one's secret is its client id:
${table([['client id', 'role', 'does'], ...people.map(({ clientId, role, does }) => [clientId, role, does])])}
And the system of the demo's first partner, a partner-system:
${table([
  ['client id', partnerSystem.clientId],
  ['secret', partnerSystem.clientSecret],
])}

To try (README's "A deal by hand" goes the whole way, with api=${url}):
  token() { curl -s -u "$1:\${2-$1}" -d grant_type=client_credentials ${tokenUrl} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'; }
  curl -s '${url}/v1/deals?programId=${programId}' -H "authorization: Bearer $(token channel-manager)"
  curl -s '${url}/v1/standings?programId=${programId}' -H "authorization: Bearer $(token auditor)"
  curl -s ${url}/v1/standings/${first.shows.standingId}/gap -H "authorization: Bearer $(token auditor)"
  curl -s ${url}/v1/deals -H "authorization: Bearer $(token ${partnerSystem.clientId} ${partnerSystem.clientSecret})" -H 'content-type: application/json' -H "idempotency-key: $(date +%s)" -d '${JSON.stringify(submission)}'

To travel in time, as the operator: set the clock of business time, then let the daily looks see it (in AWS, and here by the wall clock, they run by themselves):
  operator() { curl -s -X "$1" "${url}$2" -H "authorization: Bearer $(token operator)" -H "idempotency-key: $(date +%s)-$RANDOM" -H 'content-type: application/json' -d "\${3-}"; }
  operator PUT /v1/clock '{"now":"${inAMonth()}"}'
${sweeps.map((sweep) => `  operator POST /v1/sweeps/${sweep}`).join('\n')}
${await clock(stage)}
Kept in ${folder} (log lines in its log.ndjson). Ctrl-C ends it; npm start -- --fresh begins anew.`;
};

/** Those that look at each day anew. */
const sweeps = services.flatMap(({ name, sweeps = {} }) => Object.keys(sweeps).map((sweep) => `${name}/${sweep}`));

const inAMonth = (): string => new Date(Date.now() + 30 * 86_400_000).toISOString();

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd()).join('\n');
};

/** A clock that was moved stays so over a restart, and explains dates that would else be a riddle. */
const clock = async ({ url, token }: Stage): Promise<string> => {
  const answer = await fetch(`${url}/v1/clock`, { headers: { authorization: `Bearer ${await token('operator')}` } });
  const { now } = (await answer.json()) as { now: string };
  if (Math.abs(Date.parse(now) - Date.now()) < MOVED_MS_MIN) return '';
  return `
The clock of business time was moved, and stands at ${now}. To set it back:
  curl -s -X PUT ${url}/v1/clock -H "authorization: Bearer $(token operator)" -H 'content-type: application/json' -H "idempotency-key: $(date +%s)" -d "{\\"now\\":\\"$(date -u +%FT%TZ)\\"}"
`;
};
