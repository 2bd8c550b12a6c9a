import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const here = import.meta.dirname;

test('every AWS behaviour in the README is the name of a test, and every such name stands in the README', () => {
  const [, list = ''] = /## What of AWS it imitates\n(.*?)\n## /s.exec(readFileSync(join(here, '../README.md'), 'utf8')) ?? [];
  const sentences = Array.from(list.matchAll(/^- (.*)$/gm), ([, sentence]) => sentence);
  const tests = readdirSync(here).filter((file) => file.endsWith('.test.ts'));
  // A behaviour of AWS is a whole sentence; what else is tested begins in lower case.
  const names = tests.flatMap((file) => Array.from(readFileSync(join(here, file), 'utf8').matchAll(/^test\('([A-Z].*?)',/gm), ([, name]) => name));
  expect(sentences.length).toBeGreaterThan(0);
  expect(names.sort()).toEqual(sentences.sort());
});
