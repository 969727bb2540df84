import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flush } from '../support/fakeClock.ts';
import { openBrowser, openPage, shoot, signIn } from '../support/browser.ts';
import { describeWith } from '../support/peers.ts';
import { testApp, type TestApp } from '../support/testApp.ts';
import { callDocument } from '../reports/support.ts';

const DAY = 86_400_000;
const TOPICS = ['kindergarten', 'school', 'exams', 'certification', 'allowances'];

describeWith(['chromium'], 'history, reports and reviews in a browser', (chromium) => {
  let browser: Browser;
  let test: TestApp;
  let callId: string;
  let recordings: string;

  beforeAll(async () => {
    recordings = await mkdtemp(join(tmpdir(), 'recordings-'));
    test = await testApp({ RECORDINGS_DIR: recordings });
    browser = await openBrowser(chromium);
    await fill(test);
    callId = await realCall(test, recordings);
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
    await rm(recordings, { recursive: true, force: true });
  });

  it.each([
    [1280, 800, 'light'],
    [1920, 1080, 'dark'],
  ] as const)('[6.1] [E2E-30] what broke, why, and is it getting better at %i×%i', async (width, height, theme) => {
    const { page, errors } = await openPage(browser, { width, height, theme });
    await signIn(page, test.port, 'vera', '/reports?period=days30');
    await page.getByRole('heading', { name: 'Что сломалось и почему' }).waitFor();
    await page.getByText('принятые в срок / все поступившие').first().waitFor();
    await shoot(page, `reports-${width}-${theme}`);
    // Of one day it is told by the fortnight up to it; arrows tell each day of the line.
    await page.getByRole('button', { name: 'Вчера' }).click();
    await page.getByText('две недели по этот день').first().waitFor();
    await page.getByRole('img', { name: 'Уровень сервиса' }).press('ArrowLeft');
    await page.getByText('22.11:').waitFor();
    await shoot(page, `reports-day-${width}-${theme}`);
    await page.getByRole('button', { name: '30 дней' }).click();
    await page.getByText('период до этого').first().waitFor();
    await page.getByRole('heading', { name: 'Опрос после звонка' }).scrollIntoViewIfNeeded();
    await shoot(page, `reports-table-${width}-${theme}`);
    await page.getByRole('button', { name: 'Темы', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Очередь и приём в детский сад' }).waitFor();
    await page.getByRole('link', { name: 'Звонки', exact: true }).click();
    await page.getByRole('link', { name: /^09:00/ }).waitFor();
    await shoot(page, `reports-calls-${width}-${theme}`);
    await page.getByRole('link', { name: /^09:00/ }).click();
    await page.getByRole('heading', { name: 'Ход разговора' }).waitFor();
    await page.getByText('Срок нарушен на').waitFor();
    await shoot(page, `reports-call-${width}-${theme}`);
    await page.getByRole('link', { name: 'Шаги сценариев' }).click();
    await page
      .getByRole('rowheader', { name: /Приветствие/ })
      .first()
      .waitFor();
    await shoot(page, `reports-steps-${width}-${theme}`);
    await page.getByRole('link', { name: 'Обращения' }).click();
    await page.getByText('решено', { exact: true }).first().waitFor();
    await shoot(page, `reports-inquiries-${width}-${theme}`);
    await page.getByRole('row').filter({ hasText: 'решено' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Обещания перезвонить' }).waitFor();
    await page.getByText('Удержание: обещали 1 минуту').waitFor();
    await page.getByText('Рассказала, как подать заявление при переезде').waitFor();
    await shoot(page, `reports-inquiry-${width}-${theme}`);
    expect(errors.join('\n')).toBe('');
    await page.context().close();
  });

  it('[3.5.7] [E2E-31] a supervisor judges a call and the operator answers', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, test.port, 'vera', `/reports/calls/${encodeURIComponent(callId)}`);
    await page.getByRole('button', { name: 'Оценить разговор' }).click();
    await page.getByRole('radio', { name: 'Оценка 4 из 5: Ровная доброжелательная речь' }).click();
    await page.getByRole('radio', { name: 'Оценка 1 из 5: Возврат на линию в срок' }).click();
    await page
      .getByLabel('Что сказать сотруднику')
      .fill('Срок назван, но вернулись поздно: предупредите клиента раньше.');
    await shoot(page, 'reports-review-form');
    await page.getByRole('button', { name: 'Сохранить оценку' }).click();
    await page.getByText('из 100').first().waitFor();
    await page.getByRole('link', { name: 'Оценка разговоров' }).click();
    await page.getByRole('heading', { name: 'Критерии: слабые сверху' }).waitFor();
    await shoot(page, 'reports-reviews');
    await page.getByRole('button', { name: 'Изменить критерии' }).click();
    await page.getByText('Редакция 1').waitFor();
    await shoot(page, 'reports-criteria');
    await page.getByLabel('Наибольшая оценка').fill('4');
    await page.keyboard.press('Control+S');
    await page.getByRole('dialog').getByRole('textbox').fill('Пять делений не различают');
    await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('Редакция 2').waitFor();
    expect(test.app.rooms.reviews.form().scale).toBe(4);
    await page.goto(`http://127.0.0.1:${test.port}/reports/calls/${encodeURIComponent(callId)}`);
    await page.getByText('Сотрудник ещё не ответил').waitFor();

    const { page: hers, errors: herErrors } = await openPage(browser);
    await signIn(hers, test.port, 'anna', '/reports/mine');
    await hers.getByText('Срок назван, но вернулись поздно').waitFor();
    await hers.getByLabel('Ваш ответ').fill('Поняла, буду предупреждать.');
    await shoot(hers, 'reports-mine');
    await hers.getByRole('button', { name: 'Ответить' }).click();
    await hers.getByText('Ответ сотрудника: Поняла, буду предупреждать.').waitFor();
    // The reviewer reads it where she is, and is told of it on every page until she puts it away.
    await page.getByText('Ответ сотрудника: Поняла, буду предупреждать.').waitFor();
    const news = page.getByRole('list', { name: 'Напоминания' }).getByRole('listitem');
    await news.getByText('Оператор ответил на вашу оценку: «Поняла, буду предупреждать.»').waitFor();
    await shoot(page, 'reports-answered');
    await news.getByRole('button', { name: 'Убрать' }).click();
    await news.waitFor({ state: 'detached' });
    expect([...errors, ...herErrors].join('\n')).toBe('');
    await page.context().close();
    await hers.context().close();
  });

  it('[VI] [E2E-32] the report is downloaded as a table with the filter inside', async () => {
    const { page } = await openPage(browser);
    await signIn(page, test.port, 'vera', '/reports?period=days30');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Скачать CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('report-operator.csv');
    await page.context().close();
  });
});

/** Sixty days of two operators; the second month a little better than the first, with one bad topic. */
async function fill(test: TestApp): Promise<void> {
  const people = ['anna', 'olga'].map((login) => test.person(login));
  const start = test.clock.now() - 3 * 3_600_000;
  const documents = [];
  for (let day = 1; day <= 60; day += 1) {
    for (let index = 0; index < 24; index += 1) {
      const seed = (day * 37 + index * 101) % 97;
      const person = people[seed % 2];
      const late = day > 30 ? 9 : 5;
      const broken = seed % late === 0;
      const abandoned = seed % 13 === 0;
      const id = `main/${day}.${index}`;
      const startedAt = start - day * DAY + (8 + (index % 9)) * 1_200_000 + index * 1_500_000;
      documents.push({
        id,
        document: callDocument(id, {
          startedAt,
          operatorId: abandoned ? null : (person?.id ?? null),
          operatorName: abandoned ? null : `${person?.surname} ${person?.firstName} ${person?.patronymic}`,
          unit: abandoned ? null : (person?.unit ?? null),
          topic: abandoned ? null : (TOPICS[seed % TOPICS.length] ?? null),
          number: `+7906555${String(1000 + seed)}`,
          clientName: abandoned ? null : 'Мария Ивановна',
          answered: !abandoned,
          abandoned,
          queueWaitMs: 4_000 + seed * 400,
          talkMs: abandoned ? 0 : 90_000 + seed * 2_000,
          onHoldMs: seed % 3 === 0 ? 50_000 : 0,
          wrapUpMs: abandoned ? 0 : 30_000,
          holdCount: broken || seed % 3 === 0 ? 1 : 0,
          holdsKept: !broken && seed % 3 === 0 ? 1 : 0,
          holdsBroken: broken ? 1 : 0,
          transferCount: seed % 11 === 0 ? 1 : 0,
          repeat: seed % 10 === 0,
          disposition: abandoned ? null : seed % 4 === 0 ? 'callbackPromised' : 'answered',
          satisfied: abandoned ? null : seed % 4 !== 0,
        }),
      });
    }
  }
  await test.app.rooms.archive.collection.putAll(documents);
  for (let month = 0; month < 90; month += 1)
    test.app.rooms.reports.survey.onCallFact({
      type: 'call.surveyAnswered',
      callId: `main/s.${month}`,
      exchangeId: 'main',
      at: start - month * 3 * DAY,
      question: '1',
      digit: String(3 + (month % 3)),
    } as never);
  for (let month = 0; month < 90; month += 1)
    test.app.rooms.reports.survey.onCallFact({
      type: 'call.ended',
      callId: `main/s.${month}`,
      exchangeId: 'main',
      at: start - month * 3 * DAY,
      by: 'client',
      cause: 16,
      causeText: '',
    } as never);
  await flush();
}

/** A call on the line: the hold was promised for a minute and took two. */
async function realCall(test: TestApp, recordings: string): Promise<string> {
  const device = 'PJSIP/101';
  await test.command('anna', 'operator.chooseDevice', { device });
  await test.command('anna', 'operator.ready', {});
  const id = test.exchange.ring(device);
  test.clock.advance(6_000);
  test.exchange.tell(id, { type: 'call.queueLeft', queue: 'general', reason: 'answered', queueWaitMs: 6_000 });
  test.exchange.tell(id, { type: 'call.answered', device });
  test.clock.advance(20_000);
  await test.command('anna', 'hold.name', { callId: id, promisedMs: 60_000 });
  test.exchange.tell(id, { type: 'call.held', by: 'operator', device });
  test.clock.advance(125_000);
  test.exchange.tell(id, { type: 'call.resumed', by: 'operator', device });
  test.clock.advance(40_000);
  await writeFile(join(recordings, 'call.wav'), Buffer.alloc(2_000, 1));
  test.exchange.tell(id, { type: 'call.recorded', file: 'call.wav' });
  test.exchange.tell(id, { type: 'call.ended', by: 'client', cause: 16, causeText: 'Normal Clearing' });
  await flush();
  test.clock.advance(15_000);
  await test.command('anna', 'wrapUp.close', {
    callId: id,
    disposition: 'answeredAfterHold',
    note: 'Рассказала, как подать заявление при переезде',
    satisfied: true,
  });
  await flush();
  await test.app.rooms.archive.settled();
  return id;
}
