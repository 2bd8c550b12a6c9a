import { addDays, day, instant } from '@echelon/calendar';
import type { Order, OrderAmendment } from '@echelon/contracts/deals';
import { holder } from '@echelon/decider';
import { money, negate, quantity, rate } from '@echelon/money';
import { describe, expect, it } from 'vitest';
import { dealId, document, inForce, partnerId, refusalOf, usd, versionId } from '../../../test/given.ts';
import { type Answer, conflictOf, dealIn, gone, later, leaving, monday, partnerAt, registry, submission, suspended } from '../../../test/registry.ts';

const [ours, theirs] = [dealId(1), dealId(2)];
const [us, them, others] = [partnerId(1), partnerId(2), partnerId(3)];
const order: Order = { orderNumber: 'PO-1', orderedOn: day('2026-03-20'), amount: usd(48_000), fulfilledBy: us };
const orderDay = instant('2026-03-20T12:00:00Z');

const approvedAt = instant('2026-03-03T03:30:00Z'); // still Monday in New York
const [firstDay, lastDay] = [day('2026-03-02'), day('2026-05-31')];

const approved = (program = inForce) => {
  const room = registry(program);
  room.submit(ours, us, submission, monday);
  room.approve(ours, approvedAt);
  return room;
};
const won = (changes: Partial<Order> = {}, now = instant('2026-05-31T12:00:00Z'), room = approved()) => room.win(ours, { ...order, ...changes }, now);

