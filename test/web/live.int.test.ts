import { join } from 'node:path';
import Database from 'libsql';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  panelAfter,
  PROTOCOL_VERSION,
  type CommandResult,
  type PanelPush,
  type PanelView,
} from '../../server/contract/index.ts';
import {
  articleSummaryReply,
  deadlineReply,
  inquiryReply,
  publishedScriptReply,
  sessionReply,
  settingsReply,
  staffReply,
} from '../../server/web/presenters/replies.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

describe('the wire', () => {
  let test: TestApp;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    test = await testApp();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await test.close();
  });

  const url = (path = ''): string => `http://127.0.0.1:${test.port}${path}`;
  async function signIn(
    login: string,
    password = 'test-password',
  ): Promise<{ status: number; cookie: string; body: unknown }> {
    const response = await fetch(url('/api/v1/session'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { status: response.status, cookie, body: await response.json() };
  }
  async function connect(cookie: string, protocol = PROTOCOL_VERSION): Promise<Socket> {
    const socket = io(url(), {
      transports: ['websocket'],
      extraHeaders: { cookie },
      auth: { protocol },
      forceNew: true,
      reconnection: false,
    });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }
  const next = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => socket.once(event, resolve));
  const command = (socket: Socket, name: string, input: unknown, id = `t-${name}`): Promise<CommandResult> =>
    socket.emitWithAck('command', { id, name, input }) as Promise<CommandResult>;

  it('[WEB-01] signs in, watches the panel and is pushed the ringing call', async () => {
    const { status, cookie } = await signIn('anna');
    expect(status).toBe(200);
    const socket = await connect(cookie);
    const first = next<PanelView>(socket, 'panel');
    expect(await socket.emitWithAck('subscribe', 'panel')).toEqual({ ok: true });
    expect((await first).operator).toMatchObject({ name: 'Смирнова Анна Петровна', state: 'offline' });
    expect(await command(socket, 'operator.chooseDevice', { device: 'PJSIP/101' })).toMatchObject({ ok: true });
    const pushed = next<PanelView>(socket, 'panel');
    test.exchange.ring('PJSIP/101');
    expect((await pushed).calls).toMatchObject([{ phase: 'ringing', client: { number: '+79065550101' } }]);
  });

  it('[WEB-01] today’s calls are pushed when they change, and again to whoever subscribes anew', async () => {
    const socket = await connect((await signIn('anna')).cookie);
    const pushes: PanelPush[] = [];
    socket.on('panel', (push: PanelPush) => pushes.push(push));
    await socket.emitWithAck('subscribe', 'panel');
    await command(socket, 'operator.chooseDevice', { device: 'PJSIP/101' });
    const callId = test.exchange.ring('PJSIP/101');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/101' });
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const input = { callId, disposition: 'answered', note: '', satisfied: true };
    expect(await command(socket, 'wrapUp.close', input)).toMatchObject({ ok: true });
    await test.app.rooms.archive.settled();
    // Anything that is pushed after it.
    await command(socket, 'operator.pause', { reason: 'break' });
    const told = pushes.flatMap(({ today }) => (today === undefined ? [] : [today.length]));
    expect([told[0], told.at(-1)]).toEqual([0, 1]);
    expect(told.length).toBeLessThan(pushes.length / 2);
    const shown = pushes.reduce<PanelView | undefined>((view, push) => panelAfter(view, push), undefined);
    expect(shown?.today).toMatchObject([{ callId }]);
    const again = next<PanelPush>(socket, 'panel');
    await socket.emitWithAck('subscribe', 'panel');
    expect((await again).today).toMatchObject([{ callId }]);
  });

  it('[WEB-02] a wrong password is refused in words and nobody learns whether the login exists', async () => {
    const wrong = await signIn('anna', 'not-the-password');
    const unknown = await signIn('nobody', 'not-the-password');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body).toEqual(unknown.body);
  });

  it('[WEB-03] without a session or with another protocol the socket is refused by code', async () => {
    await expect(connect('session=forged-forged-forged')).rejects.toThrow('session.required');
    const { cookie } = await signIn('anna');
    await expect(connect(cookie, PROTOCOL_VERSION + 1)).rejects.toThrow('protocol.version');
  });

  it('[WEB-04] forged messages get a clear error and change nothing', async () => {
    const socket = await connect((await signIn('anna')).cookie);
    for (const message of [
      null,
      42,
      'x',
      [],
      {},
      { id: 1 },
      { id: 'a', name: 'x'.repeat(99) },
      { __proto__: { id: 'a' } },
    ])
      expect(await socket.emitWithAck('command', message)).toMatchObject({
        ok: false,
        error: { code: 'command.badInput' },
      });
    expect(await command(socket, 'no.such', {})).toMatchObject({ ok: false, error: { code: 'command.unknown' } });
    expect(await command(socket, 'hold.name', { callId: 7 })).toMatchObject({
      ok: false,
      error: { code: 'command.badInput' },
    });
    expect(await socket.emitWithAck('subscribe', { topic: 'panel' })).toMatchObject({ ok: false });
    expect(await socket.emitWithAck('subscribe', 'board')).toMatchObject({ ok: false });
  });

  it('[WEB-05] a retried command is carried out once', async () => {
    const socket = await connect((await signIn('anna')).cookie);
    await command(socket, 'operator.chooseDevice', { device: 'PJSIP/101' });
    const callId = test.exchange.ring('PJSIP/101');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/101' });
    const once = await command(socket, 'script.noAnswer', { callId, stepId: 's', said: 'а где печать?' }, 'same');
    const again = await command(socket, 'script.noAnswer', { callId, stepId: 's', said: 'а где печать?' }, 'same');
    expect(again).toEqual(once);
    expect(test.app.rooms.calls.get(callId)?.rest.unanswered).toHaveLength(1);
  });

  it('[WEB-06] the API answers by role, in problem+json, and describes itself', async () => {
    const asOperator = (await signIn('anna')).cookie;
    const asSupervisor = (await signIn('vera')).cookie;
    const get = (path: string, cookie = ''): Promise<Response> => fetch(url(`/api/v1${path}`), { headers: { cookie } });
    expect((await get('/calls')).status).toBe(401);
    // Whoever opens the sign-in page has done nothing wrong; a system with a token that is over is told.
    expect((await get('/session')).status).toBe(204);
    const authorization = 'Bearer over-over-over-over';
    expect((await fetch(url('/api/v1/session'), { headers: { authorization } })).status).toBe(401);
    const forbidden = await get('/calls', asOperator);
    expect([forbidden.status, forbidden.headers.get('content-type')]).toEqual([
      403,
      expect.stringContaining('problem+json'),
    ]);
    expect(await (await get('/calls?limit=0', asSupervisor)).json()).toMatchObject({ code: 'request.invalid' });
    expect(await (await get('/calls', asSupervisor)).json()).toEqual({ items: [] });
    const document = (await (await get('/openapi.json')).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/calls', '/calls/{callId}', '/operators', '/session']),
    );
    expect((await get('/nothing', asSupervisor)).status).toBe(404);
  });

  it('[WEB-09] what is answered has every field that the document names and no other', async () => {
    const { cookie } = await signIn('anna');
    const socket = await connect(cookie);
    await command(socket, 'operator.chooseDevice', { device: 'PJSIP/101' });
    const first = next<PanelView>(socket, 'panel');
    await socket.emitWithAck('subscribe', 'panel');
    await first;
    const pushed = next<PanelView>(socket, 'panel');
    test.exchange.ring('PJSIP/101');
    const inquiryId = (await pushed).calls[0]?.inquiry.id;
    const ask = async (path: string): Promise<unknown> =>
      (await fetch(url(`/api/v1${path}`), { headers: { cookie } })).json();
    const documented: [path: string, schema: z.ZodType][] = [
      ['/session', sessionReply],
      ['/settings', settingsReply],
      ['/knowledge/search?q=сад', z.array(articleSummaryReply).min(1)],
      ['/staff/suggest?q=сад', z.array(staffReply)],
      ['/calendar/deadline?rule=callback', deadlineReply],
      ['/scripts', z.array(publishedScriptReply).min(1)],
      [`/inquiries/${encodeURIComponent(inquiryId ?? '')}`, inquiryReply],
    ];
    for (const [path, schema] of documented) {
      const answer = await ask(path);
      expect(schema.parse(answer), path).toEqual(answer);
    }
  });

  it('[3.5.3] with nothing typed, the search gives the answer nearest to what the client of the call asks', async () => {
    const device = 'PJSIP/101';
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
    const callId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.answered', device });
    const { cookie } = await signIn('anna');
    const best = async (): Promise<string | undefined> => {
      const path = `/api/v1/knowledge/search?q=&callId=${encodeURIComponent(callId)}`;
      const found = await (await fetch(url(path), { headers: { cookie } })).json();
      return z.array(articleSummaryReply).parse(found)[0]?.id;
    };
    const at = { callId, stepId: 'greeting' };
    await test.command('anna', 'script.choose', { ...at, choiceId: 'stated' });
    await test.command('anna', 'script.choose', { callId, stepId: 'identity', choiceId: 'anonymous' });
    const purpose = { callId, stepId: 'purpose' };
    await test.command('anna', 'script.answer', { ...purpose, fieldId: 'topic', value: 'school' });
    const question = (value: string) =>
      test.command('anna', 'script.answer', { ...purpose, fieldId: 'question', value });
    await question('когда начинается запись в первый класс');
    expect(await best()).toBe('school-first-grade');
    await question('как перевестись в другую школу');
    expect(await best()).toBe('school-transfer');
  });

  it('[WEB-08] a wallboard signs in with its own token and sees figures only', async () => {
    const { users, sessions } = test.app.rooms;
    const hall = await users.add({
      login: 'hall',
      surname: 'Табло',
      firstName: 'Холл',
      patronymic: '',
      position: '',
      unit: '',
      roles: ['wallboard'],
      devices: [],
      password: 'test-password',
    });
    const token = await sessions.create({ kind: 'device', userId: hall.id, title: 'hall' }, 3_600_000);
    const enter = (body: object): Promise<Response> =>
      fetch(url('/api/v1/session/token'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await enter({ token: 'x'.repeat(32) })).status).toBe(401);
    const cookie = (await enter({ token })).headers.get('set-cookie')?.split(';')[0] ?? '';
    const socket = await connect(cookie);
    expect(await socket.emitWithAck('subscribe', 'wallboard')).toEqual({ ok: true });
    expect(await socket.emitWithAck('subscribe', 'board')).toMatchObject({ error: { code: 'command.forbidden' } });
    expect((await fetch(url('/api/v1/calls'), { headers: { cookie } })).status).toBe(403);
  });

  it('[WEB-07] health tells what is missing', async () => {
    expect(await (await fetch(url('/healthz'))).json()).toEqual({ status: 'ok' });
    expect((await fetch(url('/readyz'))).status).toBe(200);
    const metrics = await (await fetch(url('/metrics'))).text();
    expect(metrics).toContain('ami_unknown_events{exchange="main",event="Surprise"} 2');
    expect(metrics).toContain('ami_read_until_seconds{exchange="main"} 0');
    test.exchange.setLink('lost');
    expect(await (await fetch(url('/readyz'))).json()).toMatchObject({ faults: { 'ami.main': 'lost' } });
  });

  it('[WEB-18] live calls are listed newest first, page by page, though calls end meanwhile', async () => {
    const { cookie } = await signIn('vera');
    const list = async (query: string): Promise<{ items: { callId: string }[]; next?: string }> =>
      (await fetch(url(`/api/v1/calls?state=live${query}`), { headers: { cookie } })).json() as never;
    const ids = [];
    for (const queue of ['general', 'general', 'second', 'general', 'general']) {
      ids.unshift(test.exchange.ring('PJSIP/101', { number: '+79065550101', name: '' }, queue));
      test.clock.advance(1_000);
    }
    const first = await list('&limit=2');
    expect(first.items.map(({ callId }) => callId)).toEqual(ids.slice(0, 2));
    test.exchange.tell(ids[0]!, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const second = await list(`&limit=2&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect(second.items.map(({ callId }) => callId)).toEqual(ids.slice(2, 4));
    const last = await list(`&limit=2&cursor=${encodeURIComponent(second.next ?? '')}`);
    expect(last).toEqual({ items: [expect.objectContaining({ callId: ids[4] })] });
    expect((await list('&queue=second')).items.map(({ callId }) => callId)).toEqual([ids[2]]);
  });

  it('[WEB-17] while entries wait for the storage it is away, and health says so at once', async () => {
    const storage = async () => ((await (await fetch(url('/readyz'))).json()) as { faults: object }).faults;
    // Somebody else writes.
    const stranger = new Database(join(test.folder, 'storage.db'));
    stranger.exec('BEGIN IMMEDIATE');
    const { ledger } = test.app.rooms;
    ledger.record('audit/health', 'noted', test.clock.now(), { who: '', what: 'health', whom: '' });
    const saved = ledger.flush();
    await new Promise(setImmediate);
    test.clock.advance(1_000);
    expect(await saved).toEqual({ saved: false });
    expect(await storage()).toHaveProperty('storage');
    stranger.exec('ROLLBACK');
    stranger.close();
    await expect.poll(storage).toEqual({});
  });
});
