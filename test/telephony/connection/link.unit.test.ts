import { afterEach, describe, expect, it } from 'vitest';
import { Rig, rigUp, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
});

describe.each(TRANSPORTS)('the link over %s', (_name, openTransport) => {
  it('[AMI-00] connects, logs in and tells who is there', async () => {
    rig = await rigUp({ openTransport });
    expect(rig.states.map((state) => state.status)).toEqual(['connecting', 'loggingIn', 'up']);
    expect(rig.connection.state).toMatchObject({ peer: { asteriskVersion: '22.10.0' }, restarted: false });
    const answer = await rig.connection.action('Ping');
    expect(answer['ping']).toBe('Pong');
    await until('x', () => true);
  });
});
