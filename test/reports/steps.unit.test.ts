import { describe, expect, it } from 'vitest';
import type { CallHistoryDocument } from '../../server/reports/callHistory.ts';
import { readSteps } from '../../server/reports/stepReader.ts';
import type { Collection } from '../../server/storage/port.ts';
import { callDocument } from './support.ts';

const SECOND = 1_000;
type Visit = readonly [step: string, atSecond: number, via?: 'back'];
const call = (visits: readonly Visit[], unanswered: readonly string[] = []): CallHistoryDocument =>
  callDocument(
    'main/1',
    {},
    {
      scripts: [
        {
          ...{ scriptId: 'greeting', version: 1, openedAt: 0 },
          state: {
            step: visits.at(-1)?.[0],
            path: visits.map(([step, at, via = 'choice']) => ({ step, at: at * SECOND, via })),
          },
        },
      ],
      unanswered: unanswered.map((stepId) => ({ stepId, said: 'про лагерь', at: 0 })),
    },
  );
const history = (documents: readonly CallHistoryDocument[]) =>
  ({
    find: () => Promise.resolve({ items: documents.map((document, n) => ({ id: String(n), document })) }),
  }) as unknown as Collection<CallHistoryDocument>;

describe('figures of steps by hand', () => {
  it('[FIG-11] hello 10 s, 20 s and after a step back 30 s are 20 s at the mean; the last step has no time yet', async () => {
    const calls = [
      call([
        ['hello', 0],
        ['question', 10],
      ]),
      call(
        [
          ['hello', 0],
          ['question', 20],
          ['hello', 25, 'back'],
          ['answer', 55],
        ],
        ['question', 'question'],
      ),
    ];
    const { steps, whole } = await readSteps(history(calls), { from: 0, to: 1 }, (_script, _version, step) => step);
    const of = (step: string) => steps.find((each) => each.step === step);
    expect(of('hello')).toMatchObject({ visits: 3, meanMs: 20 * SECOND, endedHere: 0, back: 0, unanswered: 0 });
    expect(of('question')).toMatchObject({ visits: 2, meanMs: 5 * SECOND, endedHere: 1, back: 1, unanswered: 2 });
    expect(of('answer')).toEqual({
      ...{ scriptId: 'greeting', step: 'answer', title: 'answer', visits: 1 },
      ...{ endedHere: 1, back: 0, unanswered: 0 },
    });
    expect(whole).toBe(true);
  });
});
