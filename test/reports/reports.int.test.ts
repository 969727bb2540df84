import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { CallPage, HistoryPage, ReportView } from '../../server/contract/index.ts';
import { flush } from '../support/fakeClock.ts';
import { testApp, type TestApp } from '../support/testApp.ts';
import { callDocument } from './support.ts';
import { webOf } from './web.ts';

const DAY = 86_400_000;
const device = 'PJSIP/101';

describe('history and reports over the whole server', () => {
  let test: TestApp;
  let recordings: string;
  beforeEach(async () => {
    recordings = await mkdtemp(join(tmpdir(), 'recordings-'));
    test = await testApp({ RECORDINGS_DIR: recordings, RETENTION_DAYS: '30' });
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
  });
  afterEach(async () => {
    await test.close();
    await rm(recordings, { recursive: true, force: true });
  });
  const put = (id: string, ...rest: Parameters<typeof callDocument> extends [string, ...infer R] ? R : never) =>
    test.app.rooms.archive.collection.put(id, callDocument(id, ...rest));
  const read = (from: number, to: number, by = 'operator' as const) =>
    test.app.rooms.reports.reader.read({ from, to }, by);
  const midnight = (): number => midnightOf(test.clock.now());

  async function talked(file = 'call.wav'): Promise<CallId> {
    const callId = test.exchange.ring(device);
    test.clock.advance(4_000);
    test.exchange.tell(callId, { type: 'call.answered', device });
    await test.command('anna', 'hold.name', { callId, promisedMs: 60_000 });
    test.exchange.tell(callId, { type: 'call.held', by: 'operator', device });
    test.clock.advance(90_000);
    test.exchange.tell(callId, { type: 'call.resumed', by: 'operator', device });
    test.exchange.tell(callId, { type: 'call.recorded', file });
    test.exchange.tell(callId, { type: 'call.surveyAnswered', question: '1', digit: '5' });
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await flush();
    await test.command('anna', 'wrapUp.close', { callId, disposition: 'answered', note: 'про сад', satisfied: true });
    await flush();
    await test.app.rooms.archive.settled();
    return callId;
  }

  it('[6.1] [6.5] satisfaction, deadlines and volume per employee stand beside the period before', async () => {
    const [anna, olga] = ['anna', 'olga'].map((login) => test.person(login).id);
    const start = midnight();
    const common = { answered: true, talkMs: 60_000, operatorName: 'x', unit: 'Отдел' };
    await put('main/1', { ...common, startedAt: start - DAY + 1, operatorId: anna!, satisfied: true, holdsBroken: 2 });
    await put('main/2', { ...common, startedAt: start - DAY + 2, operatorId: anna!, satisfied: false, holdsKept: 1 });
    await put('main/3', {
      ...common,
      startedAt: start - 2 * DAY + 1,
      operatorId: anna!,
      satisfied: false,
      holdsKept: 1,
    });
    await put('main/4', { ...common, startedAt: start - DAY + 3, operatorId: olga!, satisfied: true });
    const view = await read(start - DAY, start);
    expect(view.before).toEqual({ from: start - 2 * DAY, to: start - DAY });
    expect(view.total).toMatchObject({ calls: 3, satisfaction: 2 / 3, promisesKept: 1 / 3 });
    expect(view.totalBefore).toMatchObject({ calls: 1, satisfaction: 0, promisesKept: 1 });
    expect(
      view.rows.map(({ key, figures, before }) => [key, figures.calls, figures.holdsBroken, before?.calls]),
    ).toEqual([
      [anna, 2, 2, 1],
      [olga, 1, 0, undefined],
    ]);
    expect(view.troubles[0]).toMatchObject({ kind: 'holdsBroken', count: 2, before: 0 });
    expect(view.troubles[0]?.causes).toContainEqual({ by: 'operator', key: anna, label: expect.any(String), count: 2 });
  });

  it('[REP-01] rows of finished days say what the calls say, also when a late call comes or a limit changes', async () => {
    const start = midnight() - DAY;
    const wait = { queueWaitMs: 25_000, answered: true, operatorId: 'x' as never };
    for (let index = 0; index < 20; index += 1) await put(`main/${index}`, { ...wait, startedAt: start + index });
    const { reports, settings } = test.app.rooms;
    expect(await reports.fill()).toBeGreaterThan(0);
    expect(await reports.fill()).toBe(0);
    expect((await read(start, start + DAY)).total).toMatchObject({ calls: 20, serviceLevel: 0 });
    const late = callDocument('main/late', { ...wait, startedAt: start + 30, queueWaitMs: 1_000 });
    await test.app.rooms.archive.collection.put('main/late', late);
    reports.onArchived(late);
    await flush(20);
    expect((await read(start, start + DAY)).total).toMatchObject({ calls: 21, serviceLevel: 1 / 21 });
    // Old days are recomputed under a new threshold; one of exactly 25 s is within it.
    const limits = { ...settings.of(undefined), serviceLevelMs: 25_000 };
    await settings.change('answeredWithin/offered', null, limits);
    expect((await read(start, start + DAY)).total).toMatchObject({ calls: 21, serviceLevel: 1 });
  });

  it('[3.7.4] every look at a record leaves a row of audit, and only those who may look see it', async () => {
    const callId = await talked();
    const [vera, anna] = [await webOf(test, 'vera'), await webOf(test, 'anna')];
    const address = `/reports/calls/${encodeURIComponent(callId)}`;
    const page = (await (await vera.get(address)).json()) as CallPage;
    expect(page.events.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'started',
        'answered',
        'hold.named',
        'held.operator',
        'hold.broken',
        'note',
        'ended.client',
      ]),
    );
    expect(page.spans.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['queue', 'talk', 'hold']));
    const list = (await (
      await vera.get(`/reports/calls?from=0&to=${test.clock.now()}&number=8906555`)
    ).json()) as HistoryPage;
    expect(list.items.map((row) => row.callId)).toEqual([callId]);
    expect((await anna.get(address)).status).toBe(403);
    const rows = () => test.app.rooms.audit.collection.find({ where: { who: test.person('vera').id } });
    await until(async () => (await rows()).items.length === 2);
    const { items } = await rows();
    expect(items.map(({ document }) => [document.what, document.whom])).toEqual(
      expect.arrayContaining([
        ['call.viewed', callId],
        ['calls.listed', '8906555'],
      ]),
    );
  });

  it('[REP-09] reports, lists and their files speak the language of the screen', async () => {
    const start = midnight();
    await put('main/1', { startedAt: start + 1, direction: 'inbound', topic: null });
    const vera = await webOf(test, 'vera');
    const asked = `from=${start}&to=${start + DAY}&direction=inbound&outcome=abandoned`;
    const read = async (path: string): Promise<string> => (await vera.get(path)).text();
    const summary = async (language: string) =>
      JSON.parse(
        await read(`/reports/summary?from=${start}&to=${start + DAY}&by=topic&language=${language}`),
      ) as ReportView;
    expect((await summary('en')).filterText).toEqual(['Period: 23 Nov 2026']);
    expect((await summary('en')).rows.map(({ label }) => label)).toEqual(['no topic noted']);
    expect((await summary('ru')).rows.map(({ label }) => label)).toEqual(['тема не записана']);
    const list = JSON.parse(await read(`/reports/calls?${asked}&language=en`)) as HistoryPage;
    expect(list.filterText.slice(1)).toEqual(['Direction: inbound', 'What happened: abandoned']);
    for (const of of ['summary', 'calls', 'inquiries', 'steps']) {
      const file = (language: string) => read(`/reports/${of}/export?${asked}&format=csv&language=${language}`);
      expect(await file('en')).toContain('What happened: abandoned');
      expect(await file('en')).not.toMatch(/[а-я]/i);
      expect(await file('ru')).toContain('Что случилось: не дождались');
    }
  });

  it('[REC-01] recordings are served in ranges, by role, with audit; a name cannot lead out of the folder', async () => {
    await writeFile(join(recordings, 'call.wav'), 'RIFF0123456789');
    await writeFile(join(recordings, '..', 'secret.wav'), 'secret');
    await symlink(join(recordings, '..', 'secret.wav'), join(recordings, 'link.wav'));
    const callId = await talked();
    const [vera, anna, olga] = await Promise.all(['vera', 'anna', 'olga'].map((login) => webOf(test, login)));
    const address = `/calls/${encodeURIComponent(callId)}/recordings/0`;
    const part = await vera!.get(address, { range: 'bytes=4-7' });
    expect([part.status, await part.text()]).toEqual([206, '0123']);
    expect((await anna!.get(address)).status).toBe(200);
    expect((await olga!.get(address)).status).toBe(403);
    const rows = () => test.app.rooms.audit.collection.find({ where: { what: 'recording.heard' } });
    await until(async () => (await rows()).items.length === 2);
    const heard = await rows();
    expect(heard.items.map(({ document }) => document.whom)).toEqual([callId, callId]);
    for (const [index, name] of ['../secret.wav', 'link.wav', '/etc/passwd', '', 'none.wav'].entries()) {
      await put(`main/bad${index}`, { startedAt: test.clock.now() }, { recordings: [name] });
      expect((await vera!.get(`/calls/main%2Fbad${index}/recordings/0`)).status).toBe(404);
    }
    await rm(join(recordings, '..', 'secret.wav'));
  });

  it('[5] [V] answers of the survey carry neither number nor operator, and the journal of the call has none', async () => {
    const callId = await talked();
    const { survey } = test.app.rooms.reports;
    await until(async () => (await survey.all()).length === 1);
    const view = await read(test.clock.now() - DAY, test.clock.now() + DAY);
    expect(view.survey).toMatchObject({ answers: 1, questions: [{ question: '1', mean: 5 }] });
    expect(view.survey.months.at(-1)).toEqual({ month: '2026-11', answers: 1, mean: 5 });
    const stored = await test.app.rooms.archive.collection.get(callId);
    expect(stored?.document.record.survey).toEqual({});
    const page = await test.app.rooms.reports.call(callId, []);
    expect(JSON.stringify(page)).not.toContain('surveyAnswered');
    // Canary: with consent (key 1 at question 9) the call stands beside the answers.
    const second = test.exchange.ring(device);
    test.exchange.tell(second, { type: 'call.answered', device });
    test.exchange.tell(second, { type: 'call.surveyAnswered', question: '1', digit: '2' });
    test.exchange.tell(second, { type: 'call.surveyAnswered', question: '9', digit: '1' });
    test.exchange.tell(second, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await until(async () => (await survey.all()).length === 2);
    const surveys = await survey.all();
    expect(new Set(surveys.map(({ agreed }) => agreed?.callId ?? null))).toEqual(new Set([second, null]));
    const both = await read(test.clock.now() - DAY, test.clock.now() + DAY);
    expect(both.survey.questions.find(({ question }) => question === '1')).toMatchObject({ mean: (5 + 2) / 2 });
    const anonymous = surveys.find(({ agreed }) => agreed === null);
    expect(Object.keys(anonymous ?? {}).toSorted()).toEqual(['agreed', 'answers', 'day']);
    expect(anonymous?.day).toBe(midnightOf(test.clock.now()));
  });

  it('[RET-01] personal data past its term goes by itself at night, figures stay', async () => {
    const callId = await talked();
    await writeFile(join(recordings, 'call.wav'), 'RIFF');
    const from = midnight() - DAY;
    const before = (await read(from, from + 3 * DAY)).total;
    await put('main/young', { startedAt: test.clock.now() + 20 * DAY, clientName: 'Новый' });
    test.clock.leap(31 * DAY);
    await test.clock.advanceAsync(DAY);
    await flush(60);
    const { archive, reports } = test.app.rooms;
    await until(async () => (await archive.collection.get(callId))?.document.erasedAt !== undefined);
    const erased = await archive.collection.get(callId);
    expect(erased?.document.facts).toMatchObject({ number: '', clientName: null, talkMs: before.talkMs });
    expect(JSON.stringify(erased?.document)).not.toMatch(/9065550101|про сад|Иванов/u);
    expect((await reports.call(callId, [])).events.some(({ lane }) => lane === 'line')).toBe(false);
    expect((await read(from, from + 3 * DAY)).total).toMatchObject({ calls: before.calls, talkMs: before.talkMs });
    expect((await archive.collection.get('main/young'))?.document.facts.clientName).toBe('Новый');
  });

  it('[EXP-05] the report leaves as CSV and XLSX with the filter in words', async () => {
    await talked();
    const vera = await webOf(test, 'vera');
    const range = `from=${midnight()}&to=${midnight() + DAY}`;
    const csv = await vera.get(`/reports/summary/export?${range}&by=operator&format=csv&direction=inbound`);
    expect(csv.headers.get('content-disposition')).toContain('report-operator.csv');
    const text = Buffer.from(await csv.arrayBuffer()).toString();
    expect(text).toContain('Направление: входящие');
    expect(text).toContain('Смирнова Анна Петровна;1;1;1;0');
    const xlsx = Buffer.from(await (await vera.get(`/reports/calls/export?${range}&format=xlsx`)).arrayBuffer());
    expect(xlsx.subarray(0, 2).toString()).toBe('PK');
    const view = (await (await vera.get(`/reports/summary?${range}&by=hour`)).json()) as ReportView;
    expect(view.rows).toMatchObject([{ label: '09:00', figures: { calls: 1, holdsBroken: 1 } }]);
  });

  it('[EXP-06] steps of the scripts and inquiries leave likewise, and leave a row of audit', async () => {
    const callId = await talked();
    const { inquiryId } = await test.app.rooms.reports.document(callId);
    await test.app.rooms.ledger.flush();
    const vera = await webOf(test, 'vera');
    const range = `from=${midnight()}&to=${midnight() + DAY}&format=csv`;
    const text = async (of: string): Promise<string> => (await vera.get(`/reports/${of}/export?${range}`)).text();
    const steps = await text('steps');
    expect(steps).toContain('Период: 23.11.2026\r\n');
    expect(steps).toMatch(/^Приветствие;/mu);
    await until(async () => (await text('inquiries')).includes("'+79065550101"));
    expect(inquiryId).not.toBeNull();
    await until(async () => {
      const { items } = await test.app.rooms.audit.collection.find({
        where: { what: { in: ['report.exported', 'inquiries.exported'] } },
      });
      return items.length > 1;
    });
    expect((await (await webOf(test, 'anna')).get(`/reports/inquiries/export?${range}`)).status).toBe(403);
  });
});

const midnightOf = (at: number): number => at - ((at + 3 * 3_600_000) % DAY);
/** The store answers from its own thread, however busy the disk is: the limit is that of the test. */
async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await flush();
}
