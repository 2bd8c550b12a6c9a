import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accept, type Cause, Contended, type Decision, handle, type Precedent, refuse, type Store, type Stored, was } from './decider.ts';

/** A counter that may reach ten: the smallest thing that can be contended for, refused and told apart. */
interface Counter {
  readonly count: number;
  readonly by: string;
}
interface Added {
  readonly by: string;
}
const none: Counter = { count: 0, by: 'nobody' };
const evolve = (state: Counter, { by }: Added): Counter => ({ count: state.count + 1, by });
const TEN = 10;
const add =
  (by: string) =>
  (state: Counter): Decision<Added, 'full'> =>
    state.count >= TEN ? refuse('full', `It stands at ${state.count}.`) : accept([{ by }]);

interface Row {
  readonly causeId: string;
  readonly hash: string;
  readonly events: readonly Added[];
}
/** The port in memory: one partition's commits, every call at the pace that `pace` sets. */
const memory = (pace: <T>(label: string, act: () => T) => Promise<T> = async (_, act) => act()) => {
  const commits: Row[] = [];
  const calls: string[] = [];
  const at = (version: number): Stored<Counter> => ({
    state: commits
      .slice(0, version)
      .flatMap(({ events }) => events)
      .reduce(evolve, none),
    version,
  });
  const called = <T>(label: string, act: () => T): Promise<T> => {
    calls.push(label);
    return pace(label, act);
  };
  const store: Store<Counter, Added> = {
    none: () => none,
    sees: ({ principal }, state) => state.by === principal,
    load: () => called('load', () => at(commits.length)),
    loadAt: (_, version) => called('loadAt', () => at(version)),
    precedent: (_, cause) =>
      called('precedent', (): Precedent | undefined => {
        const found = commits.findIndex(({ causeId }) => causeId === cause.id);
        return found === -1 ? undefined : { hash: commits[found]?.hash ?? '', version: found + 1 };
      }),
    commit: ({ from, decided: { events }, cause }) =>
      called('commit', () => {
        if (from.version !== commits.length || commits.some(({ causeId }) => causeId === cause.id)) return undefined;
        commits.push({ causeId: cause.id, hash: cause.hash, events });
        return at(commits.length);
      }),
  };
  return { store, commits, calls };
};

const causeOf = (id: string, more: Partial<Cause> = {}): Cause => ({
  id,
  hash: `hash of ${id}`,
  by: {},
  recordedAt: '2026-03-02T15:00:00.000Z',
  forgettable: true,
  timeLeft: () => 60_000,
  ...more,
});
const facts = async () => undefined;
const adding = ({ store }: ReturnType<typeof memory>, cause: Cause, by = 'ann') => handle(store, { id: 'c', cause, facts, decide: add(by) });

