import { createMachine } from 'xstate';
import { exampleKnown } from '../../machines/script/example.ts';
import { compile, start, step, view } from '../../machines/script/index.ts';
import type { Script, Step } from '../../machines/script/index.ts';

/** One line of the bench: compiling a script, taking a step, drawing the view. Times in milliseconds. */
export interface CompileFigures {
  readonly steps: number;
  readonly choices: number;
  readonly runs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  /** What the issue allows at most. */
  readonly budgetMs: 5;
  readonly withinBudget: boolean;
  /** XState alone making a machine of as many states and transitions, without conditions, texts and checks. */
  readonly baseline: { readonly what: string; readonly medianMs: number; readonly p99Ms: number };
  readonly takeStep: { readonly medianMs: number; readonly p99Ms: number };
  readonly drawView: { readonly medianMs: number; readonly p99Ms: number };
}

/** A script as long as the longest that a centre would write: every kind of block on every third step. */
export function longScript(howMany: number): Script {
  const steps = Array.from({ length: howMany }, (_, index): Step => {
    const to = (ahead: number): string => `step-${(index + ahead) % howMany}`;
    return {
      id: `step-${index}`,
      kind: 'answer',
      title: { ru: `Шаг ${index}`, en: `Step ${index}` },
      say: [
        '[{client.name}, ]подскажите, пожалуйста, в каком районе вы живёте?',
        { text: '{greeting}!', dayPart: ['morning'] },
      ],
      hints: 'Дайте договорить.',
      ...(index % 3 === 0
        ? { questions: [{ field: `field-${index}`, label: 'Район', type: 'text' as const, required: true }] }
        : {}),
      choices: [
        { id: 'on', label: 'Понятно', to: to(1) },
        { id: 'skip', label: 'Пропустить', declined: true, to: to(2) },
        { id: 'far', label: 'Далеко', to: to(17), when: { known: 'transfers.left', gt: 0 }, whyNot: 'Переводов нет' },
      ],
      ...(index % 5 === 0 ? { on: { resumed: to(3) } } : {}),
    };
  });
  const on = { clientHungUp: 'step-0', held: { call: { step: 'step-1' } }, operatorChanged: 'step-0' };
  return { formatVersion: 1, id: 'long', title: 'Длинный', languages: ['ru', 'en'], start: 'step-0', on, steps };
}

const plainMachine = (howMany: number): unknown =>
  createMachine({
    id: 'plain',
    initial: 'step-0',
    states: Object.fromEntries(
      Array.from({ length: howMany }, (_, index) => [
        `step-${index}`,
        {
          on: {
            'choose.on': `step-${(index + 1) % howMany}`,
            'choose.skip': `step-${(index + 2) % howMany}`,
            'choose.far': `step-${(index + 17) % howMany}`,
          },
        },
      ]),
    ),
  });

/** Measures after a warm-up, as the server is warm when it publishes. `now` gives milliseconds. */
export function compileBench(options: { steps?: number; runs?: number; now?: () => number } = {}): CompileFigures {
  const now = options.now ?? (() => performance.now());
  const steps = options.steps ?? 200;
  const runs = options.runs ?? 300;
  const script = longScript(steps);
  const measure = (work: () => unknown): { medianMs: number; p99Ms: number; worstMs: number } => {
    const times: number[] = [];
    for (let run = 0; run < runs + 30; run += 1) {
      const from = now();
      work();
      if (run >= 30) times.push(now() - from);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    return { medianMs: at(0.5), p99Ms: at(0.99), worstMs: at(1) };
  };
  const compiling = measure(() => compile(script));
  const { worstMs: _, ...baseline } = measure(() => plainMachine(steps));
  const compiled = compile(script);
  const known = exampleKnown();
  let { state } = start(compiled, known, known.now);
  const event = { type: 'choose', choiceId: 'skip', at: known.now } as const;
  const { worstMs: _step, ...takeStep } = measure(() => ({ state } = step(compiled, state, event, known)));
  const { worstMs: _view, ...drawView } = measure(() => view(compiled, state, known));
  return {
    steps,
    choices: steps * 3,
    runs,
    ...compiling,
    budgetMs: 5,
    withinBudget: compiling.medianMs < 5,
    baseline: { what: 'XState alone, states and transitions only', ...baseline },
    takeStep,
    drawView,
  };
}
