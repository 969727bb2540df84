import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addedStep, rewriteHead, rewriteStep } from '../../server/studio/source/patch.ts';
import { headData, joinSegments, scriptData, splitSource, stepData } from '../../server/studio/source/segments.ts';
import type { Segments } from '../../server/studio/source/segments.ts';

const FOLDER = 'scripts-library/scripts';
const sources = readdirSync(FOLDER).map((file) => [file, readFileSync(`${FOLDER}/${file}`, 'utf8')] as const);
const cut = (source: string): Segments => {
  const split = splitSource(source);
  if (!split.ok) throw new Error(split.reason);
  return split.segments;
};
const comments = (text: string): number => text.split('\n').filter((line) => /^\s*#|\s#/.test(line)).length;

describe('the text of a script in pieces', () => {
  it.each(sources)('[STU-01] %s is cut by steps and joined to the letter', (_, source) => {
    const segments = cut(source);
    expect(joinSegments(segments)).toBe(source);
    const { steps, ...head } = parse(source) as { steps: unknown[] };
    expect(scriptData(segments)).toEqual({ id: (head as unknown as { id: string }).id, head, steps });
  });

  it.each(sources)(
    '[STU-02] every step of %s can be changed and keeps its comments and the rest of itself',
    (_, source) => {
      const { steps } = cut(source);
      for (const { text } of steps) {
        const step = stepData(text);
        const changed = { ...step, title: { ru: 'Другое: название', en: 'Another' } };
        const written = rewriteStep(text, changed);
        expect(stepData(written)).toEqual(changed);
        expect(comments(written)).toBe(comments(text));
        expect(stepData(rewriteStep(written, step))).toEqual(step);
      }
    },
  );

  it('[STU-02] one change is one line in the file', () => {
    const source = `id: a\nsteps:\n  # why\n  - id: one\n    say: "Hello"   # loud\n    choices:\n      - { id: yes, label: Да, to: two }\n\n  - id: two\n`;
    const { steps } = cut(source);
    const text = steps[0]?.text ?? '';
    const step = stepData(text);
    const written = rewriteStep(text, { ...step, say: 'Bye' });
    expect(written).toBe(text.replace('"Hello"   # loud', '"Bye" # loud'));
  });

  it('[STU-02] any text, however it looks, comes back as it went in', () => {
    const words = fc.record({
      id: fc.constant('one'),
      say: fc.oneof(
        fc.string(),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('a: b', '# x', '- y', '*z', "it's", 'no', '1.10'),
      ),
      limit: fc.option(fc.record({ after: fc.string() }), { nil: undefined }),
      choices: fc.array(fc.record({ id: fc.string({ minLength: 1 }), label: fc.record({ ru: fc.string() }) }), {
        maxLength: 4,
      }),
    });
    fc.assert(
      fc.property(words, words, (first, second) => {
        const text = addedStep(JSON.parse(JSON.stringify(first)) as { id: string });
        expect(stepData(text)).toEqual(JSON.parse(JSON.stringify(first)));
        expect(stepData(rewriteStep(text, JSON.parse(JSON.stringify(second)) as { id: string }))).toEqual(
          JSON.parse(JSON.stringify(second)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('[STU-03] a key of the head is set, changed and taken away without touching the rest', () => {
    const source = sources.find(([file]) => file === 'inbound.yaml')?.[1] ?? '';
    const segments = cut(source);
    const titled = rewriteHead(segments, 'title', 'Новое');
    expect(headData(titled)).toEqual({ ...headData(segments), title: 'Новое' });
    const without = rewriteHead(titled, 'mainPath', null);
    expect(headData(without)).not.toHaveProperty('mainPath');
    expect(joinSegments({ ...without, steps: segments.steps }).startsWith(without.head)).toBe(true);
    expect(scriptData({ ...without, steps: segments.steps }).steps).toHaveLength(segments.steps.length);
    expect(headData(rewriteHead(without, 'mainPath', ['greeting'])).mainPath).toEqual(['greeting']);
  });

  it('[STU-01] what cannot be cut says why, and anchors are written out', () => {
    expect(splitSource('a: [')).toEqual({ ok: false, reason: 'syntax' });
    expect(splitSource('just words')).toEqual({ ok: false, reason: 'shape' });
    expect(splitSource('steps: [{id: a}, {id: a}]')).toEqual({ ok: false, reason: 'shape' });
    const tied = 'id: a\nx: &t { ru: Да }\nsteps:\n  - id: one\n    title: *t\n';
    expect(scriptData(cut(tied)).steps).toEqual([{ id: 'one', title: { ru: 'Да' } }]);
    expect(scriptData(cut('id: a\nsteps: [{ id: one }, { id: two }]\n')).steps).toEqual([{ id: 'one' }, { id: 'two' }]);
  });
});
