import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  PROTOCOL_VERSION,
  type CommandResult,
  type DraftDelta,
  type DraftView,
  type EditResult,
  type StudioView,
} from '../../server/contract/index.ts';
import { stepOf, studioTest, type StudioTest } from './support.ts';

const ID = 'topic-camps';

describe('two browsers in the studio', () => {
  let studio: StudioTest;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    studio = await studioTest();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await studio.test.close();
  });

  async function browser(login: string): Promise<Socket> {
    const url = `http://127.0.0.1:${String(studio.test.port)}`;
    const session = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: 'test-password' }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const auth = { protocol: PROTOCOL_VERSION };
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      auth,
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
  let sent = 0;
  async function send<T>(socket: Socket, name: string, input: unknown): Promise<T> {
    sent += 1;
    const result = (await socket.emitWithAck('command', { id: `w-${String(sent)}`, name, input })) as CommandResult<T>;
    if (!result.ok) throw new Error(result.error.code);
    return result.value as T;
  }

  it('[STU-21] one away from the network for a while: both edits meet, and both see the same draft', async () => {
    const [ira, lev] = [await browser('ira'), await browser('lev')];
    const rows = new Promise<StudioView>((resolve) => ira.once('studio', resolve));
    expect(await ira.emitWithAck('subscribe', 'studio')).toEqual({ ok: true });
    expect((await rows).scripts.map(({ scriptId }) => scriptId)).toContain(ID);
    await lev.emitWithAck('subscribe', 'studio');
    const open = { scriptId: ID, tabId: 't' };
    const before = await send<DraftView>(ira, 'studio.open', open);
    await send(lev, 'studio.open', open);
    lev.disconnect();
    const edit = (id: string, title: string, view: DraftView) => ({
      scriptId: ID,
      baseRevision: view.revision,
      edits: [{ op: 'setStep', step: { ...stepOf(view.script.steps, id), title } }],
    });
    await send(ira, 'studio.edit', edit('need', 'Лагерь', before));
    const back = await browser('lev');
    await back.emitWithAck('subscribe', 'studio');
    const delta = new Promise<DraftDelta>((resolve) => ira.once('studioDraft', resolve));
    await send(back, 'studio.open', open);
    // What was typed while away goes out with the revision it was typed on.
    await send(back, 'studio.edit', edit('details', 'Подробности', before));
    await delta;
    const [one, other] = [
      await send<DraftView>(ira, 'studio.open', open),
      await send<DraftView>(back, 'studio.open', open),
    ];
    expect(one.script.steps.slice(0, 2).map(({ title }) => title)).toEqual(['Лагерь', 'Подробности']);
    expect(one.conflicts).toEqual([]);
    expect(other.source).toBe(one.source);
  });

  it('[STUDIO-43] an open draft is told when the storage is away, and when what was edited is on the disk', async () => {
    const { folder, clock } = studio.test;
    const ira = await browser('ira');
    await ira.emitWithAck('subscribe', 'studio');
    const { revision, script, storage } = await send<DraftView>(ira, 'studio.open', { scriptId: ID, tabId: 't' });
    expect(storage).toBe('ok');
    const told: string[] = [];
    ira.on('studioDraft', (delta: DraftDelta) => delta.storage && told.push(delta.storage));
    await rename(join(folder, 'storage.db'), join(folder, 'moved.db'));
    const step = { ...stepOf(script.steps, 'need'), title: 'В памяти' };
    const input = { scriptId: ID, baseRevision: revision, edits: [{ op: 'setStep', step }] };
    expect(await send<EditResult>(ira, 'studio.edit', input)).toMatchObject({ saved: false });
    await expect.poll(() => told).toEqual(['memory']);
    await rename(join(folder, 'moved.db'), join(folder, 'storage.db'));
    await expect
      .poll(() => {
        clock.advance(1_000);
        return told;
      })
      .toEqual(['memory', 'ok']);
  });
  it('[STU-21] operators have no way into the studio', async () => {
    const anna = await browser('anna');
    expect(await anna.emitWithAck('subscribe', 'studio')).toMatchObject({ ok: false });
    await expect(
      send(anna, 'studio.edit', { scriptId: ID, baseRevision: 1, edits: [{ op: 'removeStep', stepId: 'need' }] }),
    ).rejects.toThrow('command.forbidden');
  });
});
