/**
 * What a service needs of its one DynamoDB table: aggregates that are loaded and committed, claims and tallies, projections of
 * what other services say, and lists by index. Every item is `{ pk, sk }` with its body as JSON by the contract's own codec.
 */
export { type Agenda, agenda } from './agenda.ts';
export { type Aggregate, aggregates, type Informed, type Repository } from './aggregates.ts';
export { type Claims, claims } from './claims.ts';
export { type Entries, entries } from './entries.ts';
export { BadCursor, type Listed, listing } from './listing.ts';
export { type Projection, projection } from './projection.ts';
export { type Shelf, shelf } from './shelf.ts';
export { type IndexName, indexes, openTable, type Table } from './table.ts';
export { type Tallies, tallies } from './tallies.ts';
