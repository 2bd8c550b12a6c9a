/** Every event carries the whole standing: the largest that its bounds allow, in bytes. */
import { day, instant, monthOf, monthStart, plusQuarters } from '@echelon/calendar';
import { MODELS_HELD_MAX } from '@echelon/contracts/partners';
import {
  CERTIFICATIONS_HELD_MAX,
  ENGAGEMENT_MONTHS_MAX,
  ENTRIES_MAX,
  EVIDENCE_MAX,
  LADDERS_LEFT_MAX,
  MONTHS_MAX,
  NOMINATIONS_MAX,
  POINTS_MONTHS_MAX,
  POINTS_SERIES_MAX,
  type PointsEntry,
  type Position,
  QUARTERS_MAX,
  REASON_KEPT_MAX,
  type RequirementFinding,
  SPECIALIZATIONS_HELD_MAX,
  Standing,
  TRACKS_MAX,
} from '@echelon/contracts/tiering';
import { money } from '@echelon/money';
import { EngagementKind, Measure } from '@echelon/program';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { certificationId, partnerId, personId, programId, specializationId, standingId, versionId } from '../../../test/given.ts';
import { facts, life, version } from '../../../test/standing.ts';

/** What the store takes of a state and an event: 256 KB of EventBridge's, less 12 KB for the envelope and what is wrapped around it. */
const BYTES_MAX = 250_000;
/** 2,000 characters that a decision says whole. */
const REASON_BYTES_MAX = 6_000;
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const on = day('2026-06-15');
const many = <One>(count: number, one: (n: number) => One): One[] => Array.from({ length: count }, (_, n) => one(n));
const key = (n: number): string => `k${String(n).padStart(39, '0')}`;
/** Three bytes each. */
const reason = '理'.repeat(REASON_KEPT_MAX);
const by = 'p'.repeat(128);
const amount = money(10n ** 15n, 'USD');
const months = many(MONTHS_MAX, (n) => monthOf(on.add({ months: n })));
const quarters = many(QUARTERS_MAX, (n) => plusQuarters('FY2026-Q1', n));
const until = { from: on, until: on };

const finding = (n: number): RequirementFinding => ({
  requirement: { kind: 'points', window: 'trailing-four-quarters', atLeast: 1_000_000_000, businessModel: key(n), strictness: 'advisory' },
  ...{ rule: `/ladders/9/tiers/9/requirements/${n}`, have: '1000000000', need: '1000000000', met: false, until: on },
});
const position = (n: number): Position => ({
  ...{ ladder: key(n), tier: key(n), since: on, attained: key(n), settled: { tier: key(n), on }, reviewOn: on },
  grace: { to: key(n), since: on, until: on, noticed: [90, 60, 30, 5] },
  override: { tier: key(n), ...until, reason, setBy: by, setAt: instant('2026-06-15T12:00:00Z') },
  earned: key(n),
  review: { dueOn: on, openedOn: on, proposed: key(n), evidence: many(EVIDENCE_MAX, finding), versionId: versionId(1) },
});
const largest: Standing = {
  ...{ status: 'official', id: standingId(1), programId: programId(1), partnerId: partnerId(1), versionId: versionId(1) },
  positions: many(10, position),
  grandfathered: { until: on, versionId: versionId(1), held: many(10, (n) => ({ ladder: key(n), tier: key(n) })) },
  laddersLeft: many(LADDERS_LEFT_MAX, (n) => ({ ladder: key(n), settled: { tier: key(n), on } })),
  facts: {
    enrollment: {
      businessModels: many(20, key),
      ladders: many(10, key),
      joined: many(10, (n) => ({ ladder: key(n), on })),
      modelsHeld: many(MODELS_HELD_MAX, (n) => ({ businessModel: key(n), ...until })),
      enrolledOn: on,
      saidOn: on,
      version: 1_000,
    },
    revenue: months.flatMap((month) => Measure.options.map((measure) => ({ measure, month, amount, orders: 100_000 }))),
    certifications: many(CERTIFICATIONS_HELD_MAX, (n) => ({
      ...{ id: certificationId(n), personId: personId(n), certification: key(n), ...until, version: 1_000 },
    })),
    specializations: many(SPECIALIZATIONS_HELD_MAX, (n) => ({ id: specializationId(n), specialization: key(n), ...until, version: 1_000 })),
    engagements: months
      .slice(0, ENGAGEMENT_MONTHS_MAX)
      .flatMap((month) => EngagementKind.options.map((engagement) => ({ engagement, month, count: 1_000 }))),
    targets: quarters.flatMap((quarter) => Measure.options.map((measure) => ({ measure, quarter, amount, proposedBy: 'partner', agreed: false }))),
    nominations: many(NOMINATIONS_MAX, (n) => ({ tier: key(n), ...until, reason, nominatedBy: by })),
    points: many(POINTS_SERIES_MAX, (n) => ({ businessModel: key(n), since: '2026-06', points: many(POINTS_MONTHS_MAX, () => 100_000_000) })),
    tracks: many(TRACKS_MAX, (n) => ({ ladder: key(n), track: key(n), confirmedOn: on, reviewed: true, version: 1_000 })),
  },
};

/** A review, an activity that gives points by as many rules as can be, or a reason. */
const entry = (n: number): PointsEntry => ({
  ...{ category: 'capability', businessModel: key(n), points: 100_000_000, rule: '/pointsRules/199', versionId: versionId(1) },
});
const counted = {
  activity: { kind: 'deal-approved', id: 'd'.repeat(40), on, entries: many(ENTRIES_MAX, entry), takenBack: true, version: 1_000 },
  change: many(ENTRIES_MAX, (n) => ({ businessModel: key(n), points: -100_000_000 })),
};

it('the largest standing fits an event and an item, with the largest of its own data', () => {
  const wire = z.encode(Standing, largest);
  const review = bytes(wire.positions[0]?.review) + REASON_BYTES_MAX;
  expect(bytes(wire) + Math.max(review, bytes(counted))).toBeLessThan(BYTES_MAX);
  // One more of anything is refused, so that nothing larger is ever stored; of engagements, what was kept of six kinds is still read.
  const { engagements: _, ...lists } = wire.facts;
  for (const [name, list] of Object.entries(lists))
    if (Array.isArray(list)) expect(Standing.safeParse({ ...wire, facts: { ...wire.facts, [name]: [...list, list[0]] } }).success).toBe(false);
});

it('of engagements no more months are kept than that, of each kind', () => {
  const partner = life(version(1, '2020-01-01'));
  const said = months.flatMap((month) => EngagementKind.options.map((kind) => facts.engaged(monthStart(month), kind)));
  partner.hear(on, ...said);
  const { engagements } = partner.standing().facts;
  expect(engagements).toHaveLength(ENGAGEMENT_MONTHS_MAX * EngagementKind.options.length);
  expect(engagements.reduce((sum, { count }) => sum + count, 0)).toBe(said.length);
});
