import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, type TestApp } from '../support/testApp.ts';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

it('[WEB-19] a token of another system is told once, listed without itself, and ended at once', async () => {
  const { users, sessions } = test.app.rooms;
  const names = { surname: 'Фомин', firstName: 'Алексей', patronymic: '', position: '', unit: '', devices: [] };
  const admin = await users.add({ ...names, login: 'root', roles: ['admin'], password: 'test-password' });
  const mine = await sessions.create({ kind: 'session', userId: admin.id, title: '' }, 3_600_000);
  const ask = async (path: string, method = 'GET', body?: object, token = mine) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`http://127.0.0.1:${test.port}/api/v1${path}`, init);
    return { status: response.status, body: (await response.json().catch(() => undefined)) as unknown };
  };
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
