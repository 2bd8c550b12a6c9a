import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Endpoint } from './contract.ts';
import { EndCustomer } from './end-customer.ts';
import { partners } from './partners.ts';
import { TEXT_MAX, Text } from './text.ts';

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

const faultsOf = (schema: z.ZodType, input: unknown): readonly string[] => schema.safeParse(input).error?.issues.map(({ message }) => message) ?? [];
const named = (name: string, city?: string) => faultsOf(EndCustomer, { name, country: 'US', ...(city !== undefined && { city }) });

describe('what nobody can see', () => {
  const unseen = fc.array(fc.constantFrom('\u202e', '\u200b', '\u200d', '\u00ad', '\ufe0f', '\u2060', '\u2800', '\u3164', ' '), {
    minLength: 1,
    maxLength: 9,
  });
  it('is no name, no city and no reason', () => {
    fc.assert(
      fc.property(unseen, (characters) => {
        const nothing = characters.join('');
        for (const faults of [named(nothing), named('Acme', nothing), faultsOf(Text, nothing)]) expect(faults).toHaveLength(1);
      }),
    );
  });
  it('is said to be so, and what is empty to be short, once', () => {
    expect([named('\u200b'), faultsOf(Text, '\u200b')]).toEqual([['has a character that can be seen'], ['has a character that can be seen']]);
    expect(named(' ')).toEqual([expect.stringContaining('>=1')]);
  });
  it.each(['Acme', '株式会社', 'شركة', 'नमस्ते', 'می\u200cخواهم', '🍏', '👩\u200d💻', '1', '–', 'X'])(
    'is fine beside what they can, and in the scripts that need it: %s',
    (name) => {
      expect([named(name, name), faultsOf(Text, name)]).toEqual([[], []]);
    },
  );
});

describe('control characters', () => {
  it.each(['\u0000', '\u0007', '\u001b', '\u007f', '\u0085'])('are in no name and in no reason: %j', (control) => {
    expect([named(`Ac${control}me`), faultsOf(Text, `Be${control}cause`)]).toEqual([['has no control characters'], ['has no control characters']]);
  });
  it('a reason may have lines and tabs, a name none', () => {
    expect([faultsOf(Text, 'First:\r\n\tso'), named('Ac\tme'), named('Ac\nme')]).toEqual([
      [],
      ['has no control characters'],
      ['has no control characters'],
    ]);
  });
});
