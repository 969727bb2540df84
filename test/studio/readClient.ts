import { expect } from 'vitest';

/** `/api/v1` as a signed-in person's browser asks it. */
export interface ReadClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  status(path: string): Promise<number>;
}

export async function readClient(port: number, login: string): Promise<ReadClient> {
  const url = (path: string): string => `http://127.0.0.1:${String(port)}/api/v1${path}`;
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ login, password: 'test-password' });
  const session = await fetch(url('/session'), { method: 'POST', headers: json, body });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const read = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await fetch(url(path), init);
    const answer: unknown = await response.json();
    expect(response.ok, `${path}: ${JSON.stringify(answer)}`).toBe(true);
    return answer as T;
  };
  return {
    get: (path) => read(path, { headers: { cookie } }),
    post: (path, content) =>
      read(path, { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify(content) }),
    status: async (path) => (await fetch(url(path), { headers: { cookie } })).status,
  };
}
