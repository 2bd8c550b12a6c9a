import { expect, it } from 'vitest';
import * as z from 'zod';
import { alteredWire } from './arbitraries.ts';
import { changesBetween } from './changes.ts';
import { ProgramDocument } from './document.ts';
import { documents } from './documents.ts';
import { partnersView } from './partners-view.ts';
import { placeOf } from './parts.ts';

const account = { name: 'Acme', registryIds: ['DUNS:123456789'], domains: ['acme.example'] };
const wires = Object.keys(documents).map((which) => alteredWire(which as keyof typeof documents, { '/dealRegistration/namedAccounts': [account] }));

it('partners are shown a document without named accounts and budgets, and all else in its place', () => {
  const left = new Set<string>();
  for (const wire of wires) {
    const shown = z.encode(ProgramDocument, partnersView(ProgramDocument.parse(wire)));
    expect(ProgramDocument.safeParse(shown).success).toBe(true);
    const changes = changesBetween(wire, shown).filter(({ pointer }) => !pointer.startsWith('/illustrative'));
    expect(changes.every(({ change }) => change === 'removed')).toBe(true);
    for (const { pointer } of changes) left.add(placeOf(pointer));
    expect(JSON.stringify(shown)).not.toContain('acme');
  }
  expect([...left].toSorted()).toEqual([
    '/dealRegistration/namedAccounts/*',
    '/mdf/budgets/*',
    '/mdf/funds/*/amountMax',
    '/rebates/budgets/*',
    '/rebates/schemes/*/amountMax',
  ]);
});
