import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../server/log.ts';
import { createHttp } from '../../server/web/http.ts';

const clientDir = mkdtempSync(join(tmpdir(), 'client-'));
const { server } = createHttp({
  routes: [],
  findCaller: async () => undefined,
  clientDir,
  version: '0',
  log: createLog('silent'),
  health: async () => ({}),
  metrics: async () => '',
});
const ask = (path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);

beforeAll(async () => {
  mkdirSync(join(clientDir, 'assets'));
  writeFileSync(join(clientDir, 'assets/a.js'), '1');
  writeFileSync(join(clientDir, 'index.html'), '<!doctype html>');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(clientDir, { recursive: true });
});

it('[WEB-21] a page carries the policy for all that it loads', async () => {
  for (const path of ['/', '/operator', '/api/v1/openapi.json']) {
    const { headers } = await ask(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  }
});

it('[WEB-21] its files say only that their type is not to be guessed', async () => {
  const { status, headers } = await ask('/assets/a.js');
  expect(status).toBe(200);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBeNull();
});
