import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Script, type Step } from '../../machines/script/index.ts';
import { diffScripts } from '../../machines/script/diff.ts';
import { parseScript } from '../../machines/script/parse.ts';
import { sideBySide } from '../../server/studio/compare.ts';
import { readSegments } from '../../server/studio/findings.ts';
import { rewriteStep } from '../../server/studio/source/patch.ts';
import { joinSegments, splitSource, stepData } from '../../server/studio/source/segments.ts';
import { writeData } from '../../server/studio/source/style.ts';
import {
  callsToTell,
  compareShares,
  newcombe,
  plannedCalls,
  pValue,
  rankPValue,
  wilson,
} from '../../server/studio/learning/chance.ts';

const FOLDER = 'scripts-library/scripts';
const scriptOf = (source: string): Script => {
  const parsed = parseScript(source);
  if (!parsed.ok) throw new Error(parsed.findings[0]?.message.ru);
  return parsed.script;
};
const files = readdirSync(FOLDER).map((file) => ({ file, source: readFileSync(`${FOLDER}/${file}`, 'utf8') }));
const library = new Map(files.map(({ source }) => [scriptOf(source).id, scriptOf(source)]));
/** What a compiled script means, without the functions of its machine. */
const meaning = (script: Script): unknown => {
  const { steps, start, stages, questions, fills, road, title } = compile(script, { scripts: library });
  return structuredClone({ steps, start, stages, questions, fills, road, title });
};

describe('a script out and in again', () => {
  it.each(files)('[STU-40] $file means the same after export, import and a touch of the editor', ({ source }) => {
    const script = scriptOf(source);
    const split = splitSource(source);
    if (!split.ok) throw new Error(split.reason);
    const touched = split.segments.steps.map(({ id, text }) => {
      const step = stepData(text);
      return { id, text: rewriteStep(rewriteStep(text, { ...step, title: 'другое' }), step) };
    });
    const edited = joinSegments({ ...split.segments, steps: touched });
    const written = writeData(script);
    expect(writeData(scriptOf(written))).toBe(written);
    const meant = meaning(script);
    for (const exported of [source, edited, written]) {
      const read = splitSource(exported);
      const imported = read.ok ? readSegments(read.segments) : undefined;
      expect(imported?.ok && imported.script).toEqual(script);
      expect(meaning(scriptOf(exported))).toEqual(meant);
    }
  });
});

describe('a comparison', () => {
  const inbound = library.get('inbound') as Script;
  const changed = (id: string, change: (step: Step) => Step): Script => ({
    ...inbound,
    steps: inbound.steps.map((step) => (step.id === id ? change(step) : step)),
  });
  const words = (b: Script): string[] => diffScripts(inbound, b).map((change) => change.words.ru);

  it('[STU-41] equal scripts have no difference; a changed line is told by its step', () => {
    expect(diffScripts(inbound, structuredClone(inbound))).toEqual([]);
    expect(words(changed('greeting', (step) => ({ ...step, say: 'Здравствуйте' })))).toEqual([
      'изменён текст шага «Приветствие»',
    ]);
  });

  it('[STU-41] added, removed and moved buttons, questions and steps are told', () => {
    const [first] = inbound.steps;
    const extra: Step = { id: 'extra', kind: 'note', title: 'Памятка' };
    expect(words({ ...inbound, steps: [...inbound.steps, extra] })).toEqual(['добавлен шаг «Памятка»']);
    expect(words({ ...inbound, steps: inbound.steps.filter(({ id }) => id !== 'callback') })).toEqual([
      expect.stringMatching(/^удалён шаг «/),
    ]);
    const button = { id: 'new', label: 'Новое', to: 'answer' };
    const answer = inbound.steps.find(({ id }) => id === 'answer')?.title as { ru: string };
    expect(words(changed('greeting', (step) => ({ ...step, choices: [...(step.choices ?? []), button] })))).toEqual([
      `добавлен переход «Новое» из шага «Приветствие» в шаг «${answer.ru}»`,
    ]);
    const question = { field: 'pet', label: 'Как зовут кошку', type: 'text' as const };
    expect(
      words(changed('greeting', (step) => ({ ...step, questions: [...(step.questions ?? []), question] }))),
    ).toEqual(['добавлен вопрос «Как зовут кошку» в шаге «Приветствие»']);
    const choice = first?.choices?.[0];
    expect(
      words(
        changed(first?.id ?? '', (step) => ({
          ...step,
          choices: [
            { ...choice, id: choice?.id ?? '', label: choice?.label ?? '', to: 'answer' },
            ...(step.choices ?? []).slice(1),
          ],
        })),
      )[0],
    ).toMatch(/теперь ведёт в шаг «.+», раньше вёл в шаг «.+»/);
    expect(words({ ...inbound, steps: inbound.steps.toReversed() })).toEqual(['изменён порядок шагов']);
  });

  it('[STU-42] both texts stand beside each other, whole, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 15 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const rows = sideBySide(left, right);
        expect(rows.flatMap((row) => row.left ?? [])).toEqual(left);
        expect(rows.flatMap((row) => row.right ?? [])).toEqual(right);
        for (const row of rows) expect(row.kind === 'same').toBe(row.left === row.right);
      }),
    );
  });
});