describe('handle', () => {
  it('costs one read and one write where all goes well', async () => {
    const room = memory();
    expect(await adding(room, causeOf('1'))).toEqual({ state: { count: 1, by: 'ann' }, version: 1 });
    expect(room.calls).toEqual(['load', 'commit']);
  });

  it('answers the same cause as it was answered then, whatever came after', async () => {
    const room = memory();
    const first = await adding(room, causeOf('1'));
    await adding(room, causeOf('2'), 'bob');
    expect(await adding(room, causeOf('1'))).toEqual(first);
    expect(room.commits).toHaveLength(2);
  });

  it('answers the same cause as then even where it would be refused by now', async () => {
    const room = memory();
    const answers = [];
    for (let n = 1; n <= TEN; n++) answers.push(await adding(room, causeOf(String(n))));
    expect(await adding(room, causeOf('11'))).toEqual({ refused: 'full', because: 'It stands at 10.' });
    expect(await adding(room, causeOf('10'))).toEqual(answers.at(-1));
  });

  it('does not record a refusal: the same cause may be accepted later', async () => {
    const room = memory();
    const cause = causeOf('1');
    const no = await handle(room.store, { id: 'c', cause, facts, decide: (): Decision<Added, 'not-yet'> => refuse('not-yet') });
    expect(no).toEqual({ refused: 'not-yet' });
    expect(await adding(room, cause)).toMatchObject({ version: 1 });
  });

  it('refuses a key that was used for another request, whether that would be accepted or not', async () => {
    const room = memory();
    await adding(room, causeOf('1'));
    expect(await adding(room, causeOf('1', { hash: 'another' }))).toEqual({ refused: 'key-reused' });
    for (let n = 2; n <= TEN; n++) await adding(room, causeOf(String(n)));
    expect(await adding(room, causeOf('1', { hash: 'another' }))).toEqual({ refused: 'key-reused' });
  });

  it('refuses a stale version, and decides on the one that was seen last', async () => {
    const room = memory();
    await adding(room, causeOf('1'));
    expect(await adding(room, causeOf('2', { ifMatch: 7 }))).toEqual({ refused: 'stale' });
    expect(await adding(room, causeOf('2', { ifMatch: 1 }))).toMatchObject({ version: 2 });
  });

  it('says that the version is stale before what else there is to refuse; of what is not there no version was seen', async () => {
    const room = memory();
    const facts = async () => {};
    const refused = (ifMatch: number) => handle(room.store, { id: 'c', cause: causeOf('2', { ifMatch }), facts, decide: () => refuse('not-yet') });
    expect(await refused(7)).toEqual({ refused: 'not-yet' });
    await adding(room, causeOf('1'));
    expect(await refused(7)).toEqual({ refused: 'stale' });
    expect(await refused(1)).toEqual({ refused: 'not-yet' });
  });

  it('checks the key before the version: a retry carries a version that its own first try made stale', async () => {
    const room = memory();
    await adding(room, causeOf('1'));
    const first = await adding(room, causeOf('2', { ifMatch: 1 }));
    expect(await adding(room, causeOf('2', { ifMatch: 1 }))).toEqual(first);
    expect(await adding(room, causeOf('2', { ifMatch: 1, hash: 'another' }))).toEqual({ refused: 'key-reused' });
  });

  it('commits nothing where nothing was decided', async () => {
    const room = memory();
    await adding(room, causeOf('1'));
    expect(await handle(room.store, { id: 'c', cause: causeOf('2'), facts, decide: () => accept<Added>([]) })).toMatchObject({ version: 1 });
    expect(room.commits).toHaveLength(1);
  });

  describe('to a viewer who does not see it', () => {
    const viewer = { principal: 'bob', sees: 'own' } as const;
    const seenIn = async (room: ReturnType<typeof memory>, decide: (state: Counter) => Decision<Added, 'absent'>, more: Partial<Cause> = {}) => {
      const seen: Counter[] = [];
      const spy = (state: Counter) => {
        seen.push(state);
        return decide(state);
      };
      const answer = await handle(room.store, { id: 'c', cause: causeOf('2', { viewer, ...more }), facts, decide: spy });
      return { answer, seen };
    };

    it('it is as if it were not there, whatever version or key comes with it', async () => {
      const room = memory();
      await adding(room, causeOf('1'));
      for (const more of [{}, { ifMatch: 7 }, { id: '1' }, { id: '1', hash: 'another' }])
        expect(await seenIn(room, () => refuse('absent'), more)).toEqual({ answer: { refused: 'absent' }, seen: [none] });
      expect(room.calls).not.toContain('precedent');
    });

    it('nothing is written over it, and nothing of it is answered', async () => {
      const room = memory();
      await adding(room, causeOf('1'));
      for (const events of [[{ by: 'bob' }], []]) expect((await seenIn(room, () => accept<Added>(events))).answer).toEqual({ refused: 'key-reused' });
      expect(room.commits).toHaveLength(1);
    });

    it('and what is not there yet can be begun', async () => {
      expect((await seenIn(memory(), () => accept([{ by: 'bob' }]))).answer).toMatchObject({ version: 1 });
    });
  });

  it('reads the facts anew at each attempt', async () => {
    const room = memory();
    let known = 0;
    const decide = (_: Counter, fact: number): Decision<Added, 'old'> => {
      if (fact === 1)
        void room.store.commit({ id: 'c', from: { state: none, version: 0 }, decided: accept([{ by: 'bob' }]), cause: causeOf('other') });
      return accept([{ by: String(fact) }]);
    };
    expect(await handle(room.store, { id: 'c', cause: causeOf('1'), facts: async () => ++known, decide })).toEqual({
      state: { count: 2, by: '2' },
      version: 2,
    });
  });

  it('reads facts that follow from the state after it, the others beside it, and costs no second read', async () => {
    const room = memory();
    await adding(room, causeOf('1'));
    const decide = (_: Counter, by: string) => accept([{ by }]);
    const after = await handle(room.store, { id: 'c', cause: causeOf('2'), facts: async (state) => `after ${(await state).by}`, decide });
    expect(after).toMatchObject({ state: { by: 'after ann' } });
    expect(room.calls).toEqual(['load', 'commit', 'load', 'commit']);
  });

  it('refuses by a state that stood while the facts were read, never by one of before and the other of after', async () => {
    const room = memory();
    await adding(room, causeOf('1'));
    let between = true;
    const facts = async (state: Promise<Counter>) => {
      await state;
      if (between) await room.store.commit({ id: 'c', from: { state: none, version: 1 }, decided: accept([{ by: 'bob' }]), cause: causeOf('2') });
      between = false;
      return room.commits.length;
    };
    const decide = ({ count }: Counter, length: number): Decision<Added, 'torn' | 'whole'> => refuse(count === length ? 'whole' : 'torn');
    expect(await handle(room.store, { id: 'c', cause: causeOf('3'), facts, decide })).toEqual({ refused: 'whole' });
  });

  it('promises facts no more of the state than the caller sees', async () => {
    const room = memory();
    await adding(room, causeOf('1'));
    const cause = causeOf('2', { viewer: { principal: 'bob', sees: 'own' } });
    const decide = (_: Counter, by: string): Decision<Added, 'seen'> => refuse('seen', by);
    expect(await handle(room.store, { id: 'c', cause, facts: async (state) => (await state).by, decide })).toMatchObject({ because: 'nobody' });
  });

  it('gives up in time where others keep coming in between, and has decided nothing', async () => {
    const room = memory();
    const store = { ...room.store, commit: async () => undefined };
    let left = 3;
    const contending = handle(store, { id: 'c', cause: causeOf('1', { timeLeft: () => (left-- > 0 ? 1_000 : 0) }), facts, decide: add('ann') });
    await expect(contending).rejects.toThrow(Contended);
    expect(room.commits).toEqual([]);
    expect(room.calls.filter((call) => call === 'load').length).toBe(4);
  });

  it('lets what the store throws through', async () => {
    const store = { ...memory().store, load: () => Promise.reject(new Error('no table')) };
    await expect(handle(store, { id: 'c', cause: causeOf('1'), facts, decide: add('ann') })).rejects.toThrow('no table');
  });
});