describe('win', () => {
  it('records the order under the offer that was fixed, and credits the account team by the rule of that day', () => {
    const answer = won();
    expect(dealIn(answer)).toMatchObject({ status: 'won', order, offer: { tier: 'authorized' } });
    const credit = {
      amount: usd(48_000),
      committedTcv: usd(48_000),
      share: rate('1'),
      versionId: versionId(1),
      rule: '/dealRegistration/accountTeamCredit',
    };
    expect(answer).toMatchObject({
      events: [
        { type: 'DealWon', data: { order, offer: { rule: '/dealRegistration/offers/0' }, by: 'partner' } },
        { type: 'AccountTeamCredited', data: { credit, route: 'reseller' } },
      ],
    });
  });

  it('counts the day of the order as the program counts days, from the day of approval to the last day of protection', () => {
    for (const orderedOn of [firstDay, lastDay]) expect(dealIn(won({ orderedOn })).status).toBe('won');
    const report = instant('2026-06-20T12:00:00Z');
    for (const orderedOn of [addDays(firstDay, -1), addDays(lastDay, 1)])
      expect(won({ orderedOn }, report)).toEqual({ refused: 'outside-protection', because: `Protection is from ${firstDay} to ${lastDay}.` });
  });

  it('takes a late report of an order within protection, recorded as expired or not, whoever holds the key by now', () => {
    const report = instant('2026-09-01T12:00:00Z');
    for (const expired of [true, false]) {
      const room = approved();
      room.submit(theirs, them, submission, later);
      if (expired) room.expire(ours, report);
      expect(dealIn(room.approve(theirs, report)).status).toBe('approved');
      expect(dealIn(won({ orderedOn: lastDay }, report, room)).status).toBe('won');
      for (const claim of room.linesOf(theirs)) expect(holder(claim, report.toString())?.id).toBe(theirs);
    }
  });

  it('takes no order of tomorrow, and tomorrow begins at midnight in New York', () => {
    const tomorrow = { orderedOn: day('2026-03-21') };
    expect(refusalOf(won(tomorrow, instant('2026-03-21T03:59:59Z')))).toBe('order-in-future');
    expect(dealIn(won(tomorrow, instant('2026-03-21T04:00:00Z'))).status).toBe('won');
  });

  const line = (dollars: number, productFamily = 'storage') => ({ productFamily, quantity: quantity('2'), amount: usd(dollars) });
  it.each([
    ['other-currency', { amount: money(1n, 'EUR') }, 'The deal is in USD; an amount is in EUR.'],
    ['other-currency', { committedTcv: money(1n, 'EUR') }, 'The deal is in USD; an amount is in EUR.'],
    ['other-currency', { lines: [{ ...line(48_000), amount: money(4_800_000n, 'EUR') }] }, 'The deal is in USD; an amount is in EUR.'],
    ['unknown-product-family', { lines: [line(48_000, 'printers')] }, 'The program has no product family "printers".'],
    ['tcv-below-amount', { committedTcv: usd(47_999) }, 'The order is 48,000.00 USD; 47,999.00 USD is committed.'],
    ['lines-do-not-add-up', { lines: [line(40_000), line(7_999)] }, 'The lines add up to 47,999.00 USD; the order says 48,000.00 USD.'],
  ] as const)('is refused as %s: $2', (refused, changes, because) => {
    expect(won(changes as Partial<Order>)).toEqual({ refused, because });
  });

  it('takes lines of the deal’s own family, which the version of the order’s day has dropped, as an amendment does', () => {
    const room = approved();
    const productFamilies = document.productFamilies.filter(({ key }) => key !== 'storage');
    room.world.program = { ...inForce, document: { ...document, productFamilies } };
    expect(dealIn(won({ lines: [line(48_000)] }, orderDay, room)).status).toBe('won');
    expect(dealIn(room.amend(ours, { amount: usd(9), lines: [line(9)], reason: 'Fewer.' }, orderDay)).status).toBe('won');
  });

  it('takes lines that add up, a discount among them', () => {
    expect(dealIn(won({ lines: [line(50_000), line(-2_000, 'backup')] })).status).toBe('won');
  });

  it('is refused of what is not there, not approved, or won already', () => {
    const room = registry();
    expect(refusalOf(room.win(ours, order, later))).toBe('not-found');
    room.submit(ours, us, submission, monday);
    expect(refusalOf(room.win(ours, order, later))).toBe('not-approved');
    room.approve(ours, monday);
    room.win(ours, order, orderDay);
    expect(refusalOf(room.win(ours, order, orderDay))).toBe('not-approved');
  });

  it('takes an order for one deal only, and only from a fulfiller that is enrolled', () => {
    const room = approved();
    room.submit(theirs, us, { ...submission, endCustomer: { name: 'Else', country: 'US', domain: 'elsewhere.example' } }, monday);
    room.approve(theirs, monday);
    expect(refusalOf(room.win(ours, { ...order, fulfilledBy: partnerId(77) }, orderDay))).toBe('fulfiller-not-enrolled');
    expect(dealIn(room.win(ours, order, orderDay)).status).toBe('won');
    expect(refusalOf(room.win(theirs, order, orderDay))).toBe('order-taken');
    expect(dealIn(room.win(theirs, { ...order, orderNumber: 'PO-2' }, orderDay)).status).toBe('won');
  });

  it('takes a fulfiller from the day on which it was enrolled', () => {
    const [room, orderedOn] = [approved(), day('2026-03-20')];
    const enrolledOn = (on: string) => room.partners.set(them, partnerAt(them, { enrollment: { enrolledOn: day(on) } }));
    enrolledOn('2026-03-21');
    expect(refusalOf(won({ orderedOn, fulfilledBy: them }, instant('2026-04-01T12:00:00Z'), room))).toBe('fulfiller-not-enrolled');
    enrolledOn('2026-03-20');
    expect(dealIn(won({ orderedOn, fulfilledBy: them }, instant('2026-04-01T12:00:00Z'), room)).status).toBe('won');
  });

  it('takes the same number of another fulfiller, whose own it is', () => {
    const room = approved();
    room.submit(theirs, them, { ...submission, endCustomer: { name: 'Else', country: 'US', domain: 'elsewhere.example' } }, monday);
    room.approve(theirs, monday);
    room.win(ours, order, orderDay);
    expect(dealIn(room.win(theirs, { ...order, fulfilledBy: them }, orderDay)).status).toBe('won');
  });

  it('keeps the line until the end of protection: a won opportunity is not free', () => {
    const room = approved();
    room.win(ours, order, orderDay);
    expect(conflictOf(room.submit(theirs, them, submission, instant('2026-03-21T12:00:00Z')))?.evidence).toHaveLength(2);
  });

  it('is reported by whoever fulfils it too, and for itself only', () => {
    const room = registry();
    room.submit(ours, us, { ...submission, route: 'distributor', fulfilledBy: them }, monday);
    room.approve(ours, monday);
    expect(refusalOf(room.win(ours, order, orderDay, them))).toBe('forbidden');
    expect(refusalOf(room.win(ours, { ...order, fulfilledBy: others }, orderDay, them))).toBe('forbidden');
    expect(dealIn(room.win(ours, { ...order, fulfilledBy: them }, orderDay, them))).toMatchObject({ status: 'won', route: 'distributor' });
  });

  it('is refused of an order dated after the day on which the partner was suspended or left, and of no earlier one', () => {
    const since = instant('2026-03-20T20:00:00Z');
    const dated = (orderedOn: string, partner = suspended(partnerAt(us), since)) => {
      const room = approved();
      room.partners.set(us, partner);
      return won({ orderedOn: day(orderedOn) }, instant('2026-04-01T12:00:00Z'), room);
    };
    const left = since.add({ hours: 72 });
    const leftSuspended = [leaving(partnerAt(us), left, { suspendedAt: since }), gone(partnerAt(us), left, { suspendedAt: since })];
    for (const stands of [suspended(partnerAt(us), since), gone(partnerAt(us), since), ...leftSuspended]) {
      expect(dealIn(dated('2026-03-20', stands)).status).toBe('won');
      expect(refusalOf(dated('2026-03-21', stands))).toBe('partner-suspended');
    }
    expect(dealIn(dated('2026-03-21', leaving(partnerAt(us), since))).status).toBe('won');
    expect(dealIn(dated('2026-03-21', partnerAt(us))).status).toBe('won');
    const room = approved();
    room.partners.set(them, suspended(partnerAt(them), since));
    const report = instant('2026-04-01T12:00:00Z');
    expect(refusalOf(won({ orderedOn: day('2026-03-21'), fulfilledBy: them }, report, room))).toBe('fulfiller-not-enrolled');
    expect(dealIn(won({ fulfilledBy: them }, report, room)).status).toBe('won');
  });
});

