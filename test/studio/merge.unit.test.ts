import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftEdit, LooseStep } from '../../server/contract/index.ts';
import { applyEdits } from '../../server/studio/applyEdits.ts';
import { NO_REVIEW, type Draft } from '../../server/studio/draft.ts';
import { merge, orderOf } from '../../server/studio/merge.ts';
import { splice } from '../../server/studio/pushes.ts';
import { joinSegments, scriptData, splitSource } from '../../server/studio/source/segments.ts';

const SOURCE = `# о чём сценарий
id: talk
title: Разговор
steps:
  - id: one
    title: Раз # первый
    say: { ru: Здравствуйте, en: Hello }
    choices:
      - { id: yes, label: Да, to: two }
      - { id: no, label: Нет, to: two }

  - id: two
    title: Два
`;
const draftOf = (source = SOURCE): Draft => {
  const split = splitSource(source);
  if (!split.ok) throw new Error(split.reason);
  return {
    scriptId: 'talk',
    basedOn: 1,
    revision: 1,
    segments: split.segments,
    history: [],
    conflicts: [],
    unreadable: null,
    review: NO_REVIEW,
    authors: {},
    changedAt: null,
    changedBy: '',
  };
};
const by = (person: string, baseRevision: number, ...edits: DraftEdit[]) => ({
  baseRevision,
  edits,
  by: person,
  byName: person,
  commandId: 'c',
});
const stepsOf = (draft: Draft): readonly LooseStep[] => scriptData(draft.segments).steps;

describe('merging', () => {
  it('[STU-04] what one side changed is taken, whichever side; the same change twice is one', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, value, (base, changed) => {
        expect(merge(base, base, changed)).toEqual({ value: changed, parts: [] });
        expect(merge(base, changed, base)).toEqual({ value: changed, parts: [] });
        expect(merge(base, changed, changed)).toEqual({ value: changed, parts: [] });
      }),
    );
  });

  it('[STU-04] two different changes of one text collide, and nothing else does', () => {
    const base = {
      title: 'A',
      say: { ru: 'x', en: 'y' },
      choices: [
        { id: 'a', to: '1' },
        { id: 'b', to: '2' },
      ],
    };
    const theirs = {
      ...base,
      say: { ru: 'X', en: 'y' },
      choices: [
        { id: 'a', to: '9' },
        { id: 'b', to: '2' },
      ],
    };
    const mine = {
      ...base,
      say: { ru: 'Я', en: 'Y' },
      choices: [
        { id: 'a', to: '1' },
        { id: 'b', to: '8' },
        { id: 'c', to: '3' },
      ],
    };
    expect(merge(base, theirs, mine)).toEqual({
      value: {
        title: 'A',
        say: { ru: 'X', en: 'Y' },
        choices: [
          { id: 'a', to: '9' },
          { id: 'b', to: '8' },
          { id: 'c', to: '3' },
        ],
      },
      parts: ['say.ru'],
    });
  });

  it('[STU-04] a list that one side ordered anew and the other made longer is both', () => {
    expect(orderOf(['a', 'b'], ['a', 'x', 'b'], ['b', 'a'])).toEqual(['b', 'a', 'x']);
    expect(orderOf(['a', 'b'], ['b', 'a'], ['a', 'b', 'y'])).toEqual(['b', 'y', 'a']);
  });

  it('[STU-05] random edits of two trainers on old revisions: every change is in the draft or in a conflict', () => {
    const edit = fc.record({
      who: fc.constantFrom('ira', 'lev'),
      lag: fc.nat(3),
      step: fc.constantFrom('one', 'two', 'three'),
      part: fc.constantFrom('title', 'hints', 'topic'),
      text: fc.string({ minLength: 1, maxLength: 8 }),
      remove: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const seen: Draft[] = [draftOf()];
        for (const { who, lag, step: id, part, text, remove } of edits) {
          const draft = seen.at(-1) as Draft;
          const base = seen[Math.max(0, seen.length - 1 - lag)] as Draft;
          const known = stepsOf(base).find((each) => each.id === id);
          const wanted = { ...(known ?? { id }), [part]: text };
          const change: DraftEdit =
            remove && known ? { op: 'removeStep', stepId: id } : { op: 'setStep', step: wanted };
          const { draft: next } = applyEdits(draft, by(who, base.revision, change), 1);
          const now = stepsOf(next).find((each) => each.id === id);
          const isIn = change.op === 'removeStep' ? now === undefined : now?.[part] === text;
          const waits = next.conflicts.some(
            ({ stepId, by: author, mine }) =>
              stepId === id &&
              author === who &&
              (change.op === 'removeStep' ? mine === null : (mine as LooseStep | null)?.[part] === text),
          );
          expect(isIn || waits || known?.[part] === text).toBe(true);
          // The record of a draft reads back to itself.
          const again = splitSource(joinSegments(next.segments));
          if (next.segments.steps.length > 0) expect(again).toEqual({ ok: true, segments: next.segments });
          seen.push(JSON.parse(JSON.stringify(next)) as Draft);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[STU-05] a base that is older than the history collides in the open instead of undoing', () => {
    const draft = { ...draftOf(), revision: 900 };
    const step = { ...(stepsOf(draft)[0] as LooseStep), title: 'Иначе' };
    const { draft: after, conflicts } = applyEdits(draft, by('ira', 3, { op: 'setStep', step }), 1);
    expect(conflicts).toMatchObject([{ parts: ['title'], mine: { title: 'Иначе' } }]);
    expect(stepsOf(after)[0]?.title).toBe('Раз');
  });

  it('[STU-06] steps move with their comments, and blank lines stay between them', () => {
    const { draft } = applyEdits(draftOf(), by('ira', 1, { op: 'moveStep', stepId: 'two', after: null }), 1);
    expect(stepsOf(draft).map(({ id }) => id)).toEqual(['two', 'one']);
    const text = joinSegments(draft.segments);
    expect(text).toContain('title: Раз # первый');
    expect(text).toContain('# о чём сценарий');
    expect(scriptData(draft.segments)).toEqual(
      scriptData((splitSource(text) as { segments: Draft['segments'] }).segments),
    );
  });

  it('[STU-07] the stretch that differs makes one text of the other', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'ж'), maxLength: 20 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const { from, remove, insert } = splice(before, after);
        expect(before.slice(0, from) + insert + before.slice(from + remove)).toBe(after);
      }),
    );
  });
});