describe('in every order in which racing requests can be served', () => {
  it('each cause is committed once, none beyond what the rule allows, and each is answered its own version', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 14 }), async (scheduler, ids) => {
        const room = memory((label, act) => scheduler.schedule(Promise.resolve(), label).then(act));
        const all = Promise.all(ids.map((id) => adding(room, causeOf(String(id)))));
        const answers = await scheduler.waitFor(all);
        const kinds = new Set(ids);
        expect(room.commits.length).toBe(Math.min(kinds.size, TEN));
        expect(new Set(room.commits.map(({ causeId }) => causeId)).size).toBe(room.commits.length);
        for (const [n, answer] of answers.entries()) {
          const place = room.commits.findIndex(({ causeId }) => causeId === String(ids[n]));
          expect(answer).toMatchObject(place === -1 ? { refused: 'full' } : { version: place + 1, state: { count: place + 1 } });
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

it('a state is narrowed to the statuses that an event can follow, and any other is a fault', () => {
  const state: { status: 'on'; since: number } | { status: 'off' } = { status: 'on', since: 3 };
  expect(was(state as typeof state | { status: 'off' }, 'TurnedOff', 'on').since).toBe(3);
  expect(() => was(state, 'TurnedOn', 'off' as never)).toThrow('TurnedOn in a state that is on');
});
