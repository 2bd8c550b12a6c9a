import { day, instant } from '@echelon/calendar';
import { Asset, type AssetRegistration } from '@echelon/contracts/partners';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { assetId, decided, inForce, partnerAtWork, partnerId, programId, refusalOf } from '../../../../test/given.ts';
import { ofRecord } from '../partner/lifecycle.ts';
import { type AssetEvent, type AssetState, evolve, none } from './asset.ts';
import { reassign, register, retire, serialKey } from './commands.ts';

const now = instant('2026-03-02T03:00:00Z');
const act = { by: 'bob', now };
const registration: AssetRegistration = {
  programId: programId(1),
  endCustomer: { name: 'Acme', country: 'US', domain: 'acme.example' },
  productFamily: 'storage',
  installedOn: day('2026-02-01'),
  endsOn: day('2029-01-31'),
  partnerOfRecord: partnerId(1),
};
const registered: AssetEvent = { type: 'AssetRegistered', at: now, data: { registration, by: 'bob' } };
const given = (...events: AssetEvent[]): AssetState => events.reduce(evolve, none(assetId(1)));
const installed = given(registered);
const retired = given(registered, { type: 'AssetRetired', at: now, data: { on: day('2026-03-01'), reason: 'Replaced.', by: 'bob' } });

const assignee = (n: number, closed = false) => ({ partner: partnerAtWork(n), tally: { key: ofRecord(partnerId(n)), sum: 4n, closed } });
const suspended = (n: number) => ({
  ...assignee(n),
  partner: { ...partnerAtWork(n), status: 'suspended', suspendedAt: now, reason: 'So.' } as const,
});

describe('register', () => {
  const registering = (changes: Partial<AssetRegistration> = {}) => register({ registration: { ...registration, ...changes }, ...act });
  const facts = { ...assignee(1), program: inForce, serial: undefined };
  it('counts for its partner of record in the same transaction', () => {
    expect(registering()(given(), facts)).toEqual({ events: [registered], tallies: [{ key: ofRecord(partnerId(1)), add: 1n }] });
  });
  it.each([
    ['program-not-in-force', {}, { ...facts, program: undefined }],
    ['unknown-product-family', { productFamily: 'boats' }, facts],
    ['not-installed-yet', { installedOn: day('2099-01-01') }, facts],
    ['ends-before-it-starts', { endsOn: day('2026-01-31') }, facts],
    ['not-enrolled', { programId: programId(2) }, facts],
    ['not-enrolled', {}, { ...facts, partner: undefined }],
    ['not-enrolled', {}, { ...facts, ...suspended(1) }],
    // Whatever was read of the partner: once its tally is closed, it has left.
    ['not-enrolled', {}, { ...facts, ...assignee(1, true) }],
  ] as const)('is refused as %s', (reason, changes, known) => {
    expect(refusalOf(registering(changes)(given(), known))).toBe(reason);
  });
  it('happens once', () => {
    expect(refusalOf(registering()(installed, facts))).toBe('key-reused');
  });
});

describe('a serial number', () => {
  const serialed = { ...registration, serialNumber: 'sn-1' };
  const registering = register({ registration: serialed, ...act });
  const facts = { ...assignee(1), program: inForce };
  const free = { key: 'serial', version: 3, line: [] };
  const taken = { ...free, line: [{ id: assetId(1), by: assetId(1) }] };
  it('is claimed by the asset that is registered, and by no second', () => {
    expect(registering(given(), { ...facts, serial: free })).toMatchObject({ claims: [taken] });
    expect(registering(none(assetId(2)), { ...facts, serial: taken })).toEqual({ refused: 'already-registered', because: `It is ${assetId(1)}.` });
  });
  it('is free again once the asset is retired', () => {
    const standing = given({ type: 'AssetRegistered', at: now, data: { registration: serialed, by: 'bob' } });
    const retiring = retire({ on: day('2026-03-01'), reason: 'Replaced.', ...act });
    expect(retiring(standing, { serial: taken, program: inForce })).toMatchObject({ claims: [free] });
  });
  it('is one of its program and product family, whatever its case', () => {
    const keys = [{}, { serialNumber: 'SN-1' }, { productFamily: 'compute' }, { programId: programId(2) }, { serialNumber: undefined }];
    const [one, same, ...others] = keys.map((changes) => serialKey({ ...serialed, ...changes }));
    expect(one).toBe(same);
    expect(new Set([one, ...others]).size).toBe(4);
    expect(others.at(-1)).toBeUndefined();
  });
});

describe('reassign', () => {
  const to = (n: number) => reassign({ to: partnerId(n), reason: 'It leaves.', ...act });
  it('takes it from one and gives it to the other, with who decided it and why', () => {
    const decision = to(2)(installed, assignee(2));
    expect(decision).toEqual({
      events: [{ type: 'AssetReassigned', at: now, data: { from: partnerId(1), to: partnerId(2), reason: 'It leaves.', by: 'bob' } }],
      tallies: [
        { key: ofRecord(partnerId(1)), add: -1n },
        { key: ofRecord(partnerId(2)), add: 1n },
      ],
    });
    expect(decided(decision).events.reduce(evolve, installed)).toMatchObject({ status: 'installed', partnerOfRecord: partnerId(2) });
  });
  it.each([
    ['not-found', given(), assignee(2)],
    ['not-installed', retired, assignee(2)],
    ['not-enrolled', installed, suspended(2)],
    ['not-enrolled', installed, assignee(2, true)],
  ] as const)('is refused as %s', (reason, state, known) => {
    expect(refusalOf(to(2)(state, known))).toBe(reason);
  });
  it('is refused to whom it is of record already', () => {
    expect(refusalOf(to(1)(installed, assignee(1)))).toBe('same-partner');
  });
});

describe('retire', () => {
  const on = (text: string) => (state: AssetState) =>
    retire({ on: day(text), reason: 'Replaced.', ...act })(state, { serial: undefined, program: inForce });
  it('takes it from its partner of record', () => {
    const decision = on('2026-03-01')(installed);
    expect(decision).toMatchObject({ tallies: [{ key: ofRecord(partnerId(1)), add: -1n }] });
    expect(decided(decision).events.reduce(evolve, installed)).toEqual(retired);
  });
  it('is refused ahead of its day: who leaves by it would leave in use what nobody looks after', () => {
    expect(refusalOf(on('2099-01-01')(installed))).toBe('not-retired-yet');
  });
  it('is refused before it was installed, of what is retired, and of nothing', () => {
    expect(on('2026-01-31')(installed)).toEqual({ refused: 'before-it-was-installed', because: 'It was installed on 2026-02-01.' });
    expect(refusalOf(on('2026-03-01')(retired))).toBe('not-installed');
    expect(refusalOf(on('2026-03-01')(given()))).toBe('not-found');
  });
});

it('every state comes back from its wire form as it was', () => {
  for (const state of [installed, retired])
    if (state.status !== 'none') expect(Asset.parse(JSON.parse(JSON.stringify(z.encode(Asset, state))))).toEqual(state);
});
