import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../server/contract/index.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

const names = { surname: 'Фомин', firstName: 'Алексей', patronymic: '', position: '', unit: '', devices: [] };
/** An administrator, and how to ask as one. */
const administrator = async () => {
  const { users } = test.app.rooms;
  const admin = await users.add({ ...names, login: 'root', roles: ['admin'], password: 'test-password' });
  const mine = await signedIn(admin.id);
  const ask = async (path: string, method = 'GET', body?: object, token = mine) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`http://127.0.0.1:${test.port}/api/v1${path}`, init);
    return { status: response.status, body: (await response.json().catch(() => undefined)) as unknown };
  };
  return { admin, ask };
};
const signedIn = (userId: string): Promise<string> =>
  test.app.rooms.sessions.create({ kind: 'session', userId, title: '' }, 3_600_000);

it('[WEB-25] whoever is dismissed leaves the shift: the queues ring that telephone no more, and it is free', async () => {
  const { ask } = await administrator();
  const device = 'PJSIP/101';
  await test.command('anna', 'operator.chooseDevice', { device });
  await test.command('anna', 'operator.ready', {});
  const callId = test.exchange.ring(device);
  test.exchange.tell(callId, { type: 'call.answered', device });
  await ask(`/people/${test.person('anna').id}`, 'DELETE');
  expect(test.exchange.asked.at(-1)).toMatchObject({ verb: 'pauseMember', args: [{ device, paused: true }] });
  test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
  expect(await test.command('olga', 'operator.chooseDevice', { device })).toMatchObject({ ok: true });
});

it('[WEB-26] a new password ends the sign-ins with the old one; what is long over is forgotten', async () => {
  const { admin, ask } = await administrator();
  const { sessions } = test.app.rooms;
  const stolen = await signedIn(admin.id);
  const body = { ...names, roles: ['admin'], password: 'another-password' };
  expect((await ask(`/people/${admin.id}`, 'PUT', body)).status).toBe(200);
  expect(await sessions.knows(stolen)).toBe(false);
  expect((await ask('/people')).status).toBe(200);
  const old = await signedIn(admin.id);
  await sessions.sweep(test.clock.now() + 3_600_000);
  expect(await sessions.knows(old)).toBe(true);
  await sessions.sweep(test.clock.now() + 3_600_001);
  expect(await sessions.knows(old)).toBe(false);
});

it('[WEB-19] a token of another system is told once, listed without itself, and ended at once', async () => {
  const { admin, ask } = await administrator();
  const path = `/people/${test.person('anna').id}/tokens`;
  const made = await ask(path, 'POST', { title: 'CRM', kind: 'api', days: 30 });
  const { token } = made.body as { token: string };
  const { body } = await ask(path);
  expect(body).toMatchObject([{ title: 'CRM', kind: 'api', expiresAt: test.clock.now() + 30 * 86_400_000 }]);
  expect(JSON.stringify(body)).not.toContain(token);
  expect((await ask('/operators', 'GET', undefined, token)).status).toBe(200);
  const [{ id }] = body as [{ id: string }];
  expect((await ask(`/people/${admin.id}/tokens/${id}`, 'DELETE')).body).toMatchObject({ code: 'people.noToken' });
  expect((await ask(`${path}/${id}`, 'DELETE')).status).toBeLessThan(300);
  expect((await ask('/operators', 'GET', undefined, token)).status).toBe(401);
  expect((await ask(path)).body).toEqual([]);
});

const opened: Socket[] = [];
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
/** A page of this bearer; `gone` says why the server ended it. */
async function page(token: string): Promise<{ socket: Socket; gone: Promise<string> }> {
  const auth = { protocol: PROTOCOL_VERSION, token };
  const socket = io(`http://127.0.0.1:${test.port}`, { transports: ['websocket'], auth, reconnection: false });
  opened.push(socket);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return { socket, gone: new Promise((resolve) => socket.once('disconnect', resolve)) };
}

it('[WEB-22] a page that stays open ends with its token and its person, and not with the time of its sign-in', async () => {
  const { users, sessions } = test.app.rooms;
  const [anna, olga] = [test.person('anna'), test.person('olga')];
  const [short, device, of] = [
    await sessions.create({ kind: 'session', userId: anna.id, title: '' }, 1_000),
    await sessions.create({ kind: 'device', userId: anna.id, title: 'hall' }, 3_600_000),
    await sessions.create({ kind: 'session', userId: olga.id, title: '' }, 3_600_000),
  ];
  const pages = { onTheLine: await page(short), wallboard: await page(device), dismissed: await page(of) };
  const [known] = await sessions.tokensOf(anna.id);
  await sessions.endToken(anna.id, known!.id);
  await users.change(olga.id, (user) => ({ ...user, disabled: true }));
  test.clock.advance(15_000);
  expect(await pages.wallboard.gone).toBe('io server disconnect');
  expect(await pages.dismissed.gone).toBe('io server disconnect');
  expect(pages.onTheLine.socket.connected).toBe(true);
  await expect(page(of)).rejects.toThrow('session.required');
});
