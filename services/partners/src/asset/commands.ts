import { type Day, dayOf, Instant, isBefore } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { PartnerId } from '@echelon/contracts/ids';
import type { AssetRegistration, Partner } from '@echelon/contracts/partners';
import type { InForce } from '@echelon/contracts/programs';
import { accept, type Claim, type Decision, holder, join, leave, refuse, type Tally } from '@echelon/decider';
import * as z from 'zod';
import { isAtWork, ofRecord } from '../partner/lifecycle.ts';
import type { AssetEvent, AssetState } from './asset.ts';

type Decided<Reason extends string> = Decision<AssetEvent, Reason>;

/** Who is to be of record; and the tally of its assets, which is closed once it has left, whatever was read of it a moment ago. */
export interface AssigneeFacts {
  readonly partner: Partner | undefined;
  readonly tally: Tally;
}

/** Where an installed asset with a serial number stands alone; without one there is nothing to know it again by. */
export const serialKey = ({ programId, productFamily, serialNumber }: AssetRegistration): string | undefined =>
  // Typed by hand, off a label: upper and lower case are one.
  serialNumber === undefined ? undefined : `serial#${programId}#${productFamily}#${serialNumber.toUpperCase()}`;

export interface RegisterFacts extends AssigneeFacts {
  readonly program: InForce | undefined;
  /** The line of its serial number, where it has one. */
  readonly serial: Claim | undefined;
}

type RegisterRefusal =
  | 'key-reused'
  | 'program-not-in-force'
  | 'unknown-product-family'
  | 'not-installed-yet'
  | 'ends-before-it-starts'
  | 'not-enrolled'
  | 'already-registered';

export const register =
  ({ registration, by, now }: Act & { readonly registration: AssetRegistration }) =>
  (state: AssetState, { program, partner, tally, serial }: RegisterFacts): Decided<RegisterRefusal> => {
    if (state.status !== 'none') return refuse('key-reused');
    if (program === undefined) return refuse('program-not-in-force');
    const { programId, productFamily, installedOn, endsOn } = registration;
    const families = program.document.productFamilies.map(({ key }) => key);
    if (!families.includes(productFamily)) return refuse('unknown-product-family', `"${productFamily}" is none of ${families.join(', ')}.`);
    const today = dayOf(now, program.document.timeZone);
    if (isBefore(today, installedOn)) return refuse('not-installed-yet', `It is ${today} in the program's time zone.`);
    if (endsOn && isBefore(endsOn, installedOn)) return refuse('ends-before-it-starts');
    if (tally.closed || !isAtWork(partner, programId)) return refuse('not-enrolled');
    const taken = serial && holder(serial, textOf(now));
    if (taken) return refuse('already-registered', `It is ${taken.id}.`);
    return accept([{ type: 'AssetRegistered', at: now, data: { registration, by } }], {
      ...(serial && { claims: [join(serial, { id: state.id, by: state.id }, textOf(now))] }),
      tallies: [{ key: tally.key, add: 1n }],
    });
  };

type ReassignRefusal = 'not-found' | 'not-installed' | 'same-partner' | 'not-enrolled';

export const reassign =
  ({ to, reason, by, now }: Act & { readonly to: PartnerId; readonly reason: string }) =>
  (state: AssetState, { partner, tally }: AssigneeFacts): Decided<ReassignRefusal> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'installed') return refuse('not-installed', `The asset was retired on ${state.retiredOn}.`);
    const from = state.partnerOfRecord;
    if (from === to) return refuse('same-partner');
    if (tally.closed || !isAtWork(partner, state.programId)) return refuse('not-enrolled');
    return accept([{ type: 'AssetReassigned', at: now, data: { from, to, reason, by } }], {
      tallies: [
        { key: ofRecord(from), add: -1n },
        { key: tally.key, add: 1n },
      ],
    });
  };

type RetireRefusal = 'not-found' | 'not-installed' | 'not-retired-yet' | 'before-it-was-installed';

/** At once, so never ahead of its day: who leaves by it would leave in use what nobody looks after. */
export const retire =
  ({ on, reason, by, now }: Act & { readonly on: Day; readonly reason: string }) =>
  (state: AssetState, { serial, program }: Pick<RegisterFacts, 'serial' | 'program'>): Decided<RetireRefusal> => {
    if (state.status === 'none') return refuse('not-found');
    if (state.status !== 'installed') return refuse('not-installed', `The asset was retired on ${state.retiredOn}.`);
    const today = program && dayOf(now, program.document.timeZone);
    if (today && isBefore(today, on)) return refuse('not-retired-yet', `It is ${today} in the program's time zone.`);
    if (isBefore(on, state.installedOn)) return refuse('before-it-was-installed', `It was installed on ${state.installedOn}.`);
    return accept([{ type: 'AssetRetired', at: now, data: { on, reason, by } }], {
      ...(serial && { claims: [leave(serial, state.id)] }),
      tallies: [{ key: ofRecord(state.partnerOfRecord), add: -1n }],
    });
  };

const textOf = (at: Instant): string => z.encode(Instant, at);
