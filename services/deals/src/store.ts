import { Instant } from '@echelon/calendar';
import { DealRegistration, dealEvents } from '@echelon/contracts/deals';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { Partner } from '@echelon/contracts/partners';
import { Standing } from '@echelon/contracts/tiering';
import { aggregates, listing, projection, type Repository, type Table } from '@echelon/store';
import * as z from 'zod';
import { type Deal, type DealEvent, evolve, none } from './deal.ts';

/** The lists a deal stands in: its program's, its partner's in that program, and those that will expire. */
export const lists = {
  ofProgram: (programId: ProgramId) => ({ index: 'all', partition: programId }) as const,
  ofPartner: (programId: ProgramId, partnerId: PartnerId) => ({ index: 'own', partition: `${programId}#${partnerId}` }) as const,
  toExpire: { index: 'due', partition: 'expire' } as const,
};

export const dealsIn = (table: Table): Repository<Deal, DealEvent> =>
  aggregates(table, {
    none,
    state: DealRegistration,
    events: dealEvents,
    at: Instant,
    evolve,
    about: ({ programId, partnerId }) => ({ programId, partnerId }),
    isOwn: ({ partnerId }, viewer) => partnerId === viewer.partnerId,
    indexed: (deal) => {
      const sort = `${z.encode(Instant, deal.submittedAt)}#${deal.id}`;
      return {
        all: [lists.ofProgram(deal.programId).partition, sort],
        own: [lists.ofPartner(deal.programId, deal.partnerId).partition, sort],
        ...(deal.status === 'approved' && { due: [lists.toExpire.partition, `${z.encode(Instant, deal.protectedUntil)}#${deal.id}`] as const }),
      };
    },
  });

export const listDeals = (table: Table) => listing(table, DealRegistration);

/** What other services last said of a partner, and of its standing in a program. */
export const partnersKnown = (table: Table) => projection(table, 'PARTNER', Partner);
export const standingsKnown = (table: Table) => projection(table, 'STANDING', Standing);
export const standingKey = (programId: ProgramId, partnerId: PartnerId): string => `${programId}#${partnerId}`;
