/** Kills, restarts and ends: nothing is lost, and nothing is left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDynamo, startStage } from './stage.ts';
import { counted, numbered, place, placeAll } from './toy/running.ts';
import { shop } from './toy/shop.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stage-'));
});
let running: ChildProcess | undefined;
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Java processes that serve this folder. */
const javas = (): number =>
  readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('java') &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
      );
    } catch {
      return false; // it ended while we looked
    }
  }).length;

const runShop = async (mode: string) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'toy/shop.main.ts'), folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  running = child;
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { url: string; token: string }) };
};

const KILLED_AT = 25;

test.each(['one-thread', 'workers'])(
  'after kill -9 and a restart nothing is lost and nothing counted twice (%s)',
  { timeout: 60_000 },
  async (mode) => {
    const { child, url, token } = await runShop(mode);
    // What runs is not disturbed by who comes second, who would begin anew least of all.
    await expect(startStage({ services: shop, folder, fresh: true })).rejects.toThrow(`already: process ${child.pid}, ${url}.`);
    const taken: string[] = [];
    for (const id of numbered('apple', 200)) {
      const answer = await fetch(`${url}/v1/orders/${id}`, { method: 'POST' }).catch(() => undefined);
      if (answer === undefined) break;
      if (answer.status === 201) taken.push(id);
      // By now some stand on the stream, some on the queue, and some have been counted.
      if (taken.length === KILLED_AT) child.kill('SIGKILL');
    }
    await vi.waitFor(() => expect(javas()).toBe(0), { timeout: 5_000 });

    const stage = await startStage({ services: shop, folder });
    await stage.settle();
    const before = await counted(stage, 'apple');
    // One order may have been committed whose answer the kill cut off.
    expect(before - taken.length).toBeGreaterThanOrEqual(0);
    expect(before - taken.length).toBeLessThanOrEqual(1);
    expect(taken.length).toBeGreaterThanOrEqual(KILLED_AT);
    expect(decodeProtectedHeader(await stage.token('crm')).kid).toBe(decodeProtectedHeader(token).kid);
    await placeAll(stage, numbered('pear', 3));
    await stage.settle();
    expect([await counted(stage, 'apple'), await counted(stage, 'pear')]).toEqual([before, 3]);
    await stage.stop();
    expect(javas()).toBe(0);
  },
);

test('what stood on a stream or a queue when the stage stopped is delivered by the next', { timeout: 60_000 }, async () => {
  const first = await startStage({ services: shop, folder, delivery: { seed: 1 } });
  await placeAll(first, numbered('fig', 3));
  while ((await first.step()) === 'stream orders' && first.queues()[0]?.visible !== 3);
  await place(first, 'fig-late');
  await first.stop();
  const second = await startStage({ services: shop, folder });
  await second.settle();
  expect(await counted(second, 'fig')).toBe(4);
  await second.stop();
  const fresh = await startStage({ services: shop, folder, fresh: true });
  expect(await counted(fresh, 'fig')).toBe(0);
  await fresh.stop();
  expect(javas()).toBe(0);
});

test('without Java the stage says what to do', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    await expect(startDynamo()).rejects.toThrow(/Java 17 or newer/);
  } finally {
    process.env.PATH = path;
  }
});
