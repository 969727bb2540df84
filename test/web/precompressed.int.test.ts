import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { precompressed } from '../../server/web/precompressed.ts';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assets-'));
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'a.js'), 'plain');
  writeFileSync(join(folder, 'a.js.br'), 'as brotli');
  writeFileSync(join(folder, 'a.js.gz'), gzipSync('plain'));
  writeFileSync(join(folder, 'deep/b.css'), 'b {}');
  writeFileSync(join(folder, 'deep/b.css.gz'), gzipSync('b {}'));
  writeFileSync(join(folder, 'font.woff2'), 'font');
  const app = express();
  app.use('/assets', precompressed(folder), express.static(folder, { fallthrough: false }));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const ask = (path: string, encodings: string): Promise<IncomingMessage & { body: Buffer }> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ port, host: '127.0.0.1', path, headers: { 'accept-encoding': encodings } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(Object.assign(response, { body: Buffer.concat(parts) })));
    }).on('error', reject);
  });

describe('[WEB-20] built files are sent compressed', () => {
  it.each([
    ['/assets/a.js', 'gzip, deflate, br', 'br', 'text/javascript; charset=utf-8'],
    ['/assets/a.js', 'gzip, deflate', 'gzip', 'text/javascript; charset=utf-8'],
    ['/assets/a.js', 'identity', undefined, 'text/javascript; charset=utf-8'],
    ['/assets/deep/b.css', 'br, gzip', 'gzip', 'text/css; charset=utf-8'],
    ['/assets/font.woff2', 'br, gzip', undefined, 'font/woff2'],
  ])('[WEB-20] %s with %s: %s', async (path, encodings, coding, type) => {
    const response = await ask(path, encodings);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-encoding']).toBe(coding);
    expect(response.headers['content-type']).toBe(type);
    expect(response.headers.vary).toMatch(/accept-encoding/i);
  });
  it('[WEB-20] a browser that takes none gets the file itself', async () => {
    expect((await ask('/assets/a.js', '')).body.toString()).toBe('plain');
    expect((await ask('/assets/a.js?v=1', 'br')).body.toString()).toBe('as brotli');
  });
  it('[WEB-20] a twin that comes later is used from then on', async () => {
    expect((await ask('/assets/font.woff2', 'br')).headers['content-encoding']).toBeUndefined();
    writeFileSync(join(folder, 'font.woff2.br'), 'twin');
    expect((await ask('/assets/font.woff2', 'br')).body.toString()).toBe('twin');
  });
  it('[WEB-20] nothing outside the folder is reached, and what is absent is absent', async () => {
    expect((await ask('/assets/..%2f..%2fetc%2fpasswd', 'br')).statusCode).toBeGreaterThanOrEqual(400);
    expect((await ask('/assets/none.js', 'br')).statusCode).toBe(404);
  });
});
