/** A parent and its national subsidiaries: one level deep, and no more of them than a requirement of a group may read. */
import { Instant } from '@echelon/calendar';
import type { Act } from '@echelon/contracts';
import type { PartnerId } from '@echelon/contracts/ids';
import { type Partner, SUBSIDIARIES_MAX } from '@echelon/contracts/partners';
import { accept, type Claim, type Decision, join, leave, refuse } from '@echelon/decider';
import * as z from 'zod';
import type { PartnerEvent, PartnerState } from './partner.ts';

/**
 * The line of a partner's subsidiaries. Whoever gets a parent writes its own line too, as it is, and so does whoever leaves: of
 * two decisions that would make a group deeper than one level, or leave it without its parent, one is made anew.
 */
export const groupKey = (partnerId: PartnerId): string => `group#${partnerId}`;

export interface Lines {
  /** Of the partner itself, of its parent until now and, where it gets one, of its parent from now on. */
  readonly lines: readonly Claim[];
}
export interface GroupFacts extends Lines {
  /** The parent to be, as it stood when its line was read, or later. */
  readonly parent: Partner | undefined;
}
type Refusal =
  | 'not-found'
  | 'not-admitted'
  | 'parent-not-admitted'
  | 'own-parent'
  | 'same-parent'
  | 'has-subsidiaries'
  | 'parent-is-subsidiary'
  | 'too-many-subsidiaries';

export const group =
  ({ parentId, reason, by, now }: Act & { readonly parentId?: PartnerId | undefined; readonly reason: string }) =>
  (state: PartnerState, { lines, parent }: GroupFacts): Decision<PartnerEvent, Refusal> => {
    if (state.status === 'none') return refuse('not-found');
    const isPresent = state.status === 'admitted' || (parentId === undefined && (state.status === 'suspended' || state.status === 'offboarding'));
    if (!isPresent) return refuse('not-admitted', `The partner is ${state.status}.`);
    if (state.parentId === parentId) return refuse('same-parent');
    if (parentId === undefined) return accept([{ type: 'PartnerGrouped', at: now, data: { reason, by } }], { claims: leaving(state, lines) });
    if (parentId === state.id) return refuse('own-parent');
    if (parent?.status !== 'admitted') return refuse('parent-not-admitted', parent && `The parent is ${parent.status}.`);
    const [own, others] = [lineOf(lines, state.id), lineOf(lines, parentId)];
    if (own.line.length > 0) return refuse('has-subsidiaries', subsidiariesOf(own));
    if (parent.parentId !== undefined) return refuse('parent-is-subsidiary');
    if (others.line.length >= SUBSIDIARIES_MAX) return refuse('too-many-subsidiaries');
    return accept([{ type: 'PartnerGrouped', at: now, data: { parentId, reason, by } }], {
      claims: [own, ...leaving(state, lines), join(others, { id: state.id, by: parentId }, z.encode(Instant, now))],
    });
  };

/** What leaving for good takes of a group: nobody's parent, and of no parent any more. */
export const ungrouped = (state: Extract<Partner, { status: 'offboarding' }>, { lines }: Lines, { by, now }: Act) => {
  const own = lineOf(lines, state.id);
  if (own.line.length > 0) return refuse('has-subsidiaries', subsidiariesOf(own));
  const lifted: PartnerEvent[] = state.parentId === undefined ? [] : [{ type: 'PartnerGrouped', at: now, data: { by } }];
  return { events: lifted, claims: [own, ...leaving(state, lines)] };
};

const leaving = ({ id, parentId }: Pick<Extract<Partner, { status: 'admitted' }>, 'id' | 'parentId'>, lines: readonly Claim[]): readonly Claim[] =>
  parentId === undefined ? [] : [leave(lineOf(lines, parentId), id)];

const lineOf = (lines: readonly Claim[], id: PartnerId): Claim => {
  const found = lines.find(({ key }) => key === groupKey(id));
  if (found === undefined) throw new Error(`the line of ${id} was not read`);
  return found;
};

const subsidiariesOf = ({ line }: Claim): string => `Its subsidiaries: ${line.length}.`;