describe('a deal that was closed', () => {
  const closes = { openDeals: 'close' } as const;
  const closing = { ...inForce, document: { ...document, dealRegistration: { ...document.dealRegistration, suspension: closes, leaving: closes } } };
  const since = instant('2026-03-20T20:00:00Z');
  const report = instant('2026-04-01T12:00:00Z');
  const closed = (stands: typeof suspended | typeof gone, room = approved(closing)) => {
    room.partners.set(us, stands(partnerAt(us), since));
    room.close(ours, since.add({ minutes: 15 }));
    return room;
  };

  it.each([suspended, gone])('is won by an order up to the day on which its partner stood down, reinstated or not, and by no later one', (stands) => {
    for (const reinstated of [false, true]) {
      const room = closed(stands);
      if (reinstated) room.partners.set(us, partnerAt(us));
      expect(refusalOf(room.win(ours, { ...order, orderedOn: day('2026-03-21') }, report))).toBe('outside-protection');
      expect(dealIn(room.win(ours, order, report))).toMatchObject({ status: 'won', order, offer: { tier: 'authorized' } });
    }
  });

  it('is won without a place in line: whoever came next stays first', () => {
    const room = closed(suspended);
    room.submit(theirs, them, submission, report);
    room.approve(theirs, report);
    expect(dealIn(room.win(ours, order, report)).status).toBe('won');
    for (const claim of room.linesOf(theirs)) expect(claim.line.map(({ id }) => id)).toEqual([theirs]);
  });

  it('before it was approved is never won', () => {
    const room = registry(closing);
    room.submit(ours, us, submission, monday);
    closed(suspended, room);
    expect(refusalOf(room.win(ours, order, report))).toBe('not-approved');
  });
});

