import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepView } from '../../machines/script/view.ts';
import { MINUTE } from '../../machines/vocabulary/index.ts';
import type {
  LearningView,
  PathBook,
  SiteDocumentRevision,
  SiteDocumentRow,
  SiteDocumentView,
  TrainingReplay,
  TrialView,
  TrainingRunRow,
  TrainingRunView,
  UnansweredItem,
  WordingsView,
} from '../../server/contract/index.ts';
import { plannedCalls } from '../../server/studio/learning/chance.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { readClient, type ReadClient } from './readClient.ts';
import { studioTest, type StudioTest } from './support.ts';

const device = 'PJSIP/101';

describe('learning from calls, documents of the organisation, training', () => {
  let studio: StudioTest;
  let http: ReadClient;
  beforeAll(async () => {
    studio = await studioTest();
    await studio.test.command('anna', 'operator.chooseDevice', { device });
    await studio.test.command('anna', 'operator.ready', {});
    http = await readClient(studio.test.port, 'ira');
  });
  afterAll(async () => {
    await studio.test.close();
  });

  /** Anna takes a call, notes a missing answer on the greeting, goes one choice on, and the client hangs up. */
  async function call(said: string | undefined, onGreeting: (step: StepView) => void = () => {}): Promise<string> {
    const { test } = studio;
    await test.command('anna', 'operator.ready', {});
    const callId = test.exchange.ring(device);
    test.clock.advance(1_000);
    test.exchange.tell(callId, { type: 'call.answered', device });
    const step = () => test.app.presenter.view(test.person('anna').id)?.calls[0]?.script?.step;
    const greeting = step();
    const stepId = greeting?.stepId;
    if (greeting) onGreeting(greeting);
    if (said !== undefined) await studio.done('anna', 'script.noAnswer', { callId, stepId, said });
    test.clock.advance(10_000);
    await studio.done('anna', 'script.choose', { callId, stepId, choiceId: step()?.choices[0]?.id });
    test.clock.advance(5_000);
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await studio.done('anna', 'wrapUp.close', { callId, disposition: 'cutOff', note: '', satisfied: false });
    await test.app.rooms.archive.settled();
    await test.clock.advanceAsync(MINUTE);
    const arrived = async (): Promise<boolean> =>
      (await http.get<UnansweredItem[]>('/studio/unanswered')).some((item) => item.callId === callId);
    if (said !== undefined) await expect.poll(arrived).toBe(true);
    return callId;
  }

  it('[STU-50] figures of steps come from closed calls: visits, time, choices, hang-ups, missing answers', async () => {
    await call('Хочу узнать про музей');
    await call(undefined);
    const view = await http.get<LearningView>('/studio/scripts/inbound/learning');
    const greeting = view.steps.find(({ stepId }) => stepId === 'greeting');
    expect(view).toMatchObject({ calls: 2, versions: [{ version: 1, calls: 2 }] });
    expect(greeting).toMatchObject({ calls: 2, medianMs: 11_000, unanswered: 1, unsatisfied: 2, hangUps: 0 });
    expect(Object.values(greeting?.choices ?? {})).toEqual([2]);
    expect(view.steps.reduce((sum, { hangUps }) => sum + hangUps, 0)).toBe(2);
    expect((await http.get<LearningView>('/studio/scripts/inbound/learning?version=9')).calls).toBe(0);
  });

  it('[STU-51] what callers said becomes a choice of the draft with one command, once', async () => {
    const [item] = await http.get<UnansweredItem[]>('/studio/unanswered');
    expect(item).toMatchObject({
      scriptId: 'inbound',
      stepId: 'greeting',
      said: 'Хочу узнать про музей',
      state: 'open',
    });
    const wish = { itemId: item?.itemId, label: 'Вопрос не к нам', to: 'purpose' };
    const value = await studio.done('ira', 'studio.toChoice', wish);
    expect(value).toMatchObject({ scriptId: 'inbound', stepId: 'greeting', choiceId: 'said-1' });
    const { script } = await studio.open('ira', 'inbound');
    expect(script.steps[0]?.choices).toContainEqual({ id: 'said-1', label: 'Вопрос не к нам', to: 'purpose' });
    expect(await studio.refusal('ira', 'studio.toChoice', wish)).toBe('studio.settled');
    expect(await http.get('/studio/unanswered')).toEqual([]);
    expect(await http.get<UnansweredItem[]>('/studio/unanswered?state=all')).toMatchObject([
      { state: 'choice', became: 'inbound/greeting/said-1' },
    ]);
  });

  it('[STU-52] or an article, that operators find at once, marked as a sample', async () => {
    await call('Где музей просвещения?');
    await call('где музей просвещения');
    expect(await http.get<UnansweredItem[]>('/studio/unanswered')).toMatchObject([{ times: 2 }]);
    const [item] = await http.get<UnansweredItem[]>('/studio/unanswered');
    const article = {
      itemId: item?.itemId,
      articleId: 'museum',
      title: 'Музей просвещения',
      topic: 'schoolLife',
      spoken: 'Музей просвещения открыт по будням.',
      details: 'Адрес уточните в отделе.',
    };
    await studio.done('ira', 'studio.toArticle', article);
    expect(await http.get('/studio/unanswered')).toEqual([]);
    expect(studio.test.app.rooms.studio.documents.get('article', 'museum')).toMatchObject({ revision: 1 });
    const operator = await readClient(studio.test.port, 'anna');
    const [best] = await operator.get<object[]>('/knowledge/search?q=музей');
    expect(best).toMatchObject({ id: 'museum', sample: true });
  });

  it('[STU-53] two wordings are compared with an honest statement of chance', async () => {
    const path = '/studio/scripts/inbound/wordings?stepId=greeting&a=1&b=1';
    expect(await http.get<WordingsView>(path)).toMatchObject({ a: { calls: 4, took: 0 }, pValue: 1 });
  });

  it('[STU-55] of two wordings on trial each call hears one, and what followed is counted by what it heard', async () => {
    const trial = { ru: '{greeting}, {organization}, меня зовут {operator.name}. Слушаю вас.' };
    const revision = await studio.approved('inbound', 'greeting', { trial });
    await studio.done('ira', 'studio.publish', { scriptId: 'inbound', revision, reason: 'испытание' });
    studio.test.clock.advance(1_000);
    const said: string[] = [];
    const heard: (string | undefined)[] = [];
    for (let number = 0; number < 6; number += 1) {
      const callId = await call(undefined, ({ lines }) => said.push(...lines));
      const path = (await http.get<CallReply>(`/calls/${encodeURIComponent(callId)}`)).scripts[0]?.path;
      heard.push(path?.[0]?.heard);
    }
    expect(said.map((line) => (line.includes('Слушаю вас') ? 'second' : 'first'))).toEqual(heard);
    const [view] = await http.get<TrialView[]>('/studio/scripts/inbound/trials?stepId=greeting');
    const count = (arm: string) => heard.filter((one) => one === arm).length;
    expect(view).toMatchObject({
      ...{ stepId: 'greeting', time: { verdict: 'few' } },
      first: { calls: count('first'), medianMs: 11_000 },
      second: { calls: count('second'), medianMs: 11_000, lines: [trial.ru] },
    });
    // Judged once, at a number set beforehand for all that is compared.
    expect(view?.plan).toBe(plannedCalls(0.05 / 5));
    const seen = await studio.done('ira', 'studio.preview', {
      scriptId: 'inbound',
      version: 'draft',
      stepId: 'greeting',
    });
    expect(seen).toMatchObject({ trialLines: [expect.stringContaining('Слушаю вас')] });
    expect(view?.shares.map(({ of }) => of)).toEqual(['choice', 'hangUp', 'satisfied', 'repeat']);
    const satisfied = view?.shares.find(({ of }) => of === 'satisfied');
    expect(satisfied).toMatchObject({ first: { took: 0, calls: count('first') }, verdict: 'few' });
    const { steps } = await http.get<PathBook>('/studio/scripts/inbound/paths');
    expect(steps[0]?.trial?.[0]).toContain('Слушаю вас');

    const kept = await studio.approved('inbound', 'greeting', { say: trial, trial: undefined });
    await studio.done('ira', 'studio.publish', { scriptId: 'inbound', revision: kept, reason: 'вторая лучше' });
    await call(undefined, ({ lines }) => expect(lines[0]).toContain('Слушаю вас'));
    expect(await http.get<TrialView[]>('/studio/scripts/inbound/trials')).toMatchObject([
      { trialId: view?.trialId, until: expect.any(Number), second: { calls: count('second') } },
    ]);
  });

  it('[STU-54] the book of routes covers every button of the script', async () => {
    const book = await http.get<PathBook>('/studio/scripts/topic-school/paths');
    expect(book).toMatchObject({
      version: 1,
      title: expect.stringMatching(/./),
      clauses: expect.arrayContaining(['3.5.4']),
    });
    const told = book.routes.flatMap(({ legs }) => legs.map(({ onward }) => onward));
    const { script } = await studio.open('ira', 'topic-school');
    for (const step of script.steps)
      for (const { label } of step.choices as { label: { ru: string } }[]) expect(told).toContain(`«${label.ru}»`);
    expect(book.steps[0]?.lines.length).toBeGreaterThan(0);
  });

  it('[STU-59] the book tells every step once; a route comes back from a called script and goes on to an end', async () => {
    const { steps, routes } = await http.get<PathBook>('/studio/scripts/inbound/paths');
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
    const passed = new Set(routes.flatMap(({ legs }) => legs.map(({ step }) => step)));
    expect(steps.every(({ number }) => passed.has(number))).toBe(true);
    const titleOf = (number: number | undefined) => steps.find((step) => step.number === number)?.title;
    const back = routes.find(({ legs }) => legs.some(({ onward, again }) => onward === '«Вопрос ясен»' && !again));
    expect(titleOf(back?.legs.at(0)?.step)).toBe('Приветствие');
    expect(titleOf(back?.legs.at(-1)?.step)).toMatch(/^Прощание/);
    // What may happen on any step begins on no step of its own.
    const aside = routes.find(({ legs }) => legs[0]?.onward === '«Клиент молчит»');
    expect(aside?.legs[0]).not.toHaveProperty('step');
    // Each way is told in words once.
    expect(routes.every(({ legs }) => legs.some(({ again }) => !again))).toBe(true);
  });

  it('[STU-60] a document is checked by its schema, saved with who and why, and in use at once', async () => {
    const view = await http.get<SiteDocumentView>('/site-documents/pauseReasons/pauseReasons');
    const content = structuredClone(view.content) as {
      pauseReasons: { id: string; label: { ru: string; en: string } }[];
    };
    const first = content.pauseReasons[0];
    if (first) first.label.ru = 'Чай';
    const save = { kind: 'pauseReasons', id: 'pauseReasons', revision: view.revision, reason: 'по-русски' };
    expect(await studio.done('ira', 'siteDocument.save', { ...save, content })).toEqual({ saved: true, revision: 2 });
    expect(await http.get('/settings')).toMatchObject({
      pauseReasons: expect.arrayContaining([expect.objectContaining({ code: first?.id, label: 'Чай' })]),
    });
    expect(await studio.refusal('lev', 'siteDocument.save', { ...save, content })).toBe('siteDocuments.conflict');
    const broken = await studio.done('ira', 'siteDocument.save', {
      ...save,
      revision: 2,
      content: { pauseReasons: [] },
    });
    expect(broken).toMatchObject({ saved: false, faults: [{ path: ['pauseReasons'] }] });
    const history = await http.get<SiteDocumentRevision[]>('/site-documents/pauseReasons/pauseReasons/history');
    expect(history).toMatchObject([
      { revision: 2, byName: 'Панова Ирина Львовна', reason: 'по-русски' },
      { revision: 1 },
    ]);
  });

  it('[STU-61] the calendar changes while the server runs, and an old revision comes back', async () => {
    const { documents } = studio.test.app.rooms.studio;
    const week = documents.get('calendarWeek', 'calendarWeek');
    const content = { ...(week.content as object), week: { сб: ['10:00-12:00'] } };
    const save = { kind: 'calendarWeek', id: 'calendarWeek', revision: week.revision, content, reason: 'суббота' };
    const due = async (): Promise<number> =>
      (await (await readClient(studio.test.port, 'anna')).get<{ dueAt: number }>('/calendar/deadline?rule=callback'))
        .dueAt;
    const before = await due();
    await studio.done('ira', 'siteDocument.save', save);
    expect(await due()).toBeGreaterThan(before + 4 * 24 * 60 * MINUTE);
    await studio.done('ira', 'siteDocument.restore', {
      kind: 'calendarWeek',
      id: 'calendarWeek',
      from: 1,
      revision: 2,
      reason: 'назад',
    });
    expect(documents.get('calendarWeek', 'calendarWeek')).toMatchObject({ revision: 3, content: week.content });
    expect(await due()).toBe(before);
  });

  it('[STU-62] an article is removed and comes back; a topic in use cannot go', async () => {
    const { documents } = studio.test.app.rooms.studio;
    await studio.done('ira', 'siteDocument.remove', { kind: 'article', id: 'meals', revision: 1, reason: 'устарела' });
    const rows = await http.get<SiteDocumentRow[]>('/site-documents?kind=article');
    expect(rows.find(({ id }) => id === 'meals')).toMatchObject({ removed: true, revision: 2 });
    await studio.done('ira', 'siteDocument.restore', {
      kind: 'article',
      id: 'meals',
      from: 1,
      revision: 2,
      reason: 'нужна',
    });
    expect(documents.get('article', 'meals')).toMatchObject({ removed: false, revision: 3 });
    const topics = documents.get('topics', 'topics');
    const { topics: list, ...rest } = topics.content as { topics: { id: string }[] };
    const content = { ...rest, topics: list.filter(({ id }) => id !== 'kindergarten') };
    const refused = await studio.done('ira', 'siteDocument.save', {
      kind: 'topics',
      id: 'topics',
      revision: 1,
      content,
      reason: 'так',
    });
    expect(refused).toMatchObject({
      saved: false,
      faults: [{ message: { ru: expect.stringContaining('нужна статье') } }],
    });
  });

  it('[STU-70] a trainee walks a task, is marked for following the regulation, and the run is replayed', async () => {
    await studio.done('ira', 'training.saveTask', {
      taskId: 'first',
      title: 'Первый звонок',
      story: 'Пётр Сергеевич спрашивает об очереди в детский сад. Говорит быстро.',
      scriptId: 'inbound',
      mustVisit: ['greeting', 'identity'],
      mustLearn: {},
      limitMs: 5 * MINUTE,
      trouble: [{ atStep: 'identity', afterMs: 20_000, fact: 'clientHungUp' }],
    });
    const begun = (await studio.done('anna', 'training.start', { taskId: 'first' })) as TrainingRunView;
    const { runId } = begun;
    const choiceId = begun.walk.view.choices[0]?.id;
    const next = await studio.done('anna', 'training.event', { runId, event: { type: 'choose', choiceId } });
    // The client of the task has not said a name yet.
    expect((next as TrainingRunView).walk.view.lines[0]).toBe('Подскажите, пожалуйста, ваше имя и отчество.');
    studio.test.clock.advance(30_000);
    expect(await studio.refusal('olga', 'training.finish', { runId })).toBe('training.unknown');
    // A press ends what was being typed: both come at once, and one waits for the other.
    const [, ended] = await Promise.all([
      studio.done('anna', 'training.event', { runId, event: { type: 'back' } }),
      studio.done('anna', 'training.finish', { runId }),
    ]);
    const done = ended as TrainingRunView;
    const marks = new Map(done.score?.marks.map(({ code, given, outOf }) => [code, [given, outOf]]));
    expect(marks.get('greeting')).toEqual([10, 10]);
    expect(marks.get('mustVisit')).toEqual([20, 20]);
    expect(marks.get('purpose')).toEqual([0, 10]);
    expect(marks.get('inTime')).toEqual([10, 10]);
    const replay = await http.get<TrainingReplay>(`/training/runs/${runId}`);
    expect(replay.frames.map(({ said }) => said.ru)).toEqual([
      'начало разговора',
      `выбор: «${String(begun.walk.view.choices[0]?.label)}»`,
      'клиент положил трубку',
      'назад',
    ]);
    expect(await http.get<TrainingRunRow[]>('/training/runs?taskId=first')).toMatchObject([
      { personName: 'Смирнова Анна Петровна', total: done.score?.total },
    ]);
    expect(await (await readClient(studio.test.port, 'olga')).get('/training/runs')).toEqual([]);
  });
});
