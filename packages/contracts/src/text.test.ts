import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Endpoint } from './contract.ts';
import { partners } from './partners.ts';
import { TEXT_MAX } from './text.ts';

it('a reason may be as long on one route of partners as on another', () => {
  const reasoned = Object.entries<Endpoint>(partners.routes).flatMap(([name, { body }]) =>
    body instanceof z.ZodObject && 'reason' in body.shape ? [[name, body] as const] : [],
  );
  expect(reasoned.length).toBeGreaterThan(5);
  for (const [name, body] of reasoned) {
    const issuesOf = (length: number) =>
      body.safeParse({ reason: 'x'.repeat(length) }).error?.issues.filter(({ path }) => path[0] === 'reason') ?? [];
    expect([name, issuesOf(TEXT_MAX).length, issuesOf(TEXT_MAX + 1).length]).toEqual([name, 0, 1]);
  }
});
