import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openapi } from '@echelon/contracts/openapi';
import { platform } from '@echelon/contracts/platform';
import { services } from '@echelon/contracts/services';
import { describe, expect, it } from 'vitest';

const redocly = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin', 'cli.js');

const lint = (document: unknown): { status: number | null; said: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [redocly, 'lint', '--extends=recommended', file], { encoding: 'utf8', env });
  rmSync(folder, { recursive: true });
  return { status, said: stdout + stderr };
};

describe('the OpenAPI document', () => {
  const described = (clockMoves: boolean) => openapi([...services, platform], { clockMoves });

  it.each([true, false])(
    'passes redocly’s recommended rules (clock moves: %s)',
    (clockMoves) => {
      const { status, said } = lint(described(clockMoves));
      expect(said).not.toContain('Warning was generated');
      expect(status, said).toBe(0);
    },
    60_000,
  );

  it('would fail them with a broken reference', () => {
    const broken = JSON.parse(JSON.stringify(described(true)).replaceAll('#/components/schemas/Problem', '#/components/schemas/Nothing'));
    expect(lint(broken).status).not.toBe(0);
  }, 60_000);

  it('has the clock and the sweeps only where the clock moves', () => {
    const paths = (clockMoves: boolean) => Object.keys(described(clockMoves).paths as object);
    expect(paths(true)).toEqual(expect.arrayContaining(['/v1/clock', '/v1/sweeps/deals/{sweep}']));
    expect(paths(false).filter((path) => /clock|sweeps/.test(path))).toEqual([]);
  });
});
