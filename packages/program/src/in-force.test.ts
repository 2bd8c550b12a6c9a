import { addDays, day } from '@echelon/calendar';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { altered } from './arbitraries.ts';
import { check, refused } from './check.ts';
import { ProgramDocument } from './document.ts';
import { documents } from './documents.ts';
import { inForceOn } from './in-force.ts';
import { isDated, partsOf } from './parts.ts';

const { 'pure-p3': p3, 'pure-2023': later } = documents;
const valueAt = (document: ProgramDocument, pointer: string) =>
  pointer
    .slice(1)
    .split('/')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], z.encode(ProgramDocument, document));

describe('a document on a day', () => {
  it('has a dated part from its first day on', () => {
    expect(inForceOn(p3, day('2027-07-31')).serviceProviders?.consumption).toBeUndefined();
    expect(inForceOn(p3, day('2027-08-01')).serviceProviders?.consumption).toEqual(p3.serviceProviders?.consumption);
  });
  it('and until its last day, which is included', () => {
    const ending = altered('pure-2023', { '/sellerRewards/0/until': '2027-04-30' });
    const keysOn = (text: string) => inForceOn(ending, day(text)).sellerRewards?.map(({ key }) => key);
    expect(keysOn('2027-04-30')).toEqual(['new-logo-ae', 'new-logo-se']);
    expect(keysOn('2027-05-01')).toEqual(['new-logo-se', 'existing-ae', 'existing-se']);
  });
  it('has no tier that names a benefit which does not hold', () => {
    const benefitsOn = (text: string) => inForceOn(later, day(text)).ladders[0]?.tiers[1]?.benefits;
    expect(benefitsOn('2027-01-31')).toEqual(['training', 'demo-gear', 'deal-registration', 'mdf', 'pure-rewards', 'account-team']);
    expect(benefitsOn('2027-02-01')).toEqual(later.ladders[0]?.tiers[1]?.benefits);
  });
  it('calls illustrative what the document does, wherever it now stands', () => {
    const { illustrative } = inForceOn(later, day('2027-01-31'));
    expect(illustrative).not.toContain('/benefits/6');
    expect(valueAt(inForceOn(later, day('2027-01-31')), '/benefits/5')).toMatchObject({ key: 'account-team' });
    expect(illustrative).toContain('/benefits/5');
    expect(illustrative.filter((pointer) => valueAt(inForceOn(later, day('2027-01-31')), pointer) === undefined)).toEqual([]);
  });
  it.each(Object.entries(documents))('passes the checks on every day on which something begins or ends: %s', (_, document) => {
    const days = [...partsOf(document)].flatMap(({ part }) => (isDated(part) ? [part.from, part.until].filter((date) => date !== undefined) : []));
    for (const on of [day('2020-01-01'), ...days.flatMap((date) => [addDays(date, -1), date, addDays(date, 1)])])
      expect(refused(check(inForceOn(document, on)))).toEqual([]);
  });
  it('is the document itself once all holds', () => {
    for (const document of Object.values(documents)) expect(inForceOn(document, day('2028-01-01'))).toEqual(document);
  });
});