describe('the account team’s credit', () => {
  const share = rate('0.333333333333');
  const thirds = { ...inForce, document: { ...document, dealRegistration: { ...document.dealRegistration, accountTeamCredit: share } } };
  const creditOf = (answer: Answer) => {
    const deal = dealIn(answer);
    return 'order' in deal ? deal.accountTeamCredit?.amount : undefined;
  };
  const changeIn = (answer: Answer) => {
    if ('refused' in answer) throw new Error(answer.refused);
    return answer.events.flatMap((event) => (event.type === 'AccountTeamCredited' ? [event.data.credit.amount] : []));
  };

  it('is a share of the committed total contract value, or of the amount where nothing is said', () => {
    expect(creditOf(won({ committedTcv: usd(300_000) }, orderDay, approved(thirds)))).toEqual(usd(100_000));
    expect(creditOf(won({}, orderDay, approved(thirds)))).toEqual(usd(16_000));
  });

  it('is corrected by the difference at the rate of that day, and is nothing once the order is cancelled', () => {
    const room = approved(thirds);
    const terms: OrderAmendment = { amount: money(1_000_001n, 'USD'), committedTcv: money(9_999_998n, 'USD'), reason: 'Fewer seats.' };
    won({ committedTcv: usd(300_000) }, orderDay, room);
    room.world.program = { ...inForce, versionId: versionId(2) };
    const amended = room.amend(ours, terms, orderDay);
    expect(changeIn(amended)).toEqual([money(-6_666_667n, 'USD')]); // 33,333.33 of 99,999.98 instead of 100,000.00
    expect(dealIn(amended)).toMatchObject({ accountTeamCredit: { amount: money(3_333_333n, 'USD'), share, versionId: versionId(1) } });
    const cancelled = room.cancel(ours, orderDay);
    expect(changeIn(cancelled)).toEqual([negate(money(3_333_333n, 'USD'))]);
    expect(creditOf(cancelled)).toEqual(money(0n, 'USD'));
  });

  it('says nothing where an amendment changes none of it', () => {
    const room = approved();
    won({}, orderDay, room);
    expect(changeIn(room.amend(ours, { amount: order.amount, termMonths: 12, reason: 'The term was missing.' }, orderDay))).toEqual([]);
  });
});

describe('an order is amended', () => {
  const wonRoom = () => {
    const room = approved();
    won({ lines: [{ productFamily: 'storage', quantity: quantity('1'), amount: usd(48_000) }], termMonths: 36 }, orderDay, room);
    return room;
  };

  it('to new terms, whole, with what it was before; number, day and fulfiller stay', () => {
    const { orderNumber, orderedOn, fulfilledBy } = order;
    const after = { orderNumber, orderedOn, fulfilledBy, amount: usd(40_000) };
    const room = wonRoom();
    const { order: before } = dealIn(room.expire(ours, orderDay)) as { order?: Order };
    const answer = room.amend(ours, { amount: usd(40_000), reason: 'Fewer arrays.' }, orderDay);
    expect(answer).toMatchObject({ events: [{ type: 'OrderAmended', data: { before, after, reason: 'Fewer arrays.', by: 'billing' } }, {}] });
    expect((dealIn(answer) as { order?: Order }).order).toEqual(after);
  });

  it('or cancelled, which frees the opportunity and not the number', () => {
    const room = wonRoom();
    room.submit(theirs, them, submission, orderDay);
    expect(dealIn(room.cancel(ours, orderDay))).toMatchObject({ status: 'cancelled', cancelledAt: orderDay, reason: 'Budget cut.' });
    expect(dealIn(room.approve(theirs, orderDay)).status).toBe('approved');
    expect(refusalOf(room.win(theirs, order, orderDay))).toBe('order-taken');
  });

  it('is refused of a deal that is not won, and of terms that no order may have', () => {
    const room = approved();
    const terms = { amount: usd(40_000), reason: 'Fewer arrays.' };
    expect(refusalOf(room.amend(ours, terms, orderDay))).toBe('not-won');
    expect(refusalOf(room.cancel(ours, orderDay))).toBe('not-won');
    won({}, orderDay, room);
    expect(refusalOf(room.amend(ours, { ...terms, amount: money(1n, 'EUR') }, orderDay))).toBe('other-currency');
    room.cancel(ours, orderDay);
    expect(refusalOf(room.cancel(ours, orderDay))).toBe('not-won');
    expect(refusalOf(room.amend(ours, terms, orderDay))).toBe('not-won');
  });
});

