import type { TestApp } from '../support/testApp.ts';

export interface Web {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Response>;
}
/** Signed in over the wire as somebody. */
export async function webOf(test: TestApp, login: string): Promise<Web> {
  const url = (path: string): string => `http://127.0.0.1:${test.port}/api/v1${path}`;
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ login, password: 'test-password' });
  const response = await fetch(url('/session'), { method: 'POST', headers: json, body });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    get: (path, headers = {}) => fetch(url(path), { headers: { cookie, ...headers } }),
    send: (method, path, sent) => {
      const init = { method, headers: { ...json, cookie }, body: JSON.stringify(sent) };
      return fetch(url(path), init);
    },
  };
}
