/** What a README points at is there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const pages = globSync('{.,infra,test,packages/*,services/*}/README.md', { cwd: root });

const brokenIn = (page: string, text: string): string[] =>
  Array.from(text.matchAll(/\]\((?!https?:|#)([^)#]+)/g), ([, target = '']) => target).filter(
    (target) => !existsSync(join(root, dirname(page), target)),
  );

it.each(pages)('the links of %s lead somewhere', (page) => {
  expect(brokenIn(page, readFileSync(join(root, page), 'utf8'))).toEqual([]);
});

it('a link that leads nowhere is seen, and every room has its page', () => {
  expect(brokenIn('README.md', '[here](README.md), [there](nowhere.md)')).toEqual(['nowhere.md']);
  expect(pages.length).toBeGreaterThan(15);
});
