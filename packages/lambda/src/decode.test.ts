import { day } from '@echelon/calendar';
import { DealSubmission } from '@echelon/contracts/deals';
import { DealId } from '@echelon/contracts/ids';
import { ActsFor } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { digest, idFrom, newId } from './cause.ts';
import { decodeStrictly, pointerOf } from './decode.ts';
import { problem } from './problem.ts';

const faultsOf = (schema: z.ZodType, input: unknown): string[] => {
  const decoded = decodeStrictly(schema, 'body', input);
  return 'faults' in decoded ? decoded.faults.map(({ pointer }) => pointer) : ['none'];
};

describe('decodeStrictly', () => {
  const Nested = z.object({
    list: z.array(z.object({ a: z.string().optional() })).optional(),
    'a/b': z.object({ '~': z.int().optional() }).optional(),
  });

  it('names every unknown field, at any depth and in lists, by its pointer', () => {
    expect(faultsOf(Nested, { list: [{ a: 'x' }, { b: 1 }], 'a/b': { '~': 1, 'c/d': 2 }, e: { f: 1 } })).toEqual(['/list/1/b', '/a~1b/c~1d', '/e']);
    expect(faultsOf(Nested, JSON.parse('{"__proto__": 1, "constructor": 2}'))).toEqual(['/__proto__', '/constructor']);
    expect(faultsOf(Nested, {})).toEqual(['none']);
  });

  it('points into the branch of a union that was meant, and at the discriminator where none was', () => {
    expect(faultsOf(ActsFor, { role: 'partner-system', partnerId: 'x' })).toEqual(['/partnerId']);
    expect(faultsOf(ActsFor, { role: 'billing-system', partnerId: `ptnr_${'0'.repeat(26)}` })).toEqual(['/partnerId']);
    expect(faultsOf(ActsFor, { role: 'king' })).toEqual(['/role']);
    expect(faultsOf(z.object({ x: z.union([z.object({ y: z.int() }), z.object({ z: z.int() })]) }), { x: { y: 'a' } })).toEqual(['/x/y', '/x/z']);
  });

  it('names no more faults than a person reads', () => {
    expect(faultsOf(z.object({}), Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`f${n}`, n])))).toHaveLength(50);
  });

  it('says of a field that is missing that it is', () => {
    expect(decodeStrictly(z.object({ a: z.string(), b: z.int() }), 'query', { b: 'x' })).toEqual({
      faults: [
        { in: 'query', pointer: '/a', message: 'Is missing.' },
        { in: 'query', pointer: '/b', message: expect.stringContaining('expected') },
      ],
    });
  });

  it('refuses half a surrogate pair at any depth, and takes a whole one', () => {
    const Text = z.object({ list: z.array(z.object({ a: z.string() })) });
    expect(faultsOf(Text, { list: [{ a: '😀' }, { a: 'S\ud800' }] })).toEqual(['/list/1/a']);
    expect(faultsOf(Text, { list: [{ a: '😀' }] })).toEqual(['none']);
  });

  it('gives domain values', () => {
    expect(decodeStrictly(DealSubmission.pick({ expectedCloseOn: true }), 'body', { expectedCloseOn: '2026-02-28' })).toEqual({
      value: { expectedCloseOn: day('2026-02-28') },
    });
  });

  it('escapes pointers as RFC 6901 says', () => {
    expect(pointerOf(['a/b', 0, '~x'])).toBe('/a~1b/0/~0x');
  });
});

describe('ids', () => {
  it('follow from their cause: equal for equal ones, other for others, and valid of their kind', () => {
    const id = newId(DealId, { id: digest('request', 'k') });
    expect(id).toBe(newId(DealId, { id: digest('request', 'k') }));
    expect(DealId.parse(id)).toBe(id);
    expect(new Set(Array.from({ length: 500 }, (_, n) => idFrom(DealId, String(n)))).size).toBe(500);
  });
  it('tell parts from their concatenation', () => {
    expect(idFrom(DealId, 'ab', 'c')).not.toBe(idFrom(DealId, 'a', 'bc'));
  });
});

describe('problem', () => {
  const said = (code: string, refuses = {}) => {
    const { statusCode, headers, body = '' } = problem({ code, because: 'Because.' }, refuses, 'c-1');
    return { statusCode, headers, body: JSON.parse(body) as object };
  };
  it('says the status that the table gives the reason, the route’s before the common one', () => {
    expect(said('stale')).toMatchObject({
      statusCode: 412,
      body: { code: 'stale', status: 412, title: 'Stale', detail: 'Because.', instance: 'urn:echelon:c-1' },
    });
    expect(said('other-currency', { 'other-currency': { status: 422, sentence: 'x' } }).statusCode).toBe(422);
  });
  it('points at what the table says it is about, in the words of the row', () => {
    const refuses = { 'order-in-future': { status: 422, sentence: 'x', about: { in: 'body', pointer: '/orderedOn' } } };
    expect(said('order-in-future', refuses).body).toMatchObject({ faults: [{ in: 'body', pointer: '/orderedOn', message: 'Because.' }] });
  });
  it('is an internal one where no table knows the reason', () => {
    expect(said('nobody-knows')).toMatchObject({ statusCode: 500, body: { code: 'internal' } });
  });
  it('says who is not known how to be, and who comes too early when to come again', () => {
    expect(said('unauthenticated').headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    expect(said('busy').headers).toMatchObject({ 'retry-after': '1', 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  });
});
