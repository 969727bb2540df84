import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '../../machines/vocabulary/index.ts';
import type { ComparisonView, DraftReview, ImportView, ScriptFiles, VersionRow } from '../../server/contract/index.ts';
import { readClient, type ReadClient } from './readClient.ts';
import { stepOf, studioTest, type StudioTest } from './support.ts';

/** One server for the file: each test has scripts of its own. */
describe('versions of a script', () => {
  let studio: StudioTest;
  let http: ReadClient;
  beforeAll(async () => {
    studio = await studioTest();
    await studio.test.command('anna', 'operator.chooseDevice', { device: 'PJSIP/101' });
    await studio.test.command('anna', 'operator.ready', {});
    http = await readClient(studio.test.port, 'ira');
  });
  afterAll(async () => {
    await studio.test.close();
  });
  const current = (scriptId: string): number | undefined => studio.test.app.rooms.scripts.currentOf(scriptId)?.version;
  const review = (scriptId: string): DraftReview['state'] | undefined =>
    studio.test.app.rooms.studio.drafts.get(scriptId)?.review.state;

  it('[STU-30] errors of the checker keep a draft from review, and say how many', async () => {
    const scriptId = 'topic-camps';
    const { revision, script } = await studio.open('ira', scriptId);
    const step = { ...stepOf(script.steps, 'need'), choices: [{ id: 'gone', label: 'Дальше', to: 'nowhere' }] };
    const edited = await studio.edit('ira', scriptId, revision, { op: 'setStep', step });
    const submit = { scriptId, revision: edited.revision, reason: 'так' };
    const refused = await studio.test.command('ira', 'studio.submit', submit);
    expect(refused).toMatchObject({ ok: false, error: { code: 'studio.errors' } });
    if (!refused.ok) expect(refused.error.details?.count).toBeGreaterThan(0);
  });

  it('[STU-31] nobody approves what he wrote or submitted, and nothing unapproved is published', async () => {
    const scriptId = 'topic-college';
    const { revision, script } = await studio.open('ira', scriptId);
    const step = { ...stepOf(script.steps, 'need'), title: 'Колледж' };
    const edited = await studio.edit('ira', scriptId, revision, { op: 'setStep', step });
    const at = { scriptId, revision: edited.revision };
    await studio.done('lev', 'studio.submit', { ...at, reason: 'так' });
    for (const login of ['ira', 'lev'])
      expect(await studio.refusal(login, 'studio.approve', { ...at, note: '' })).toBe('studio.ownWork');
    expect(await studio.refusal('ira', 'studio.publish', { ...at, reason: 'так' })).toBe('studio.stage');
    await studio.done('lev', 'studio.reject', { scriptId, note: 'непонятно' });
    expect(review(scriptId)).toBe('editing');
  });

  it('[STU-32] a live call finishes on its version, the next one takes the new words', async () => {
    const { test } = studio;
    const greeting = (login: string): string | undefined =>
      test.app.presenter.view(test.person(login).id)?.calls[0]?.script?.step.lines[0];
    const device = 'PJSIP/101';
    const first = test.exchange.ring(device);
    const before = greeting('anna');
    const revision = await studio.approved('inbound', 'greeting', {
      say: '{greeting}! Слушает {operator.name}, чем помочь?',
    });
    const published = await studio.done('ira', 'studio.publish', { scriptId: 'inbound', revision, reason: 'короче' });
    expect(published).toEqual({ versions: [{ scriptId: 'inbound', version: 2 }] });
    expect(greeting('anna')).toBe(before);
    test.exchange.tell(first, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await test.clock.advanceAsync(HOUR);
    const rows = await http.get<VersionRow[]>('/studio/scripts/inbound/versions');
    expect(rows).toMatchObject([
      { version: 2, reason: 'короче', publishedByName: 'Панова Ирина Львовна', approvedByName: 'Зорин Лев Львовна' },
      { version: 1 },
    ]);
    await test.command('anna', 'operator.ready', {});
    test.exchange.ring(device);
    expect(greeting('anna')).toContain('Слушает Анна Петровна');
  });

  it('[STU-33] a sub-script takes its callers along: they are republished with its new words', async () => {
    const { scripts } = studio.test.app.rooms;
    const callers = scripts.currentVersions().filter(({ linked }) => Object.hasOwn(linked, 'topic-school'));
    expect(callers.length).toBeGreaterThan(0);
    const before = new Map(callers.map(({ scriptId, version }) => [scriptId, version]));
    const revision = await studio.approved('topic-school', 'need', { title: 'Школа: что нужно' });
    const reason = 'проще';
    const value = await studio.done('ira', 'studio.publish', { scriptId: 'topic-school', revision, reason });
    const { versions } = value as { versions: { scriptId: string; version: number }[] };
    expect(new Set(versions.map(({ scriptId }) => scriptId))).toEqual(new Set(['topic-school', ...before.keys()]));
    for (const [scriptId, version] of before) {
      const now = scripts.currentOf(scriptId);
      expect(now?.version).toBe(version + 1);
      expect(now?.linked['topic-school']?.steps[0]?.title).toBe('Школа: что нужно');
    }
    const [caller = ''] = before.keys();
    const rows = await http.get<VersionRow[]>(`/studio/scripts/${caller}/versions`);
    expect(rows[0]).toMatchObject({ becauseOf: 'topic-school', reason: 'проще' });
  });

  it('[STU-34] one command rolls back: the old content is the next version, comments and all', async () => {
    const scriptId = 'topic-exams';
    const revision = await studio.approved(scriptId, 'need', { title: 'Экзамены' });
    await studio.done('ira', 'studio.publish', { scriptId, revision, reason: 'так' });
    await studio.done('lev', 'studio.rollBack', { scriptId, version: 1, reason: 'ошибка' });
    const { scripts } = studio.test.app.rooms;
    expect(scripts.currentOf(scriptId)?.script).toEqual((await scripts.version(scriptId, 1))?.script);
    const view = await studio.open('ira', scriptId);
    expect(view).toMatchObject({ basedOn: 3 });
    expect(view.source).toBe((await http.get<{ source: string }>(`/studio/scripts/${scriptId}/versions/1`)).source);
    const rows = await http.get<VersionRow[]>(`/studio/scripts/${scriptId}/versions`);
    expect(rows.map(({ version, reason, restores }) => [version, reason, restores])).toEqual([
      [3, 'ошибка', 1],
      [2, 'так', undefined],
      [1, '', undefined],
    ]);
  });

  it('[STU-35] what is written after submitting waits in the draft and is not published', async () => {
    const scriptId = 'topic-licensing';
    const revision = await studio.approved(scriptId, 'need', { title: 'Лицензии' });
    const { script } = await studio.open('ira', scriptId);
    const step = { ...stepOf(script.steps, 'details'), title: 'Потом' };
    await studio.edit('lev', scriptId, revision, { op: 'setStep', step });
    await studio.done('ira', 'studio.publish', { scriptId, revision, reason: 'так' });
    const published = studio.test.app.rooms.scripts.currentOf(scriptId);
    expect(published?.script.steps.map(({ title }) => title)).toEqual([
      'Лицензии',
      stepOf(script.steps, 'details').title,
    ]);
    const after = await studio.open('ira', scriptId);
    expect(after).toMatchObject({ basedOn: 2, review: { state: 'editing', authors: [studio.test.person('lev').id] } });
    expect(stepOf(after.script.steps, 'details').title).toBe('Потом');
  });

  it('[STU-36] a comparison tells in words what was done, and shows both texts', async () => {
    const scriptId = 'topic-teachers';
    const { revision, script } = await studio.open('ira', scriptId);
    const need = stepOf(script.steps, 'need');
    const choices = (need.choices as { id: string }[]).filter(({ id }) => id !== 'clear');
    await studio.edit('ira', scriptId, revision, { op: 'setStep', step: { ...need, choices, say: 'Слушаю вас' } });
    const view = await http.get<ComparisonView>(`/studio/scripts/${scriptId}/compare?from=1&to=draft`);
    const title = (need.title as { ru: string }).ru;
    expect(view.changes.map(({ words }) => words.ru)).toEqual([
      `изменён текст шага «${title}»`,
      expect.stringMatching(new RegExp(`^удалён переход «.+» из шага «${title}» туда, откуда пришли$`)),
    ]);
    expect(view.lines.some(({ kind, right }) => kind === 'changed' && right?.includes('Слушаю вас'))).toBe(true);
  });

  it('[STU-37] an exported folder comes back as it went out; a broken file is refused with its place', async () => {
    const { files } = await http.get<ScriptFiles>('/studio/export');
    expect(files.map(({ file }) => file)).toContain('client-child.yaml');
    const file = files.find((each) => each.file === 'client-child.yaml');
    const changed = {
      file: 'client-child.yaml',
      source: (file?.source ?? '').replace('formatVersion: 1', '# из git\nformatVersion: 1'),
    };
    const view = await http.post<ImportView>('/studio/import', {
      files: [changed, { file: 'bad.yaml', source: 'a: [' }],
    });
    expect(view.drafts).toMatchObject([{ scriptId: 'client-child' }]);
    expect(view.refused).toMatchObject([{ file: 'bad.yaml', findings: [{ code: 'yaml.syntax' }] }]);
    expect((await http.get<ScriptFiles>('/studio/scripts/client-child/export?version=draft')).files).toEqual([changed]);
    expect(current('client-child')).toBe(1);
  });

  it('[STU-38] a publication at a set time survives a restart and happens at its time', async () => {
    const scriptId = 'topic-guardianship';
    const revision = await studio.approved(scriptId, 'need', { title: 'Опека' });
    const at = studio.test.clock.now() + 2 * HOUR;
    await studio.done('ira', 'studio.publish', { scriptId, revision, reason: 'с утра', at });
    expect(review(scriptId)).toBe('scheduled');
    await studio.test.crash();
    await studio.test.clock.advanceAsync(HOUR);
    expect(current(scriptId)).toBe(1);
    await studio.test.clock.advanceAsync(HOUR);
    await expect.poll(() => current(scriptId), { timeout: 30_000 }).toBe(2);
    await expect.poll(() => review(scriptId), { timeout: 30_000 }).toBe('editing');
    expect(studio.test.app.rooms.scripts.currentOf(scriptId)).toMatchObject({ publishedAt: at, reason: 'с утра' });
  });
});
