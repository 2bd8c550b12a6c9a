import { describe, expect, it } from 'vitest';
import { NamedAccount } from './deal-policy.ts';

describe('a named account', () => {
  const takes = (known: Partial<NamedAccount>) => NamedAccount.safeParse({ name: 'Acme', registryIds: [], domains: [], ...known }).success;

  it.each(['DUNS:123456789', 'VAT:DE123456789'])('is known by the registry id %s', (registryId) => {
    expect(takes({ registryIds: [registryId] })).toBe(true);
  });
  it.each(['123456789', 'DUNS:12345678', 'duns:123456789', 'VAT:123', 'LEI:5493001KJTIIGC8Y1R12'])('would be found by nobody as %s', (registryId) => {
    expect(takes({ registryIds: [registryId] })).toBe(false);
  });
  it.each([
    ['acme.example', true],
    ['shop.acme.co.uk', true],
    ['Acme.example', false],
    ['https://acme.example', false],
    ['acme', false],
  ])('by the domain %s: %s', (domain, taken) => {
    expect(takes({ domains: [domain] })).toBe(taken);
  });
});
