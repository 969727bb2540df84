import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { ScriptedAmi } from '../../support/scriptedAmi.ts';
import { Rig, until } from './harness.ts';

const pem = (name: string): string => readFileSync(new URL(`../../support/tls/${name}.pem`, import.meta.url), 'utf8');

let cleanUp: (() => Promise<void>) | undefined;
afterEach(async () => cleanUp?.());

/** The scripted peer behind TLS. */
const behindTls = async (): Promise<{ ami: ScriptedAmi; port: number }> => {
  const ami = await ScriptedAmi.listen();
  const server = createServer({ cert: pem('cert'), key: pem('key') }, (socket) => {
    // A client that does not trust us goes away in mid-handshake.
    socket.on('error', () => socket.destroy());
    ami.accept(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp = async () => {
    await ami.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { ami, port: (server.address() as AddressInfo).port };
};

it('[AMI-16] over TLS with the certificate of the exchange', async () => {
  const { ami, port } = await behindTls();
  const rig = new Rig(ami, { port, tls: { ca: pem('cert'), servername: 'exchange.test' } });
  rig.start();
  await rig.up();
  expect((await rig.connection.action('Ping'))['ping']).toBe('Pong');
  await rig.connection.stop();
});

it.each([
  ['a certificate that nobody vouches for', { servername: 'exchange.test' }, /self-signed/],
  ['a certificate of another name', { ca: pem('cert'), servername: 'other.test' }, /does not match/],
])('[AMI-16] %s is not trusted, and the secret is not sent', async (_what, tls, reason) => {
  const { ami, port } = await behindTls();
  const rig = new Rig(ami, { port, tls });
  rig.start();
  await until('lost', () => rig.status === 'lost');
  const { state } = rig.connection;
  expect(state.status === 'lost' && state.reason).toMatch(reason);
  expect(ami.clients.map((client) => client.text).join('')).toBe('');
  await rig.connection.stop();
});
