import { type Day, earlier } from '@echelon/calendar';
import type { Happened } from '@echelon/contracts';
import { StandingId } from '@echelon/contracts/ids';
import { LADDERS_LEFT_MAX, type LadderLeft, type Position, type Standing, type standingEvents } from '@echelon/contracts/tiering';
import { was } from '@echelon/decider';
import { type FactEvent, factEvents, kept, lasting, noFacts, reviewedTrack, withFact } from './facts.ts';

export type StandingState = { readonly status: 'none'; readonly id: StandingId } | Standing;
export type StandingEvent = Happened<typeof standingEvents>;
type PositionEvent = Exclude<StandingEvent, FactEvent | { type: 'StandingOpened' | 'BenefitsGrandfathered' }>;

export const none = (id: string): StandingState => ({ status: 'none', id: StandingId.parse(id) });

export const evolve = (state: StandingState, event: StandingEvent): StandingState => {
  if (event.type === 'StandingOpened') return { status: 'official', id: state.id, ...event.data, positions: [], facts: noFacts };
  const standing = was(state, event.type, 'official');
  if (event.type === 'BenefitsGrandfathered') return { ...standing, versionId: event.data.versionId, grandfathered: event.data.grandfathered };
  return isFact(event) ? { ...standing, facts: withFact(standing.facts, event) } : decided(standing, event);
};

const isFact = (event: StandingEvent): event is FactEvent => (factEvents as readonly string[]).includes(event.type);

const decided = (standing: Standing, event: PositionEvent): Standing => {
  const versionId = 'versionId' in event.data ? event.data.versionId : standing.versionId;
  const positions = withPosition(standing.positions, event);
  const facts =
    event.type === 'TierReviewSignedOff'
      ? reviewedTrack(lasting(standing.facts, keptSince(positions, event.data.on)), event.data.ladder)
      : standing.facts;
  const { laddersLeft: _, ...rest } = standing;
  const left = withLeft(standing, event);
  return { ...rest, versionId, positions, ...(left.length > 0 && { laddersLeft: left }), facts };
};

/** Of the ladders left, those that were left last. */
const withLeft = ({ laddersLeft: left = [], positions }: Standing, event: PositionEvent): LadderLeft[] => {
  if (event.type === 'PartnerPlaced') return left.filter(({ ladder }) => ladder !== event.data.position.ladder);
  if (event.type !== 'PositionEnded') return left;
  const ended = positions.filter(({ ladder }) => ladder === event.data.ladder).map(({ ladder, settled }) => ({ ladder, settled }));
  return [...left, ...ended].slice(-LADDERS_LEFT_MAX);
};

/**
 * A year before the first day that may still be judged: no window but a lifetime reaches further back. Only reviews forget what ended
 * before: by then no event that changes it is on its way.
 */
const keptSince = (positions: readonly Position[], on: Day): Day =>
  positions
    .map(({ settled }) => settled.on)
    .reduce(earlier, on)
    .subtract({ years: 1 });

const withPosition = (positions: readonly Position[], event: PositionEvent): Position[] => {
  if (event.type === 'PartnerPlaced') return [...positions, event.data.position].toSorted((a, b) => (a.ladder < b.ladder ? -1 : 1));
  const { ladder } = event.data;
  if (event.type === 'PositionEnded') return positions.filter((position) => position.ladder !== ladder);
  return positions.map((position) => (position.ladder === ladder ? moved(position, event) : position));
};

const moved = (position: Position, { type, data }: Exclude<PositionEvent, { type: 'PartnerPlaced' | 'PositionEnded' }>): Position => {
  switch (type) {
    case 'AttainmentChanged': {
      const { earned } = data;
      return { ...without(position, 'earned'), attained: data.tier, ...(earned !== undefined && { earned }) };
    }
    case 'TierChanged':
      return { ...position, tier: data.to, since: data.on };
    case 'GracePeriodBegun':
      return { ...position, grace: data.grace };
    case 'GracePeriodEnded':
      return without(position, 'grace');
    case 'DemotionNoticed':
      return position.grace
        ? { ...position, grace: { ...position.grace, until: data.until, noticed: [...position.grace.noticed, data.daysBefore] } }
        : position;
    case 'TierReviewOpened':
    case 'TierReviewRevised':
      return { ...position, review: data.review };
    case 'TierReviewSignedOff': {
      // What was short and is kept all the same is given notice anew.
      const { review: _, grace: __, ...rest } = position;
      return { ...rest, settled: { tier: data.outcome, on: data.on }, reviewOn: data.nextOn };
    }
    case 'OverrideSet':
      return { ...position, override: kept(data.override) };
    case 'OverrideEnded':
      return without(without(position, 'override'), 'earned');
  }
};

const without = (position: Position, part: 'grace' | 'override' | 'earned'): Position => {
  const { [part]: _, ...rest } = position;
  return rest;
};
