import type { PartnerId } from '@echelon/contracts/ids';
import type { Caller } from './caller.ts';

export interface Lists<All, Own> {
  /** The partner whose list is asked for, where one is named. */
  readonly named?: PartnerId | undefined;
  readonly all: () => All;
  readonly own: (partnerId: PartnerId) => Own;
}

/** The list that a caller is shown: the vendor's people all or one partner's, a partner its own alone. Undefined where it is shown nothing. */
export const listFor = <All, Own>({ sees, partnerId }: Pick<Caller, 'sees' | 'partnerId'>, { named, all, own }: Lists<All, Own>) => {
  if (sees === 'all') return named === undefined ? all() : own(named);
  return partnerId === undefined || (named !== undefined && named !== partnerId) ? undefined : own(partnerId);
};