describe('chance', () => {
  it('[STU-43] intervals and p-values agree with the published examples', () => {
    // Newcombe 1998, table II: 56/70 against 48/80, method 10 gives 0.0524 to 0.3339.
    const [low, high] = newcombe({ took: 48, calls: 80 }, { took: 56, calls: 70 });
    expect(low).toBeCloseTo(0.0524, 3);
    expect(high).toBeCloseTo(0.3339, 3);
    // Wilson 1927 for 81 of 263: 0.2553 to 0.3662 (Newcombe 1998a).
    expect(wilson({ took: 81, calls: 263 }).map((bound) => Math.round(bound * 10_000))).toEqual([2553, 3662]);
    expect(pValue({ took: 48, calls: 80 }, { took: 56, calls: 70 })).toBeCloseTo(0.0083, 3);
    expect(pValue({ took: 0, calls: 0 }, { took: 5, calls: 9 })).toBe(1);
  });

  it('[STU-44] nothing is called real that chance may have brought', () => {
    const verdict = (...[a, b, alpha]: Parameters<typeof compareShares>) => compareShares(a, b, alpha).verdict;
    expect(verdict({ took: 0, calls: 0 }, { took: 1, calls: 1 })).toBe('none');
    expect(verdict({ took: 1, calls: 4 }, { took: 4, calls: 4 })).toBe('few');
    expect(verdict({ took: 48, calls: 80 }, { took: 50, calls: 80 })).toBe('chance');
    expect(verdict({ took: 48, calls: 80 }, { took: 56, calls: 70 })).toBe('real');
    // Six things compared at once: the same difference is not enough.
    expect(verdict({ took: 48, calls: 80 }, { took: 56, calls: 70 }, 0.05 / 6)).toBe('real');
    expect(verdict({ took: 48, calls: 80 }, { took: 55, calls: 70 }, 0.05 / 6)).toBe('chance');
  });

  it('[STU-45] lengths of time are compared by their ranks, ties and all', () => {
    // Mann and Whitney's normal approximation without ties: U = 0 of 5 and 5, z = 2.611.
    expect(rankPValue([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(0.009, 3);
    // With ties: SciPy's mannwhitneyu(use_continuity=False, method='asymptotic') gives 0.129155.
    expect(rankPValue([1, 2, 2, 3], [2, 3, 3, 4])).toBeCloseTo(0.129155, 5);
    expect(rankPValue([5, 5, 5], [5, 5])).toBe(1);
    expect(rankPValue([], [1])).toBe(1);
    const long = Array.from({ length: 40 }, (_, index) => index * 1_000);
    expect(rankPValue(long, [...long.slice(0, 39), 9e9])).toBeGreaterThan(0.9);
  });

  it('[STU-46] how many calls a difference needs agrees with the published tables', () => {
    // power.prop.test of R: 391.4 and 198.96 in each group for a power of 0.8 at 5 %.
    expect(callsToTell(0.45, 0.55, 0.05)).toBe(392);
    expect(callsToTell(0.1, 0.2, 0.05)).toBe(199);
    expect(callsToTell(0.2, 0.1, 0.05)).toBe(199);
    expect(callsToTell(0.3, 0.3, 0.05)).toBe(Infinity);
    // The more is compared at once, the more calls it takes.
    expect(plannedCalls(0.05)).toBe(392);
    expect(plannedCalls(0.05 / 6)).toBeGreaterThan(590);
  });
});
