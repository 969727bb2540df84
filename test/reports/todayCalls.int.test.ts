import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorId } from '../../machines/vocabulary/index.ts';
import { callHistorySpec, type CallHistoryDocument } from '../../server/reports/callHistory.ts';
import { TodayCalls } from '../../server/reports/todayCalls.ts';
import type { Collection } from '../../server/storage/port.ts';
import { counted, NO_COUNTS } from '../../server/supervision/queueStats.ts';
import { Unanswered } from '../../server/studio/learning/unanswered.ts';
import { FakeClock, FAKE_START } from '../support/fakeClock.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';
import { callDocument } from './support.ts';

const MIDNIGHT = FAKE_START - 9 * 3_600_000;
const LIMITS = {
  general: { serviceLevelMs: 20_000, shortAbandonMs: 5_000 },
  schools: { serviceLevelMs: 10_000, shortAbandonMs: 3_000 },
} as const;
const limitsOf = (queue: string) => LIMITS[queue as keyof typeof LIMITS];

describe('today, after a start', () => {
  let temp: TempStorage;
  let history: Collection<CallHistoryDocument>;
  const clock = new FakeClock();
  const today = (): TodayCalls => new TodayCalls(clock, () => MIDNIGHT);
  beforeEach(async () => {
    temp = await tempStorage(clock);
    history = await temp.storage.collection(callHistorySpec);
  });
  afterEach(() => temp.remove());

  it('[SUP-77] what the storage adds up is what was counted call by call, limits and all', async () => {
    const random = seededRandom(5);
    const live = today();
    const calls = Array.from({ length: 300 }, (_, index) => {
      const answered = random() > 0.3;
      const queue = [null, 'general', 'schools'][index % 3] ?? null;
      return {
        id: `main/${index}`,
        document: callDocument(`main/${index}`, {
          // The first fifty are of yesterday.
          startedAt: MIDNIGHT + (index < 50 ? -60_000 : 1_000) + index,
          queue,
          answered,
          abandoned: !answered && queue !== null,
          operatorId: answered ? `operator-${index % 4}` : null,
          // Also waits of exactly the limits.
          queueWaitMs: Math.floor(random() * 6) * 5_000,
          talkMs: answered ? Math.floor(random() * 90_000) : 0,
          wrapUpMs: answered ? 5_000 : 0,
        }),
      };
    });
    await history.putAll(calls);
    for (const { id, document } of calls) live.add(id, document);
    const again = today();
    await again.load(history);
    for (const id of ['operator-0', 'operator-3'] as OperatorId[]) {
      expect(again.sums(id)).toEqual(live.sums(id));
      expect(again.of(id)).toEqual(live.of(id));
      expect(again.of(id).length).toBe(Math.min(50, live.sums(id).handled));
    }
    const sums = await again.byQueue(history, limitsOf);
    expect([...sums.keys()].sort()).toEqual(['general', 'schools']);
    for (const [queue, found] of sums) {
      const ofQueue = calls.filter(({ document: { facts } }) => facts.queue === queue && facts.startedAt >= MIDNIGHT);
      const byHand = ofQueue.reduce((all, { document }) => counted(all, document.facts, limitsOf(queue)), NO_COUNTS);
      expect({ ...found, answered: found.queueAnswered }).toMatchObject(byHand);
    }
  });

  it('[SUP-77] a call that was handed on stands in the list of everybody who talked, with his own part of it', async () => {
    const startedAt = MIDNIGHT + 1_000;
    const at = (seconds: number): number => startedAt + seconds * 1_000;
    const given = { startedAt, operatorId: 'last', answered: true, talkMs: 100_000, disposition: 'answered' };
    const call = callDocument('main/1', { ...given, transferCount: 1 });
    const segments = [
      { device: 'PJSIP/101', operatorId: 'first', answeredAt: at(0), leftAt: at(40) },
      { device: 'PJSIP/102', operatorId: 'missed', offeredAt: at(40), leftAt: at(45), missed: 'noAnswer' },
      { device: 'PJSIP/103', operatorId: 'last', answeredAt: at(45), leftAt: at(120) },
    ];
    const transfers = [{ at: at(40), kind: 'blind', fromOperatorId: 'first', target: { number: '103' } }];
    const holds = [{ operatorId: 'first', heldAt: at(10), endedAt: at(25) }];
    const document = { ...call, record: { ...call.record, segments, transfers, holds } } as never;
    await history.putAll([{ id: 'main/1', document }]);
    const live = today();
    live.add('main/1', document);
    const again = today();
    await again.load(history);
    for (const list of [live, again]) {
      expect(list.of('first' as OperatorId)).toMatchObject([{ callId: 'main/1', talkMs: 25_000, handedTo: '103' }]);
      expect(list.of('first' as OperatorId)[0]).not.toHaveProperty('disposition');
      expect(list.of('last' as OperatorId)).toMatchObject([{ talkMs: 75_000, disposition: 'answered' }]);
      expect(list.of('missed' as OperatorId)).toEqual([]);
      // The board says of each what his own panel says.
      expect(list.sums('first' as OperatorId)).toEqual({ handled: 1, talkMs: 25_000 });
      expect(list.sums('last' as OperatorId)).toEqual({ handled: 1, talkMs: 75_000 });
      expect(list.sums('missed' as OperatorId)).toEqual({ handled: 0, talkMs: 0 });
    }
  });

  it('[STU-90] the inbox catches up on calls with something for it, however long it was empty, and reads no others', async () => {
    const said = { stepId: 'answer', said: 'про лагерь', at: MIDNIGHT - 90 * 86_400_000 };
    const script = { scriptId: 'inbound', version: 1, openedAt: 0, state: {} };
    await history.putAll([
      ...Array.from({ length: 20 }, (_, index) => ({ id: `old/${index}`, document: callDocument(`old/${index}`, {}) })),
      { id: 'lost', document: callDocument('lost', { startedAt: said.at }, { scripts: [script], unanswered: [said] }) },
    ]);
    const read: string[] = [];
    const watched: Collection<CallHistoryDocument> = {
      ...history,
      find: async (query) => {
        const page = await history.find(query);
        read.push(...page.items.map(({ id }) => id));
        return page;
      },
    };
    const inbox = await Unanswered.open(temp.storage, watched);
    await inbox.catchUp(clock.now());
    expect(read).toEqual(['lost']);
    expect(await inbox.list({ state: 'open' })).toMatchObject([{ said: 'про лагерь', callId: 'lost' }]);
  });
});