describe('an influence credit', () => {
  const wonRoom = () => {
    const room = approved();
    won({}, orderDay, room);
    return room;
  };

  it('is given to another partner, once per sales play, and names the play’s place', () => {
    const room = wonRoom();
    expect(dealIn(room.influence(ours, them, 'ransomware-recovery', orderDay)).influences).toEqual([
      {
        ...{ partnerId: them, salesPlay: 'ransomware-recovery', versionId: versionId(1), rule: '/salesPlays/0' },
        ...{ reason: 'Ran the workshop.', creditedBy: 'manager', creditedAt: orderDay },
      },
    ]);
    expect(refusalOf(room.influence(ours, them, 'ransomware-recovery', orderDay))).toBe('already-credited');
    expect(dealIn(room.influence(ours, others, 'ransomware-recovery', orderDay)).influences).toHaveLength(2);
  });

  it('is reversed with the order, each by an event of its own', () => {
    const room = wonRoom();
    for (const helper of [them, others]) room.influence(ours, helper, 'ransomware-recovery', orderDay);
    const cancelled = room.cancel(ours, orderDay);
    const reversal = (partner: typeof them) => ({
      type: 'InfluenceReversed',
      at: orderDay,
      data: { credit: { partnerId: partner, salesPlay: 'ransomware-recovery' }, reason: 'Budget cut.', by: 'billing' },
    });
    expect(cancelled).toMatchObject({ events: [{}, {}, reversal(them), reversal(others)] });
    expect(dealIn(cancelled)).not.toHaveProperty('influences');
  });

  it.each([
    ['own-deal', us, 'ransomware-recovery'],
    ['not-enrolled', partnerId(77), 'ransomware-recovery'],
    ['unknown-sales-play', them, 'cold-calling'],
  ] as const)('is refused as %s', (reason, partner, play) => {
    expect(refusalOf(wonRoom().influence(ours, partner, play, orderDay))).toBe(reason);
  });

  it('is refused to a partner that was suspended or had left before the day of the order, and to none that was so later', () => {
    for (const stands of [suspended, gone]) {
      const room = wonRoom();
      room.partners.set(them, stands(partnerAt(them), orderDay.subtract({ hours: 24 })));
      expect(refusalOf(room.influence(ours, them, 'ransomware-recovery', orderDay))).toBe('partner-suspended');
      room.partners.set(them, stands(partnerAt(them), orderDay));
      expect(dealIn(room.influence(ours, them, 'ransomware-recovery', orderDay)).influences).toHaveLength(1);
    }
  });

  it('is refused to a partner that enrolled after the day of the order, and to none that did on it', () => {
    const room = wonRoom();
    const enrolledOn = (on: typeof lastDay) => room.partners.set(them, partnerAt(them, { enrollment: { enrolledOn: on } }));
    enrolledOn(addDays(order.orderedOn, 1));
    expect(refusalOf(room.influence(ours, them, 'ransomware-recovery', orderDay.add({ hours: 48 })))).toBe('not-enrolled');
    enrolledOn(order.orderedOn);
    expect(dealIn(room.influence(ours, them, 'ransomware-recovery', orderDay.add({ hours: 48 }))).influences).toHaveLength(1);
  });

  it('is refused of a deal that is not won', () => {
    expect(refusalOf(approved().influence(ours, them, 'ransomware-recovery', orderDay))).toBe('not-won');
  });
});
