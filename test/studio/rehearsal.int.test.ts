import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RehearsalReplay, RehearsalRow, RehearsalView } from '../../server/contract/index.ts';
import { stepOf, studioTest, type StudioTest } from './support.ts';
import { eventually } from '../support/eventually.ts';

describe('rehearsals', () => {
  let studio: StudioTest;
  beforeAll(async () => {
    studio = await studioTest();
  });
  afterAll(() => studio.test.close());

  const view = (login: string): RehearsalView =>
    studio.test.app.topics.rehearsal?.snapshot(studio.test.person(login)) as RehearsalView;
  const going = (login: string): NonNullable<RehearsalView['rehearsal']> => {
    const { rehearsal } = view(login);
    if (!rehearsal) throw new Error('nothing is rehearsed');
    return rehearsal;
  };
  const cookieOf = async (login: string): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${studio.test.port}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: 'test-password' }),
    });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  const get = async (login: string, path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${studio.test.port}${path}`, { headers: { cookie: await cookieOf(login) } });
  const read = async <T>(login: string, path: string): Promise<T> => (await get(login, path)).json() as Promise<T>;
  const key = (login: string, name: string, input: object) => studio.done(login, 'rehearsal.key', { name, input });
  /** The rehearsal's exchange answers over a real connection, in the time that the test moves. */
  const until = (holds: () => boolean | Promise<boolean>): Promise<void> =>
    eventually(async () => {
      studio.test.clock.advance(50);
      expect(await holds()).toBe(true);
    }, 20);

  it('[STUDIO-33] the draft is played on a telephone of one’s own, and nobody outside sees or meets it', async () => {
    const { revision, script } = await studio.open('ira', 'inbound');
    const greeting = stepOf(script.steps, 'greeting');
    const say = {
      ru: '{greeting}! Проба, {organization}, {operator.name}. Чем могу помочь?',
      en: '{greeting}! {organization}, {operator.name} speaking. How can I help you?',
    };
    await studio.edit('ira', 'inbound', revision, { op: 'setStep', step: { ...greeting, say } });
    const { rehearsalId } = (await studio.done('ira', 'rehearsal.start', {
      scriptId: 'inbound',
      version: 'draft',
    })) as RehearsalRow;
    expect(going('ira')).toMatchObject({ rehearsalId, version: 'draft', isWorkingTime: true, speed: 1 });
    expect(view('lev').rehearsal).toBeUndefined();

    const session = await read<{ user: object }>('ira', `/rehearsal/${rehearsalId}/api/v1/session`);
    expect(session.user).toMatchObject({ name: 'Панова Ирина Львовна', roles: ['operator'] });
    expect((await get('lev', `/rehearsal/${rehearsalId}/api/v1/session`)).status).toBe(404);
    expect((await get('ira', '/rehearsal/not-mine/api/v1/session')).status).toBe(404);

    await until(() => going('ira').demo.links === 1);
    await key('ira', 'demo.call', { callerId: going('ira').demo.callers[0]?.id });
    const telephone = () => going('ira').demo.telephones.find(({ device }) => device === going('ira').device);
    await until(() => telephone()?.calls[0]?.state === 'ringing' && going('ira').moments >= 2);
    await key('ira', 'demo.answer', { device: going('ira').device });
    await until(() => telephone()?.calls[0]?.state === 'talking' && going('ira').moments >= 3);
    await key('ira', 'demo.hold', { device: going('ira').device });
    await until(() => telephone()?.calls[0]?.state === 'onHold' && going('ira').moments >= 4);
    await studio.done('ira', 'rehearsal.speed', { speed: 20 });
    const before = going('ira').now;
    studio.test.clock.advance(1_000);
    expect(going('ira').now - before).toBe(20_000);
    await studio.done('ira', 'rehearsal.speed', { speed: 1 });
    await key('ira', 'demo.clientHangUp', { clientId: going('ira').demo.clients[0]?.id });
    await until(() => telephone()?.calls.length === 0 && going('ira').moments >= 6);
    const folder = join(studio.test.folder, 'rehearsals', rehearsalId);
    expect(existsSync(folder)).toBe(true);

    await studio.done('ira', 'rehearsal.stop', {});
    expect(existsSync(folder)).toBe(false);
    const { frames } = await read<RehearsalReplay>('ira', `/api/v1/rehearsals/${rehearsalId}`);
    expect(frames.map(({ view: panel }) => panel.calls[0]?.phase)).toEqual(
      expect.arrayContaining(['ringing', 'talking', 'onHold', 'wrapUp']),
    );
    const spoken = frames.flatMap(({ view: panel }) => panel.calls[0]?.script?.step.lines ?? []);
    expect(spoken.find((line) => line.includes('Проба'))).toContain('Ирина Львовна');
    // The real product knows nothing of it, but that it was rehearsed.
    expect([...studio.test.app.rooms.calls.all()]).toEqual([]);
    expect(studio.test.app.rooms.scripts.currentOf('inbound')?.version).toBe(1);
    expect(await read<RehearsalRow[]>('ira', '/api/v1/rehearsals')).toMatchObject([
      { rehearsalId, title: 'Входящий звонок' },
    ]);
    expect(await read<RehearsalRow[]>('anna', '/api/v1/rehearsals')).toEqual([]);
    expect((await get('anna', `/api/v1/rehearsals/${rehearsalId}`)).status).toBe(404);
  });

  it('[STUDIO-34] after hours the rehearsal speaks as after hours; a draft with errors is not played; drafts are for trainers', async () => {
    const week = studio.test.app.rooms.studio.documents.get('calendarWeek', 'calendarWeek');
    const schedule = { ru: 'по чётным дням с утра', en: 'on even days in the morning' };
    const { kind, id, revision: written } = week;
    const content = { ...(week.content as object), schedule };
    await studio.done('ira', 'siteDocument.save', { kind, id, revision: written, content, reason: 'переезд' });
    await studio.done('anna', 'rehearsal.start', {});
    expect(going('anna').isWorkingTime).toBe(true);
    await studio.done('anna', 'rehearsal.time', { to: 'closed' });
    expect(going('anna').isWorkingTime).toBe(false);
    await until(() => going('anna').demo.links === 1);
    await key('anna', 'demo.call', { callerId: going('anna').demo.callers[0]?.id });
    const telephone = () => going('anna').demo.telephones.find(({ device }) => device === going('anna').device);
    await until(() => telephone()?.calls[0]?.state === 'ringing' && going('anna').moments >= 2);
    await key('anna', 'demo.answer', { device: going('anna').device });
    await until(() => telephone()?.calls[0]?.state === 'talking' && going('anna').moments >= 3);
    const { rehearsalId } = (await studio.done('anna', 'rehearsal.stop', {})) as RehearsalRow;
    const { frames } = await read<RehearsalReplay>('anna', `/api/v1/rehearsals/${rehearsalId}`);
    const steps = frames.flatMap(({ view: panel }) => panel.calls[0]?.script?.step ?? []);
    expect(steps.map(({ scriptId }) => scriptId)).toContain('outside-hours');
    expect(steps.some(({ lines }) => lines.some((line) => line.includes(schedule.ru)))).toBe(true);

    expect(await studio.refusal('anna', 'rehearsal.start', { scriptId: 'inbound', version: 'draft' })).toBe(
      'rehearsal.draft',
    );
    const { revision } = await studio.open('ira', 'complaint');
    const edit = { op: 'setHead' as const, key: 'start', value: 'nowhere' };
    await studio.edit('ira', 'complaint', revision, edit);
    expect(await studio.refusal('ira', 'rehearsal.start', { scriptId: 'complaint', version: 'draft' })).toBe(
      'studio.errors',
    );
    expect(await studio.refusal('ira', 'rehearsal.speed', { speed: 5 })).toBe('rehearsal.over');
  });
});
