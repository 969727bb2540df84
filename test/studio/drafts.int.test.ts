import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftDelta, StudioView } from '../../server/contract/index.ts';
import { stepOf, studioTest, type StudioTest } from './support.ts';
import { eventually } from '../support/eventually.ts';

const ID = 'topic-documents';

describe('drafts of the studio', () => {
  let studio: StudioTest;
  beforeEach(async () => {
    studio = await studioTest();
  });
  afterEach(async () => {
    await studio.test.close();
  });

  it('[STU-10] a draft begins as the published text, to the letter, with comments', async () => {
    const view = await studio.open('ira', ID);
    expect(view).toMatchObject({ revision: 1, basedOn: 1, conflicts: [], review: { state: 'editing' } });
    expect(view.source).toContain('# Наводящие вопросы по теме (п. 3.5.4)');
    expect(view.script.steps.map(({ id }) => id)).toEqual(['need', 'details']);
    expect(view.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('[STU-11] two trainers on different steps, one on an old revision: both edits stay', async () => {
    const { revision, script } = await studio.open('ira', ID);
    await studio.open('lev', ID);
    const need = { ...stepOf(script.steps, 'need'), title: { ru: 'Нужный документ', en: 'The document' } };
    const details = { ...stepOf(script.steps, 'details'), title: { ru: 'Уточнения', en: 'Details' } };
    await studio.edit('ira', ID, revision, { op: 'setStep', step: need });
    const late = await studio.edit('lev', ID, revision, { op: 'setStep', step: details });
    expect(late).toMatchObject({ revision: 3, conflicts: [], saved: true });
    const { script: now, source } = await studio.open('ira', ID);
    expect(now.steps.map(({ title }) => title)).toEqual([need.title, details.title]);
    expect(source).toContain('# Наводящие вопросы по теме (п. 3.5.4)');
  });

  it('[STU-12] different parts of one step are merged, the same part becomes a conflict that keeps both', async () => {
    const { revision, script } = await studio.open('ira', ID);
    const need = stepOf(script.steps, 'need');
    await studio.edit('ira', ID, revision, { op: 'setStep', step: { ...need, title: 'Моё', topic: 'college' } });
    const late = await studio.edit('lev', ID, revision, {
      op: 'setStep',
      step: { ...need, title: 'Твоё', hints: 'Слушайте' },
    });
    expect(late.conflicts).toMatchObject([
      { stepId: 'need', parts: ['title'], theirs: { title: 'Моё' }, mine: { title: 'Твоё', hints: 'Слушайте' } },
    ]);
    // A browser that was reloaded without network may send the same once more.
    const again = { ...need, title: 'Твоё', hints: 'Слушайте' };
    expect(await studio.edit('lev', ID, revision, { op: 'setStep', step: again })).toMatchObject({ conflicts: [] });
    await studio.test.crash();
    const after = await studio.open('ira', ID);
    expect(stepOf(after.script.steps, 'need')).toMatchObject({ title: 'Моё', topic: 'college', hints: 'Слушайте' });
    expect(after.conflicts).toEqual(late.conflicts);
    const submit = { scriptId: ID, revision: after.revision, reason: 'так' };
    expect(await studio.refusal('ira', 'studio.submit', submit)).toBe('studio.conflicts');
    const conflictId = late.conflicts[0]?.conflictId ?? '';
    const step = { ...stepOf(after.script.steps, 'need'), title: 'Наше' };
    await studio.done('lev', 'studio.resolve', { scriptId: ID, conflictId, step });
    const resolved = await studio.open('ira', ID);
    expect(resolved.conflicts).toEqual([]);
    expect(stepOf(resolved.script.steps, 'need').title).toBe('Наше');
  });

  it('[STU-13] every acknowledged edit is there after a crash, unreadable YAML too, and what the checker finds', async () => {
    const { revision, script, source } = await studio.open('ira', ID);
    const step = { ...stepOf(script.steps, 'need'), id: 'extra', title: 'Ещё шаг' };
    await studio.edit('ira', ID, revision, { op: 'addStep', step, after: 'need' });
    await studio.edit('ira', ID, revision + 1, { op: 'setSource', source: `${source}\n  broken: [` });
    const { revision: first } = await studio.open('ira', 'complaint');
    await studio.edit('ira', 'complaint', first, { op: 'setHead', key: 'start', value: 'nowhere' });
    await studio.test.crash();
    const errors = (scriptId: string): number | undefined => {
      const list = studio.test.app.topics.studio?.snapshot(studio.test.person('ira')) as StudioView;
      return list.scripts.find((row) => row.scriptId === scriptId)?.draft?.errors;
    };
    // What is not known yet is told apart from none, and who looks at the list has it checked.
    expect([errors(ID), errors('complaint')]).toEqual([1, undefined]);
    await eventually(async () => {
      await studio.test.clock.advanceAsync(300);
      expect(errors('complaint')).toBe(1);
    });
    const view = await studio.open('ira', ID);
    expect(view.script.steps.map(({ id }) => id)).toEqual(['need', 'extra', 'details']);
    expect(view.unreadable).toMatchObject({ source: `${source}\n  broken: [` });
    expect(view.findings).toMatchObject([{ severity: 'error', code: 'yaml.syntax' }]);
  });

  it('[STU-14] a source typed over an old revision does not undo what others did meanwhile', async () => {
    const { revision, script, source } = await studio.open('ira', ID);
    const details = { ...stepOf(script.steps, 'details'), title: 'Уточнения' };
    await studio.edit('lev', ID, revision, { op: 'setStep', step: details });
    const step = { ...details, id: 'third' };
    await studio.edit('lev', ID, revision + 1, { op: 'addStep', step, after: 'details' });
    const typed = source
      .replace("ru: 'Что именно нужно'", "ru: 'Какой документ'")
      .replace('  - id: need', '  # важно\n  - id: need');
    const result = await studio.edit('ira', ID, revision, { op: 'setSource', source: typed });
    expect(result.conflicts).toEqual([]);
    const after = await studio.open('ira', ID);
    expect(after.script.steps.map(({ id, title }) => [id, title])).toEqual([
      ['need', { ru: 'Какой документ', en: 'What exactly is needed' }],
      ['details', 'Уточнения'],
      ['third', 'Уточнения'],
    ]);
    expect(after.source).toContain('# важно');
  });

  it('[STU-15] a removed step that somebody was writing is kept in a conflict', async () => {
    const { revision, script } = await studio.open('ira', ID);
    await studio.edit('lev', ID, revision, { op: 'removeStep', stepId: 'details' });
    const step = { ...stepOf(script.steps, 'details'), title: 'Дописано' };
    const late = await studio.edit('ira', ID, revision, { op: 'setStep', step });
    expect(late.conflicts).toMatchObject([{ stepId: 'details', theirs: null, mine: { title: 'Дописано' } }]);
  });

  it('[STU-16] watchers see the change, the findings and each other; a silent tab is forgotten', async () => {
    const deltas: DraftDelta[] = [];
    const rows: StudioView[] = [];
    studio.test.app.rooms.studio.show({
      sendRows: (view) => rows.push(view),
      sendDelta: (delta) => deltas.push(delta),
    });
    const { revision, script, source } = await studio.open('ira', ID);
    await studio.open('lev', ID);
    await studio.done('lev', 'studio.here', { scriptId: ID, tabId: 'lev', stepId: 'details' });
    expect(deltas.at(-1)?.present).toMatchObject([{ name: 'Панова Ирина Львовна' }, { stepId: 'details' }]);
    const step = { ...stepOf(script.steps, 'need'), choices: [{ id: 'gone', label: 'Дальше', to: 'nowhere' }] };
    await studio.edit('ira', ID, revision, { op: 'setStep', step });
    const delta = deltas.at(-1);
    expect(delta).toMatchObject({
      fromRevision: revision,
      revision: revision + 1,
      put: [step],
      by: { personId: studio.test.person('ira').id },
    });
    const { from = 0, remove = 0, insert = '' } = delta?.source ?? {};
    const spliced = source.slice(0, from) + insert + source.slice(from + remove);
    expect(spliced).toBe((await studio.open('ira', ID)).source);
    await studio.test.clock.advanceAsync(300);
    expect(deltas.at(-1)?.findings).toContainEqual(expect.objectContaining({ severity: 'error', stepId: 'need' }));
    expect(rows.at(-1)?.scripts.find((row) => row.scriptId === ID)?.draft).toMatchObject({
      state: 'editing',
      changedBy: 'Панова Ирина Львовна',
    });
    await studio.test.clock.advanceAsync(60_000);
    expect(rows.at(-1)?.scripts.find((row) => row.scriptId === ID)?.present).toEqual([]);
  });

  it('[STU-17] findings carry the line of the YAML', async () => {
    const { revision, script } = await studio.open('ira', ID);
    const step = { ...stepOf(script.steps, 'details'), choices: [{ id: 'gone', label: 'Дальше', to: 'nowhere' }] };
    await studio.edit('ira', ID, revision, { op: 'setStep', step });
    const { findings, source } = await studio.open('ira', ID);
    const missing = findings.find(({ code }) => code === 'target.missing');
    expect(source.split('\n')[(missing?.line ?? 0) - 1]).toContain('nowhere');
  });

  it('[STU-18] a new script is sound from the first moment, a copy keeps its comments, an id is taken once', async () => {
    await studio.done('ira', 'studio.create', { scriptId: 'fresh', title: 'Новый разговор' });
    const view = await studio.open('ira', 'fresh');
    expect(view.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    await studio.done('ira', 'studio.create', { scriptId: 'copied', title: 'Копия', copyOf: ID });
    expect((await studio.open('ira', 'copied')).source).toContain('# Наводящие вопросы по теме');
    expect(await studio.refusal('ira', 'studio.create', { scriptId: ID, title: 'Снова' })).toBe('studio.taken');
    expect(await studio.refusal('anna', 'studio.open', { scriptId: ID, tabId: 'x' })).toBe('command.forbidden');
  });

  it('[STU-19] a discarded draft is the published text again and its words stay in the history', async () => {
    const { revision, script, source } = await studio.open('ira', ID);
    const step = { ...stepOf(script.steps, 'need'), title: 'Иначе' };
    await studio.edit('ira', ID, revision, { op: 'setStep', step });
    await studio.done('ira', 'studio.discard', { scriptId: ID, reason: 'не нужно' });
    const view = await studio.open('ira', ID);
    expect(view.source).toBe(source);
    expect(studio.test.app.rooms.studio.drafts.get(ID)?.history.map(({ words }) => words.map(({ ru }) => ru))).toEqual([
      ['изменён шаг «Иначе»'],
      ['черновик возвращён к опубликованной версии'],
    ]);
  });

  it('[STU-20] the line as it will sound, and a conversation without a telephone', async () => {
    const preview = await studio.done('ira', 'studio.preview', {
      scriptId: 'inbound',
      version: 'draft',
      stepId: 'greeting',
    });
    expect(preview).toMatchObject({ view: { lines: [expect.stringContaining('Анна Петровна')] } });
    const begun = (await studio.done('ira', 'studio.walk', { scriptId: 'inbound', version: 1 })) as {
      state: unknown;
      view: { choices: { id: string }[] };
    };
    const event = { type: 'choose', choiceId: begun.view.choices[0]?.id };
    const next = await studio.done('ira', 'studio.walk', {
      scriptId: 'inbound',
      version: 1,
      state: begun.state,
      event,
    });
    expect(next).toMatchObject({
      view: { canGoBack: true },
      effects: expect.arrayContaining([expect.objectContaining({ type: 'step.entered' })]),
    });
    const forged = { scriptId: 'inbound', version: 1, state: { v: 1 }, event };
    expect(await studio.refusal('ira', 'studio.walk', forged)).toBe('studio.walkState');
  });
});
