import { createHash } from 'node:crypto';
import { Instant } from '@echelon/calendar';
import { DealRegistration, dealEvents, EndCustomer, InfluenceStatement } from '@echelon/contracts/deals';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import { Asset, Partner } from '@echelon/contracts/partners';
import { Standing } from '@echelon/contracts/tiering';
import { agenda, aggregates, listing, type Projection, projection, type Repository, shelf, type Table } from '@echelon/store';
import * as z from 'zod';
import { Remembered } from './alike.ts';
import { nameKey } from './customer.ts';
import { type Deal, type DealEvent, evolve, fulfillerOf, none } from './deal.ts';
import { candidateKeys } from './matching/keys.ts';

const ofPartner = (programId: ProgramId, partnerId: string): string => `${programId}#${partnerId}`;

/** The lists a deal stands in: its program's, its partner's, that of the partner which fulfils it, and what is due of it next. */
export const lists = {
  ofProgram: (programId: ProgramId) => ({ index: 'all', partition: programId }) as const,
  ofPartner: (programId: ProgramId, partnerId: string) => ({ index: 'own', partition: ofPartner(programId, partnerId) }) as const,
  ofFulfiller: (programId: ProgramId, partnerId: string) => ({ index: 'party', partition: ofPartner(programId, partnerId) }) as const,
  influencesOfProgram: (programId: ProgramId) => ({ index: 'all', partition: `influences#${programId}` }) as const,
  influencesOfPartner: (programId: ProgramId, partnerId: string) =>
    ({ index: 'own', partition: `influences#${ofPartner(programId, partnerId)}` }) as const,
  toDecide: { index: 'due', partition: 'decide' } as const,
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
    isOwn: (deal, { partnerId }) => partnerId !== undefined && (deal.partnerId === partnerId || fulfillerOf(deal) === partnerId),
    indexed: (deal) => {
      const { id, programId, partnerId, submittedAt } = deal;
      const sort = `${z.encode(Instant, submittedAt)}#${id}`;
      const fulfiller = fulfillerOf(deal);
      const due = dueOf(deal);
      return {
        all: [lists.ofProgram(programId).partition, sort],
        own: [lists.ofPartner(programId, partnerId).partition, sort],
        ...(fulfiller !== undefined && fulfiller !== partnerId && { party: [lists.ofFulfiller(programId, fulfiller).partition, sort] as const }),
        ...(due && { due: [due.list.partition, `${z.encode(Instant, due.at)}#${id}`] as const }),
      };
    },
  });

const dueOf = (deal: DealRegistration) => {
  if (deal.status === 'submitted' && deal.overdue !== true) return { list: lists.toDecide, at: deal.dueAt };
  return deal.status === 'approved' ? { list: lists.toExpire, at: deal.protectedUntil } : undefined;
};

export const listDeals = (table: Table) => listing(table, DealRegistration);

/** What the deals say of the influence credits that partners were given: of each by deal, partner and sales play. */
export const influencesIn = (table: Table) =>
  projection(table, 'INFLUENCE', InfluenceStatement, ({ programId, partnerId, creditedAt, dealId, salesPlay }) => {
    const sort = `${z.encode(Instant, creditedAt)}#${dealId}#${partnerId}#${salesPlay}`;
    return {
      all: [lists.influencesOfProgram(programId).partition, sort],
      own: [lists.influencesOfPartner(programId, partnerId).partition, sort],
    };
  });
/** A name may be longer than a key, and two of them are. */
const short = (names: string): string => createHash('sha256').update(names).digest('base64url');

/** What people decided of two customers, whichever deals they decided it on. What was decided last counts. */
export const decisionsIn = (table: Table): Projection<Remembered> => {
  const stored = projection(table, 'SAME', Remembered);
  return { get: (pair) => stored.get(short(pair)), put: (pair, version, decided) => stored.put(short(pair), version, decided) };
};

export const listInfluences = (table: Table) => listing(table, InfluenceStatement);

/** What other services last said: of a partner, of its standing in a program, of what is installed at a customer. */
export const partnersKnown = (table: Table) => projection(table, 'PARTNER', Partner);
export const standingsKnown = (table: Table) => projection(table, 'STANDING', Standing);
export const standingKey = (programId: ProgramId, partnerId: PartnerId): string => `${programId}#${partnerId}`;
export const assetsKnown = (table: Table) => shelf(table, 'ASSETS', Asset);

/** As it is called; of homonyms one stands for all. */
const Called = EndCustomer.pick({ name: true, country: true, city: true });
/** Customers that ever had something installed, where those are found that are called alike: few beside the assets, of which one customer may have thousands. */
export interface Customers {
  put(customer: EndCustomer): Promise<void>;
  calledLike(customer: EndCustomer): Promise<readonly z.output<typeof Called>[]>;
}
export const customersKnown = (table: Table): Customers => {
  const stored = shelf(table, 'CUSTOMERS', Called);
  return {
    put: (customer) => stored.put(candidateKeys(customer), short(nameKey(customer)), { version: 1, value: customer }),
    calledLike: (customer) => stored.read(candidateKeys(customer)),
  };
};

/** Partners whose deals are to be closed, where their programs say so. */
export const toClose = (table: Table) => agenda(table, 'close');
