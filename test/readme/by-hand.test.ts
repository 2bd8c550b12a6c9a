/** What the README tells a newcomer to paste works, to the letter. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Standing } from '@echelon/contracts/tiering';
import { loadDemo, people } from '@echelon/demo';
import { startStage } from '@echelon/local-stage';
import { expect, it } from 'vitest';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, lines = ''] = /## A deal by hand.*?```sh\n(.*?)```/s.exec(readme) ?? [];
const withoutCurl = spawnSync('curl', ['--version']).error !== undefined;

it.skipIf(withoutCurl)('a deal by hand goes all the way, by the ready-made people alone', async () => {
  const stage = await startStage();
  try {
    for (const { clientId, role } of people) await stage.register({ clientId, secret: clientId, role });
    const token = (who: string | { clientId: string }) => stage.token(typeof who === 'string' ? who : who.clientId);
    await loadDemo({ url: stage.url, token, settled: stage.settle, programs: ['puppet'] });
    const here = lines.replace('http://127.0.0.1:4000', stage.url).replaceAll('sleep 2', 'echo pause >&2; read go');
    expect(here.match(/read go/g)).toHaveLength(2);
    const shell = spawn('sh', ['-eu', '-c', here]);
    // A pause is as long as the events take, and not as long as they mostly take.
    shell.stderr.on('data', () => void stage.settle().then(() => shell.stdin.write('\n')));
    const answers = await text(shell.stdout);
    expect(answers).not.toContain('"code":'); // a problem
    const [, standings = ''] = /(\{"items":.*\})$/.exec(answers) ?? [];
    const [standing, ...others] = (JSON.parse(standings) as { items: unknown[] }).items;
    expect(others).toEqual([]);
    const positions = [
      { ladder: 'category', tier: 'authorized-reseller' },
      { ladder: 'pricing', tier: 'active' },
    ];
    expect(Standing.parse(standing)).toMatchObject({ status: 'official', positions });
  } finally {
    await stage.stop();
  }
});
