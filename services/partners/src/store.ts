import { Instant } from '@echelon/calendar';
import { Partner, partnerEvents, SystemClient, systemClientEvents } from '@echelon/contracts/partners';
import { aggregates, listing, type Repository, type Table } from '@echelon/store';
import * as z from 'zod';
import { partnerOf } from './commands.ts';
import * as partner from './partner.ts';
import * as client from './system-client.ts';

/** The one list of a vendor's partners: thousands at the most, so one partition holds them. */
export const ALL = 'partners';

/** A partner's people see it, and so does whoever made the application. */
export const partnersIn = (table: Table): Repository<partner.PartnerState, partner.PartnerEvent> =>
  aggregates(table, {
    none: partner.none,
    state: Partner,
    events: partnerEvents,
    at: Instant,
    evolve: partner.evolve,
    about: ({ id }) => ({ partnerId: id }),
    isOwn: ({ id, appliedBy }, { partnerId, principal }) => id === partnerId || appliedBy === principal,
    indexed: ({ id, appliedAt }) => ({ all: [ALL, `${z.encode(Instant, appliedAt)}#${id}`] }),
  });

export const listPartners = (table: Table) => listing(table, Partner);

export const clientsIn = (table: Table): Repository<client.SystemClientState, client.SystemClientEvent> =>
  aggregates(table, {
    none: client.none,
    state: SystemClient,
    events: systemClientEvents,
    at: Instant,
    evolve: client.evolve,
    about: ({ actsFor }) => {
      const partnerId = partnerOf(actsFor);
      return partnerId === undefined ? {} : { partnerId };
    },
    isOwn: ({ actsFor }, { partnerId }) => partnerId !== undefined && partnerOf(actsFor) === partnerId,
    indexed: () => ({}),
  });
