import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Calibration, ReviewForm, ReviewView } from '../../server/contract/index.ts';
import { flush } from '../support/fakeClock.ts';
import { testApp, type TestApp } from '../support/testApp.ts';
import { callDocument } from '../reports/support.ts';
import { webOf, type Web } from '../reports/web.ts';

describe('[3.5.2] [3.5.7] reviews of calls over the wire', () => {
  let test: TestApp;
  let vera: Web;
  let anna: Web;
  beforeEach(async () => {
    test = await testApp();
    const operatorId = test.person('anna').id;
    const call = callDocument('main/1', {
      startedAt: test.clock.now() - 60_000,
      operatorId,
      answered: true,
      talkMs: 9_000,
    });
    await test.app.rooms.archive.collection.put('main/1', call);
    [vera, anna] = [await webOf(test, 'vera'), await webOf(test, 'anna')];
  });
  afterEach(() => test.close());
  const judge = async (web: Web, marks: Record<string, number | null>): Promise<Response> =>
    web.send('POST', '/reviews', { callId: 'main/1', marks, comment: 'Спасибо' });

  it('[3.5.7] [REV-04] the operator is told at once, reads, answers once, and the review then stands', async () => {
    const made = (await (await judge(vera, { polite: 5, honest: 4, holdKept: null })).json()) as ReviewView;
    expect(made).toMatchObject({ score: 90, reviewerName: 'Котова Вера Петровна', operatorId: test.person('anna').id });
    await flush();
    const panel = test.app.presenter.view(test.person('anna').id);
    const callAt = test.clock.now() - 60_000;
    const from = 'Котова Вера Петровна';
    expect(panel?.notices[0]).toMatchObject({ code: 'review.made', from, review: { callAt, score: 90 } });
    const [mine] = (await (await anna.get('/reviews/mine')).json()) as ReviewView[];
    const answer = (text: string) =>
      anna.send('POST', `/reviews/${encodeURIComponent(mine?.id ?? '')}/answer`, { text });
    expect((await answer('Учту')).status).toBe(200);
    expect(await (await answer('Ещё раз')).json()).toMatchObject({ code: 'review.answered' });
    expect(await (await judge(vera, { polite: 0 })).json()).toMatchObject({ code: 'review.answered' });
    const { collection } = test.app.rooms.audit;
    // What is on record is written behind the answer.
    const recorded = async () => (await collection.find({ where: { whom: 'main/1' } })).items;
    while ((await recorded()).length < 2) await flush();
    const items = await recorded();
    expect(items.map(({ document }) => document.what).toSorted()).toEqual(['review.answered', 'review.made']);
  });

  it('[REV-05] marks outside the form are refused, and nobody but a supervisor judges', async () => {
    expect(await (await judge(vera, { polite: 6 })).json()).toMatchObject({ code: 'review.badMark' });
    expect(await (await judge(vera, { nothing: 1 })).json()).toMatchObject({ code: 'review.badMark' });
    expect(await (await judge(vera, { polite: null })).json()).toMatchObject({ code: 'review.empty' });
    expect((await judge(anna, { polite: 5 })).status).toBe(403);
    const olga = await webOf(test, 'olga');
    await judge(vera, { polite: 5 });
    expect(await (await olga.get('/reviews/mine')).json()).toEqual([]);
  });

  it('[REV-06] two supervisors calibrate on one call', async () => {
    await test.app.rooms.users.add({
      login: 'nina',
      surname: 'Белова',
      firstName: 'Нина',
      patronymic: 'Ивановна',
      position: 'старший смены',
      unit: 'Отдел',
      devices: [],
      roles: ['supervisor'],
      password: 'test-password',
    });
    await judge(vera, { polite: 5, honest: 5 });
    await judge(await webOf(test, 'nina'), { polite: 2, honest: 5 });
    const found = (await (await vera.get('/reviews/calibration?callId=main%2F1')).json()) as Calibration;
    expect(found.criteria[0]).toMatchObject({ id: 'polite', difference: 3 });
    expect(found.meanDifference).toBeCloseTo(0.3, 10);
  });

  it('[REV-07] a supervisor edits the criteria and nothing else of the site; a review made before keeps its score', async () => {
    const made = (await (await judge(vera, { polite: 5, honest: 0 })).json()) as ReviewView;
    expect(made.score).toBe(50);
    const id = 'reviewCriteria';
    const { content, revision } = (await (await vera.get(`/site-documents/${id}/${id}`)).json()) as {
      content: { groups: { criteria: { id: string; weight: number }[] }[] };
      revision: number;
    };
    const save = (login: string, changed: unknown, kind = id) =>
      test.command(login, 'siteDocument.save', { kind, id: kind, revision, content: changed, reason: 'так решили' });
    expect(await save('anna', content)).toMatchObject({ ok: false });
    expect(await save('vera', content, 'dispositions')).toMatchObject({
      ok: false,
      error: { code: 'command.forbidden' },
    });
    expect(await save('vera', { ...content, groups: [] })).toMatchObject({ ok: true, value: { saved: false } });
    const groups = content.groups.map((group) => ({
      ...group,
      criteria: group.criteria
        .filter((each) => each.id !== 'honest')
        .map((each) => (each.id === 'polite' ? { ...each, weight: 9 } : each)),
    }));
    expect(await save('vera', { ...content, groups })).toMatchObject({ ok: true, value: { saved: true } });
    const form = (await (await vera.get('/reviews/form')).json()) as ReviewForm;
    const criteria = form.groups.flatMap((group) => group.criteria);
    expect(criteria.find((each) => each.id === 'polite')?.weight).toBe(9);
    expect(criteria.some((each) => each.id === 'honest')).toBe(false);
    expect((await test.app.rooms.reviews.ofCall('main/1'))[0]?.score).toBe(50);
  });

  it('[REV-08] shipped criteria are there in both languages, own ones as they were written', async () => {
    const form = async (language: string): Promise<string> =>
      (await vera.get(`/reviews/form?language=${language}`)).text();
    expect(await form('en')).toContain('Polite throughout.');
    expect(await form('en')).not.toMatch(/[а-я]{2}/i);
    expect(await form('ru')).toContain('Вежлив весь разговор.');
    const id = 'reviewCriteria';
    const { content, revision } = (await (await vera.get(`/site-documents/${id}/${id}`)).json()) as {
      content: { groups: { criteria: object[] }[] };
      revision: number;
    };
    const groups = content.groups.map((group) => ({
      ...group,
      criteria: group.criteria.map((each) => ({ ...each, full: 'Как договорились в смене.' })),
    }));
    const input = { kind: id, id, revision, content: { ...content, groups }, reason: 'свои слова' };
    expect(await test.command('vera', 'siteDocument.save', input)).toMatchObject({ ok: true, value: { saved: true } });
    expect(await form('en')).toContain('Как договорились в смене.');
  });
});
