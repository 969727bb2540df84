import { createServer } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Door } from '../../server/web/door.ts';

describe('[START] the port of the server', () => {
  let door: Door;
  beforeEach(async () => {
    door = await Door.open({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => door.close());
  const get = (path: string, accept = '*/*'): Promise<Response> =>
    fetch(`http://127.0.0.1:${door.port}${path}`, { headers: { accept } });

  it('[START-04] a start is alive and not ready, and says what it waits for', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'starting', waitingFor: 'reading its records' });
    door.wait('storage');
    const alive = await get('/healthz');
    expect(alive.status).toBe(200);
    expect(await alive.json()).toMatchObject({ waitingFor: 'waiting for the database, which does not answer' });
    const ready = await get('/readyz');
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await ready.json()).toMatchObject({
      status: 'not ready',
      faults: { start: expect.stringContaining('database') as string },
    });
    const asked = await get('/api/v1/calls');
    expect(asked.status).toBe(503);
    expect(asked.headers.get('content-type')).toContain('application/problem+json');
    expect(await asked.json()).toMatchObject({ code: 'server.starting' });
  });

  it.each([
    [undefined, 'Страница откроется сама'],
    ['storage', 'База данных не отвечает'],
    ['disk', 'нет места'],
    ['redis', 'Redis не отвечает'],
  ] as const)(
    '[START-04] a person reads that it starts, and the page goes on by itself: %s',
    async (awaited, words) => {
      door.wait(awaited);
      const page = await get('/operator', 'text/html');
      expect(page.status).toBe(503);
      const text = await page.text();
      expect(text).toContain(words);
      expect(text).toContain('The server is starting');
      expect(text).toContain('http-equiv="refresh"');
    },
  );

  it('[START-05] who is inside answers, one after the other, on connections that stay', async () => {
    const say = (word: string) => createServer((_request, response) => void response.end(word));
    const agent = connect(door.port, '127.0.0.1');
    const ask = async (): Promise<string> => {
      agent.write('GET /x HTTP/1.1\r\nHost: x\r\n\r\n');
      const [bytes] = (await once(agent, 'data')) as [Buffer];
      return bytes.toString();
    };
    expect(await ask()).toContain('503');
    expect(await door.admit(say('front'))).toBe(door.port);
    expect(await ask()).toContain('front');
    await door.admit(say('core'));
    expect(await ask()).toContain('core');
    agent.destroy();
  });

  it('[START-05] sockets are led on as well, and refused while nobody is inside', async () => {
    const upgrade = async (): Promise<string> => {
      const socket = connect(door.port, '127.0.0.1');
      socket.write('GET /socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      const [bytes] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return bytes.toString();
    };
    expect(await upgrade()).toContain('503');
    const inside = createServer();
    inside.on('upgrade', (_request, socket) => void socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
    await door.admit(inside);
    expect(await upgrade()).toContain('101');
  });
});
