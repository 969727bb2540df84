// oxlint-disable-next-line typescript/triple-slash-reference -- the types are hidden from all but the adapter
/// <reference path="../../../server/telephony/connection/asterisk-manager.d.ts" />
import { EventEmitter } from 'node:events';
import Manager from 'asterisk-manager';
import { expect, it, vi } from 'vitest';
import { formatPacket, headerOf } from '../../../server/telephony/connection/wire.ts';
import { ScriptedAmi, type Script, type ScriptedClient } from '../../support/scriptedAmi.ts';
import { rigUp, until } from './harness.ts';

// Canaries: what the library does when it is left to itself, so that the tests of the adapter are known to see it.

it('[AMI-01] canary: one Manager over two connections tells a hang-up that never was', async () => {
  const accept: Script = (action, client) => client.answer(action, { Response: 'Success' });
  const ami = await ScriptedAmi.listen({ scripts: { login: accept } });
  const manager = new Manager();
  const told: Record<string, unknown>[] = [];
  manager.on('rawevent', (item) => told.push(item as Record<string, unknown>));
  const connect = async (count: number): Promise<ScriptedClient> => {
    const target = { host: '127.0.0.1', port: ami.port, signal: new AbortController().signal };
    manager.connect(target, undefined, () => manager.login());
    await until('connected', () => ami.clients.length === count);
    return ami.client;
  };
  const first = await connect(1);
  await until('logged in', () => told.length > 0);
  first.cut('Event: Hangup\r\nUniqueid: 1763950000.17\r\nCause: 16\r\nCause-t');
  await until('closed', () => first.ended);
  await until('closed here', () => manager.isConnected() !== true);
  told.length = 0;
  await connect(2);
  await until('told', () => told.length > 0);
  expect(told[0]).toMatchObject({ event: 'Hangup', response: 'Success' });
  await ami.close();
});

it('[AMI-13] canary: left to itself the library tells an event named Rawevent without end', async () => {
  const ami = await ScriptedAmi.listen({ greeting: formatPacket({ Event: 'Rawevent' }) });
  const manager = new Manager();
  const controller = new AbortController();
  let told = 0;
  manager.on('rawevent', () => {
    told += 1;
    if (told === 50) manager.removeAllListeners('rawevent');
  });
  manager.connect({ host: '127.0.0.1', port: ami.port, signal: controller.signal }, undefined, () => undefined);
  await until('without end', () => told === 50);
  controller.abort();
  await ami.close();
});

it('[AMI-07] the library keeps a listener for each unanswered action; the adapter leaves none', async () => {
  const once = vi.spyOn(EventEmitter.prototype, 'once');
  const removed = vi.spyOn(EventEmitter.prototype, 'removeAllListeners');
  const rig = await rigUp({}, { scripts: { hangup: () => undefined } });
  const waiting = Array.from({ length: 20 }, () => rig.connection.action('Hangup').catch((error: unknown) => error));
  await until('sent', () => rig.ami.client.actionsNamed('Hangup').length === 20);
  const ids = rig.ami.client.actionsNamed('Hangup').map((action) => headerOf(action, 'ActionID'));
  const kept = once.mock.calls.map(([name]) => name).filter((name) => ids.includes(String(name)));
  expect(kept).toHaveLength(20);
  expect(removed.mock.calls.map(([name]) => name)).toEqual(expect.arrayContaining(kept));
  await rig.stop();
  await Promise.all(waiting);
  vi.restoreAllMocks();
});
