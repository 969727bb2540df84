import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queued, undone, withDelta, withEdits } from '../../client/src/studio/editor/document.ts';
import { leaves, withPartsOf } from '../../client/src/studio/editor/conflictParts.ts';
import { idFrom } from '../../client/src/studio/ids.ts';
import { fromWorded, withText, wordedOf } from '../../client/src/studio/texts.ts';
import type { DraftEdit, DraftView, LooseScript } from '../../server/contract/index.ts';

const script: LooseScript = {
  id: 'x',
  head: { title: 'Икс', start: 'a' },
  steps: ['a', 'b', 'c'].map((id) => ({ id, title: id, say: `текст ${id}` })),
};
const id = fc.constantFrom('a', 'b', 'c');
const edit: fc.Arbitrary<DraftEdit> = fc.oneof(
  fc.record({ op: fc.constant('setStep' as const), step: fc.record({ id, say: fc.string() }) }),
  fc
    .record({ op: fc.constant('moveStep' as const), stepId: id, after: fc.option(id) })
    .filter(({ stepId, after }) => stepId !== after),
  fc.record({ op: fc.constant('removeStep' as const), stepId: id }),
  fc.record({ op: fc.constant('addStep' as const), step: fc.record({ id: fc.constant('d') }), after: fc.option(id) }),
  fc.record({ op: fc.constant('setHead' as const), key: fc.constant('title'), value: fc.string() }),
);

describe('[STUDIO-10] edits of a draft in the browser', () => {
  it('[STUDIO-10] what is undone is as before', () => {
    fc.assert(
      fc.property(edit, (one) => {
        const done = withEdits(script, [one]);
        expect(withEdits(done, undone(script, done, one))).toEqual(script);
      }),
    );
  });
  it('[STUDIO-10] undoing leaves what others changed meanwhile', () => {
    const mine: DraftEdit = { op: 'setStep', step: { id: 'a', title: 'a', say: 'моё' } };
    const later = withEdits(script, [mine, { op: 'setStep', step: { id: 'a', title: 'чужое', say: 'моё' } }]);
    const back = withEdits(later, undone(script, later, mine));
    expect(back.steps[0]).toEqual({ id: 'a', title: 'чужое', say: 'текст a' });
  });
  it('[STUDIO-10] typing on in a step is one edit in the queue', () => {
    const first: DraftEdit = { op: 'addStep', step: { id: 'd' }, after: null };
    const queue = queued(queued([first], { op: 'setStep', step: { id: 'd', say: '1' } }), {
      op: 'setStep',
      step: { id: 'd', say: '12' },
    });
    expect(queue).toEqual([{ op: 'addStep', step: { id: 'd', say: '12' }, after: null }]);
  });
  it('[STUDIO-11] a push is applied once, a missed one is noticed', () => {
    const draft = { revision: 4, source: 'а: 1', script, findings: [] } as unknown as DraftView;
    const delta = {
      serverNow: 1,
      scriptId: 'x',
      fromRevision: 4,
      revision: 5,
      source: { from: 3, remove: 1, insert: '22' },
    };
    const next = withDelta(draft, delta);
    expect(next).toMatchObject({ revision: 5, source: 'а: 22' });
    expect(next && withDelta(next, delta)).toBe(next);
    expect(withDelta(draft, { ...delta, fromRevision: 6, revision: 7 })).toBeUndefined();
  });
});

describe('[STUDIO-12] two edits of one part', () => {
  it('[STUDIO-12] taking one side changes only the parts that collide', () => {
    const now = {
      id: 'a',
      title: 'новое',
      choices: [
        { id: 'yes', label: 'да' },
        { id: 'no', label: 'нет' },
      ],
    };
    const mine = { id: 'a', title: 'старое', choices: [{ id: 'yes', label: 'конечно' }] };
    expect(withPartsOf(now, mine, ['choices.yes.label'])).toEqual({
      ...now,
      choices: [
        { id: 'yes', label: 'конечно' },
        { id: 'no', label: 'нет' },
      ],
    });
  });
  it('[STUDIO-12] shows texts as they are, with their commas and variables', () => {
    expect(leaves({ say: [{ ru: '[{client.name}, ]да' }] }).get('say.1.ru')).toBe('[{client.name}, ]да');
  });
});

describe('[STUDIO-13] the form writes the format in its shortest shape', () => {
  it('[STUDIO-13] wordings', () => {
    expect(fromWorded(wordedOf('раз'))).toBe('раз');
    expect(fromWorded(wordedOf(['раз', { text: 'два', when: 1 }]))).toEqual(['раз', { text: 'два', when: 1 }]);
    expect(withText('раз', 'en', 'one', ['ru', 'en'])).toEqual({ ru: 'раз', en: 'one' });
    expect(withText({ ru: 'раз' }, 'ru', '', ['ru', 'en'])).toBeUndefined();
  });
  it('[STUDIO-13] a title becomes a free id', () => {
    expect(idFrom('Летний лагерь', [])).toBe('letniy-lager');
    expect(idFrom('112', ['script'])).toBe('script-2');
  });
});
