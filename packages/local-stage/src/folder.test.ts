/** Whose folder it is. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeFolder } from './folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (...names: string[]): void => {
  for (const name of names) writeFileSync(join(folder, name), name);
};

test('a folder that holds something else is refused and left as it is', () => {
  put('notes.txt');
  mkdirSync(join(folder, 'dynamodb'));
  expect(() => takeFolder(folder)).toThrow(`${folder} is not a stage's folder`);
  expect(readdirSync(folder)).toEqual(['dynamodb', 'notes.txt']);
  expect(() => takeFolder(join(folder, 'notes.txt'))).toThrow("is not a stage's folder");
});

test('of a stage’s own folder only what a stage made is deleted', () => {
  const taken = takeFolder(folder);
  put('stage.sqlite', 'stage.sqlite-wal', 'log.ndjson', 'notes.txt');
  mkdirSync(taken.dynamodb);
  taken.clear();
  taken.release();
  expect(readdirSync(folder)).toEqual(['notes.txt', 'stage.lock']);
  takeFolder(folder).release();
});

test('a folder has one stage at a time, and who comes second learns which', () => {
  const first = takeFolder(folder);
  expect(() => takeFolder(folder)).toThrow(`A stage runs on ${folder} already: process ${process.pid}. Stop it, or choose another folder.`);
  first.servesAt('http://127.0.0.1:4000');
  expect(() => takeFolder(folder)).toThrow(`process ${process.pid}, http://127.0.0.1:4000.`);
  first.release();
  takeFolder(folder).release();
});
