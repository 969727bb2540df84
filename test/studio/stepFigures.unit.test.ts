import { describe, expect, it } from 'vitest';
import { StepCounter, type ClosedCall } from '../../server/studio/learning/stepFigures.ts';

interface Told {
  readonly path: readonly (readonly [step: string, at: number, via: string])[];
  readonly endedAt: number;
  readonly satisfied?: boolean | null;
  readonly unanswered?: readonly { stepId: string; at: number; said: string }[];
  readonly calledAgain?: boolean;
}
/** A closed call on the script `main`; only what the counter reads. */
const closed = ({ path, endedAt, satisfied = null, unanswered = [], calledAgain = false }: Told): ClosedCall => ({
  calledAgain,
  call: {
    record: { ended: { at: endedAt, by: 'client' } },
    scripts: [
      {
        scriptId: 'main',
        version: 4,
        openedAt: 0,
        state: { path: path.map(([step, at, via]) => ({ step, at, via })) },
      },
    ],
    facts: { endedAt, satisfied },
    wrapUp: { satisfied },
    unanswered,
  } as never,
});
const figuresOf = (scriptId: string, told: Told, versionThere = 4) => {
  const counter = new StepCounter(scriptId);
  const call = closed(told);
  counter.add(call, new Map(call.call.scripts.map((script) => [script, versionThere])));
  return counter.result();
};
const TALK: Told = {
  path: [
    ['greeting', 0, 'start'],
    ['topic/need', 5_000, 'known'],
    ['topic/told', 15_000, 'explain'],
    ['farewell', 40_000, 'enough'],
  ],
  endedAt: 45_000,
};

describe('figures of steps', () => {
  it('[LEARN-01] a sub-script is told of the calls that came to it from the scripts that call it', () => {
    const unanswered = [{ stepId: 'topic/need', at: 9_000, said: 'а музей?' }];
    const { steps, calls, versions } = figuresOf('topic', { ...TALK, unanswered }, 2);
    expect({ calls, versions }).toEqual({ calls: 1, versions: [{ version: 2, calls: 1 }] });
    expect(steps.map(({ stepId, medianMs, choices, exits }) => [stepId, medianMs, choices, exits])).toEqual([
      ['need', 10_000, { explain: 1 }, 0],
      ['told', 25_000, { enough: 1 }, 0],
    ]);
    expect(steps[0]?.unanswered).toBe(1);
    expect(figuresOf('other', TALK)).toMatchObject({ calls: 0, steps: [] });
  });

  it('[LEARN-02] repeat calls are those of clients who called again afterwards', () => {
    const repeats = (calledAgain: boolean) =>
      figuresOf('main', { ...TALK, calledAgain }).steps.map((step) => step.repeats);
    expect(repeats(true)).toEqual([1, 1, 1, 1]);
    expect(repeats(false)).toEqual([0, 0, 0, 0]);
  });

  it('[LEARN-03] a hang-up belongs to the step on which the client was, also when the script notes it', () => {
    const noted: Told = { ...TALK, path: [...TALK.path.slice(0, 2), ['hungUp', 20_000, 'fact:clientHungUp']] };
    const hungUp = (told: Told) =>
      figuresOf('main', told)
        .steps.filter(({ hangUps }) => hangUps > 0)
        .map(({ stepId, exits }) => [stepId, exits]);
    expect(hungUp(noted)).toEqual([['topic/need', 1]]);
    expect(hungUp({ ...TALK, path: TALK.path.slice(0, 3) })).toEqual([['topic/told', 1]]);
    expect(hungUp({ ...TALK, satisfied: true })).toEqual([]);
  });
});
