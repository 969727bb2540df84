import { afterEach, describe, expect, it } from 'vitest';
import type { AmiState } from '../../../server/telephony/connection/connection.ts';
import type { OpenTransport } from '../../../server/telephony/connection/transport.ts';
import { headerOf } from '../../../server/telephony/connection/wire.ts';
import { flush } from '../../support/fakeClock.ts';
import { ScriptedAmi } from '../../support/scriptedAmi.ts';
import { channelEvent, Rig, rigUp, SECRET, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

const silent = (): void => undefined;
const statuses = (of: Rig): AmiState['status'][] => of.states.map((state) => state.status);
const reasonOf = (state: AmiState): string => (state.status === 'lost' ? state.reason : '');

/** Ends the link from the exchange's side and waits until it is told. */
const lose = async (of: Rig, data = ''): Promise<void> => {
  const before = of.states.length;
  of.ami.client.cut(data);
  await until('lost', () => of.states.length > before && of.status === 'lost');
};
const retryIn = (of: Rig): number => {
  const { state } = of.connection;
  if (state.status !== 'lost' && state.status !== 'refused') throw new Error(`no retry while ${state.status}`);
  return state.retryAt - of.clock.now();
};
const comeBack = async (of: Rig): Promise<void> => {
  of.clock.advance(retryIn(of));
  await of.up();
};

describe.each(TRANSPORTS)('the link over %s', (_name, openTransport) => {
  it('[AMI-00] connects, logs in and tells who is there', async () => {
    rig = await rigUp({ openTransport });
    expect(statuses(rig)).toEqual(['connecting', 'loggingIn', 'up']);
    expect(rig.connection.state).toEqual({
      status: 'up',
      at: rig.clock.now(),
      peer: {
        asteriskVersion: '22.10.0',
        amiVersion: '11.0.0',
        systemName: 'pbx',
        bootedAt: rig.clock.now() - 3_600_000,
      },
      restarted: false,
    });
    expect((await rig.connection.action('Ping'))['ping']).toBe('Pong');
  });

  it('[AMI-02] stop ends a connection that the peer keeps open, and nothing remains', async () => {
    rig = await rigUp({ openTransport });
    const { client } = rig.ami;
    const told = rig.states.length;
    const waiting = rig.connection.action('Ping').catch((error: unknown) => error);
    await rig.connection.stop();
    await until('the socket ended', () => client.ended);
    expect(await waiting).toMatchObject({ code: 'telephony.linkLost' });
    expect(rig.clock.pending).toBe(0);
    rig.clock.advance(600_000);
    await flush();
    expect(rig.ami.clients).toHaveLength(1);
    expect(rig.states).toHaveLength(told);
    expect(rig.status).toBe('stopped');
  });

  it('[AMI-02] stop while connecting leaves no socket behind', async () => {
    rig = new Rig(await ScriptedAmi.listen({ greeting: '', scripts: { login: silent } }), { openTransport });
    rig.start();
    await rig.connection.stop();
    await until('no socket', () => rig?.ami.open === 0);
    expect(rig.clock.pending).toBe(0);
    await expect(rig.connection.action('Ping')).rejects.toMatchObject({ code: 'telephony.linkLost' });
  });

  it('[AMI-03] a peer that takes TCP but never answers the log-in is given up and tried again', async () => {
    rig = new Rig(await ScriptedAmi.listen({ greeting: '', scripts: { login: silent } }), { openTransport });
    rig.start();
    await until('logging in', () => rig?.status === 'loggingIn');
    rig.clock.advance(4_999);
    await flush(10);
    expect(rig.status).toBe('loggingIn');
    rig.clock.advance(1);
    await until('lost', () => rig?.status === 'lost');
    expect(reasonOf(rig.connection.state)).toBe('the exchange does not answer the log-in');
    await until('the socket ended', () => rig?.ami.open === 0);
    rig.ami.change({ scripts: {} });
    await comeBack(rig);
  });

  it('[AMI-03] a half-open link is noticed: it pings every 5 s and gives up after 12 s of silence', async () => {
    rig = await rigUp({ openTransport }, { uptime: 60, scripts: { ping: silent } });
    const { client } = rig.ami;
    const heardAt = rig.clock.now();
    rig.clock.advance(5_000);
    await until('a ping', () => client.actionsNamed('Ping').length === 1);
    rig.clock.advance(6_999);
    await flush(10);
    expect(rig.status).toBe('up');
    rig.clock.advance(1);
    await until('lost', () => rig?.status === 'lost');
    expect(rig.connection.state).toMatchObject({ reason: 'the exchange is silent', trueAt: heardAt });
    await until('the socket ended', () => client.ended);
  });

  it('[AMI-03] a peer that sends events but answers no ping is given up as well', async () => {
    rig = await rigUp({ openTransport }, { uptime: 60, scripts: { ping: silent } });
    for (let sequence = 1; sequence <= 5 && rig.status === 'up'; sequence += 1) {
      rig.ami.client.send(channelEvent('Newstate', sequence));
      await until('the event', () => (rig?.packets.length ?? 0) >= sequence);
      rig.clock.advance(5_000);
      await flush(10);
    }
    await until('lost', () => rig?.status === 'lost');
    expect(rig.clock.now() - (rig.states[2]?.status === 'up' ? rig.states[2].at : 0)).toBe(20_000);
  });

  it('[AMI-03] pings that are answered keep a quiet link up', async () => {
    rig = await rigUp({ openTransport });
    const { client } = rig.ami;
    for (let ping = 1; ping <= 40; ping += 1) {
      rig.clock.advance(5_000);
      await until('a ping', () => client.actionsNamed('Ping').length === ping);
      const received = rig.connection.stats.received;
      await until('its answer', () => (rig?.connection.stats.received ?? 0) > received || received >= ping + 3);
    }
    expect(rig.status).toBe('up');
    expect(rig.connection.stats.losses).toBe(0);
  });

  it('[AMI-03] our own busy spell is not taken for silence: what lies in the socket is read first', async () => {
    rig = await rigUp({ openTransport });
    rig.ami.client.send(channelEvent('Hangup', 1));
    await flush(1);
    rig.clock.advance(11_000);
    await until('a pong', () => (rig?.connection.stats.received ?? 0) > 4);
    rig.clock.advance(11_999);
    rig.ami.client.send(channelEvent('Hangup', 2));
    rig.clock.advance(1);
    await until('the event', () => rig?.packets.length === 2);
    await flush(10);
    expect(rig.status).toBe('up');
  });

  it('[AMI-04] a refused log-in is told in the words of Asterisk and retried slowly', async () => {
    rig = new Rig(await ScriptedAmi.listen({ secret: 'another' }), { openTransport });
    rig.start();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await until('refused', () => rig?.connection.stats.refusedLogins === attempt && rig.status === 'refused');
      expect(rig.connection.state).toMatchObject({ message: 'Authentication failed' });
      waits.push(retryIn(rig));
      rig.clock.advance(retryIn(rig) - 1);
      await flush(10);
      expect(rig.ami.clients).toHaveLength(attempt);
      rig.clock.advance(1);
      await until('the next attempt', () => rig?.ami.clients.length === attempt + 1);
    }
    expect(waits).toEqual([45_000, 90_000, 180_000, 225_000, 225_000, 225_000]);
    expect(rig.log).toContain('refused our log-in');
    expect(rig.log).not.toContain(SECRET);
    await until('refused', () => rig?.connection.stats.refusedLogins === 7 && rig.status === 'refused');
    rig.ami.change({ secret: SECRET });
    await comeBack(rig);
  });

  it('[AMI-05] the wait grows from 0.25 s to 10 s, spread by chance, and one login does not reset it', async () => {
    rig = await rigUp({ openTransport });
    const waits: number[] = [];
    for (let loss = 0; loss < 8; loss += 1) {
      await lose(rig);
      waits.push(retryIn(rig));
      await comeBack(rig);
      rig.clock.advance(9_999);
    }
    expect(waits).toEqual([375, 750, 1_500, 3_000, 6_000, 7_500, 7_500, 7_500]);
    expect(rig.ami.open).toBe(1);
    expect(rig.connection.stats).toMatchObject({ logins: 9, losses: 8 });
    rig.clock.advance(1);
    await lose(rig);
    expect(retryIn(rig)).toBe(375);
  });

  it.each([
    [0, 250],
    [0.999_999, 500],
  ])('[AMI-05] chance %d gives a first wait of %d ms', async (chance, waitMs) => {
    rig = await rigUp({ openTransport, random: () => chance });
    await lose(rig);
    expect(retryIn(rig)).toBe(waitMs);
  });

  it('[AMI-05] an exchange that is away is told as lost with its reason, and found when it comes', async () => {
    const gone = await ScriptedAmi.listen();
    const { port } = gone;
    await gone.close();
    rig = new Rig(await ScriptedAmi.listen(), { openTransport, port });
    rig.start();
    await until('lost', () => rig?.status === 'lost');
    expect(reasonOf(rig.connection.state)).toContain('ECONNREFUSED');
    expect(rig.connection.state).toMatchObject({ trueAt: undefined });
    expect(rig.connection.stats.losses).toBe(0);
  });

  it('[AMI-14] the log-in asks for classes of events by `Events`, which Asterisk reads', async () => {
    rig = await rigUp({ openTransport, eventMask: 'call,agent' });
    const [login] = rig.ami.client.actionsNamed('Login');
    expect(headerOf(login ?? [], 'Events')).toBe('call,agent');
    expect(headerOf(login ?? [], 'Event')).toBeUndefined();
    await rig.stop();
    rig = await rigUp({ openTransport });
    expect(rig.ami.client.text).toContain('Events: system,call,agent,user\r\n');
  });

  it('[AMI-15] with md5 the secret is never on the wire', async () => {
    rig = await rigUp({ openTransport, auth: 'md5' });
    expect(rig.ami.client.text).not.toContain(SECRET);
    expect(rig.ami.client.actions.map((action) => headerOf(action, 'Action')?.toLowerCase())).toEqual([
      'challenge',
      'login',
      'coresettings',
    ]);
    await rig.stop();
    rig = new Rig(await ScriptedAmi.listen({ secret: 'another' }), { openTransport, auth: 'md5' });
    rig.start();
    await until('refused', () => rig?.status === 'refused');
  });

  it('[AMI-22] every login calls for a resync; what came before it is told is left to the resync', async () => {
    rig = await rigUp(
      { openTransport },
      {
        scripts: {
          coresettings: (action, client, ami) => {
            client.send(channelEvent('Hangup', 7));
            ami.usual(action, client);
          },
        },
      },
    );
    expect(rig.packets).toEqual([]);
    rig.ami.client.send(channelEvent('Hangup', 8));
    await until('the event', () => rig?.packets.length === 1);
    await lose(rig);
    rig.clock.advance(375);
    await rig.up();
    expect(statuses(rig).filter((status) => status === 'up')).toHaveLength(2);
    expect(rig.packets).toHaveLength(1);
  });

  it('[AMI-22] a fresh uptime tells a restarted exchange, a longer one the same', async () => {
    rig = await rigUp({ openTransport }, { uptime: 1_000 });
    await lose(rig);
    rig.clock.advance(10_000);
    rig.ami.change({ uptime: 1_009 });
    await rig.up();
    expect(rig.connection.state).toMatchObject({ restarted: false });
    await lose(rig);
    rig.clock.advance(60_000);
    rig.ami.change({ uptime: 3 });
    await rig.up();
    expect(rig.connection.state).toMatchObject({ restarted: true });
    await lose(rig);
    await comeBack(rig);
    expect(rig.connection.state).toMatchObject({ restarted: false });
  });

  it('[AMI-22] a user who may see neither FullyBooted nor CoreSettings goes up after 2 s', async () => {
    const denied = { Response: 'Error', Message: 'Permission denied' };
    rig = new Rig(
      await ScriptedAmi.listen({
        uptime: undefined,
        scripts: { coresettings: (action, client) => client.answer(action, denied) },
      }),
      { openTransport },
    );
    rig.start();
    await until('asked', () => rig?.ami.clients[0]?.actionsNamed('CoreSettings').length === 1);
    await flush(10);
    expect(rig.status).toBe('loggingIn');
    rig.clock.advance(2_000);
    await rig.up();
    expect(rig.connection.state).toMatchObject({ peer: { asteriskVersion: '' }, restarted: false });
  });

  it('[AMI-22] an exchange that is still starting is up twice: the second picture is whole', async () => {
    rig = new Rig(await ScriptedAmi.listen({ uptime: undefined }), { openTransport });
    rig.start();
    await until('logged in', () => rig?.ami.clients[0]?.actionsNamed('CoreSettings').length === 1);
    await flush(10);
    rig.clock.advance(2_000);
    await rig.up();
    rig.ami.client.send({ Event: 'FullyBooted', Uptime: '2', Status: 'Fully Booted' });
    await until('up again', () => statuses(rig as Rig).filter((status) => status === 'up').length === 2);
    expect(rig.connection.stats.logins).toBe(1);
  });
});

it('[AMI-03] TCP that never connects is given up after 5 s', async () => {
  let destroyed = 0;
  const never: OpenTransport = (_target, handlers) => ({
    greeting: '',
    challenge: silent,
    login: silent,
    send: silent,
    destroy: () => {
      destroyed += 1;
      handlers.onClose('destroyed');
    },
  });
  rig = new Rig(await ScriptedAmi.listen(), { openTransport: never });
  rig.start();
  rig.clock.advance(5_000);
  await until('lost', () => rig?.status === 'lost');
  expect(reasonOf(rig.connection.state)).toBe('the exchange does not answer on the network');
  expect(destroyed).toBe(1);
});
