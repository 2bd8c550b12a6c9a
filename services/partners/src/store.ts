import { Instant } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import {
  Asset,
  assetEvents,
  Engagement,
  engagementEvents,
  Partner,
  Person,
  PersonRecord,
  partnerEvents,
  personEvents,
  SystemClient,
  systemClientEvents,
} from '@echelon/contracts/partners';
import { aggregates, type IndexName, type Repository, type Table } from '@echelon/store';
import * as z from 'zod';
import * as asset from './asset/asset.ts';
import * as engagement from './engagement/engagement.ts';
import { dueAt, earliest, type Held } from './held.ts';
import * as partner from './partner/partner.ts';
import * as person from './person/person.ts';
import { partnerOf } from './system-client/commands.ts';
import * as client from './system-client/system-client.ts';

const list = <const Index extends IndexName>(index: Index, partition: string) => ({ index, partition });

/** Every list there is, by its place in an index. */
export const lists = {
  /** The one list of a vendor's partners: thousands at the most, so one partition holds them. */
  partners: list('all', 'partners'),
  subsidiaries: (partnerId: PartnerId) => list('own', `subsidiaries#${partnerId}`),
  people: (partnerId: PartnerId) => list('own', `people#${partnerId}`),
  engagements: (programId: ProgramId) => list('all', `engagements#${programId}`),
  engagementsOf: (programId: ProgramId, partnerId: PartnerId) => list('own', `engagements#${programId}#${partnerId}`),
  assets: (programId: ProgramId) => list('all', `assets#${programId}`),
  assetsOf: (programId: ProgramId, partnerId: PartnerId) => list('own', `assets#${programId}#${partnerId}`),
  clientsOf: (partnerId: PartnerId) => list('own', `clients#${partnerId}`),
  certificationsDue: list('due', 'certifications'),
  specializationsDue: list('due', 'specializations'),
};

const sortedBy = (at: Instant, id: string): string => `${z.encode(Instant, at)}#${id}`;

/** Where it stands among what is due: by the first that is, of what it holds. */
const placeDue = ({ partition }: { readonly partition: string }, id: string, held: readonly Held[]) => {
  const at = earliest(held.map(dueAt));
  return at && { due: [partition, sortedBy(at, id)] as const };
};

export type Partners = Repository<partner.PartnerState, partner.PartnerEvent>;
/** A partner's people see it, and so does whoever made the application. */
export const partnersIn = (table: Table): Partners =>
  aggregates(table, {
    none: partner.none,
    state: Partner,
    events: partnerEvents,
    at: Instant,
    evolve: partner.evolve,
    about: ({ id }) => ({ partnerId: id }),
    isOwn: ({ id, appliedBy }, { partnerId, principal }) => id === partnerId || appliedBy === principal,
    indexed: (state) => ({
      all: [lists.partners.partition, sortedBy(state.appliedAt, state.id)],
      ...('parentId' in state && state.parentId && { own: [lists.subsidiaries(state.parentId).partition, state.id] }),
      ...('specializations' in state && placeDue(lists.specializationsDue, state.id, state.specializations)),
    }),
  });

export type People = Repository<person.PersonState, person.PersonEvent, PersonRecord>;
export const peopleIn = (table: Table): People =>
  aggregates(table, {
    none: person.none,
    state: Person,
    events: personEvents,
    at: Instant,
    evolve: person.evolve,
    about: ({ partnerId }) => ({ partnerId }),
    isOwn: ({ partnerId }, viewer) => partnerId === viewer.partnerId,
    indexed: ({ id, partnerId, certifications }) => ({
      own: [lists.people(partnerId).partition, id],
      ...placeDue(lists.certificationsDue, id, certifications),
    }),
    record: PersonRecord,
  });

export type Engagements = Repository<engagement.EngagementState, engagement.EngagementEvent>;
export const engagementsIn = (table: Table): Engagements =>
  aggregates(table, {
    none: engagement.none,
    state: Engagement,
    events: engagementEvents,
    at: Instant,
    evolve: engagement.evolve,
    about: ({ programId, partnerId }) => ({ programId, partnerId }),
    isOwn: ({ partnerId }, viewer) => partnerId === viewer.partnerId,
    indexed: ({ id, programId, partnerId, submittedAt }) => ({
      all: [lists.engagements(programId).partition, sortedBy(submittedAt, id)],
      own: [lists.engagementsOf(programId, partnerId).partition, sortedBy(submittedAt, id)],
    }),
  });

export type Assets = Repository<asset.AssetState, asset.AssetEvent>;
/** Who is of record sees it, for as long as it is. */
export const assetsIn = (table: Table): Assets =>
  aggregates(table, {
    none: asset.none,
    state: Asset,
    events: assetEvents,
    at: Instant,
    evolve: asset.evolve,
    about: ({ programId, partnerOfRecord }) => ({ programId, partnerId: partnerOfRecord }),
    isOwn: ({ partnerOfRecord }, viewer) => partnerOfRecord === viewer.partnerId,
    indexed: ({ id, programId, partnerOfRecord, ofRecordSince }) => ({
      all: [lists.assets(programId).partition, sortedBy(ofRecordSince, id)],
      own: [lists.assetsOf(programId, partnerOfRecord).partition, sortedBy(ofRecordSince, id)],
    }),
  });

export type SystemClients = Repository<client.SystemClientState, client.SystemClientEvent>;
export const clientsIn = (table: Table): SystemClients =>
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
    indexed: ({ id, actsFor, registeredAt }) => {
      const partnerId = partnerOf(actsFor);
      return partnerId === undefined ? {} : { own: [lists.clientsOf(partnerId).partition, sortedBy(registeredAt, id)] };
    },
  });
