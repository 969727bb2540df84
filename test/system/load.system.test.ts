import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { RandomLoad, STAFF } from '../support/asterisk/randomLoad.ts';
import { openStage, type Stage } from '../support/asterisk/stage.ts';
import { describeWith } from '../support/peers.ts';
import type { PanelClient, ProductProcess } from '../support/productProcess.ts';
import { productOn } from '../support/productStage.ts';

const CALLS = Number(process.env['LOAD_CALLS'] ?? 200);
const SEED = Number(process.env['LOAD_SEED'] ?? 20261126);

/** What the product has on record of a random load must be what Asterisk wrote down, call by call. */
describeWith(['asterisk'], `[SYS-05] ${CALLS} random calls through the whole product (seed ${SEED})`, () => {
  let stage: Stage;
  let product: ProductProcess;
  const panels: PanelClient[] = [];

  // Anew for each try: the exchange's logs are of this run alone.
  beforeEach(async () => {
    stage = await openStage({ globals: { GATE_PROMPT: 'beep', RING_SECONDS: '2' } });
    product = await productOn(stage, { WRAP_UP_MS: '1' });
    for (const extension of STAFF)
      await product.addUser(`op${extension}`, `Оператор Пост ${extension}`, 'operator', `PJSIP/${extension}`);
    await product.addUser('darya', 'Котова Дарья Викторовна', 'supervisor');
    await product.start();
    for (const extension of STAFF) {
      const panel = await product.open(`op${extension}`);
      panels.push(panel);
      await panel.until((view) => view.links[0]?.status === 'up');
      await panel.command('operator.chooseDevice', { device: `PJSIP/${extension}` });
      await panel.command('operator.ready', {});
      work(panel);
    }
  });
  afterEach(async () => {
    for (const panel of panels.splice(0)) panel.close();
    await product.remove();
    await stage.close();
  });

  /** Comes back from the pause after missed calls, and names a time at the beginning of each talk. */
  const work = (panel: PanelClient): void => {
    const named = new Set<string>();
    panel.socket.on('panel', ({ operator, calls }: NonNullable<PanelClient['view']>) => {
      if (operator.state === 'paused') void panel.command('operator.ready', {});
      for (const { callId, phase } of calls) {
        if (phase !== 'talking' || named.has(callId)) continue;
        named.add(callId);
        void panel.command('hold.name', { callId, promisedMs: 60_000 });
      }
    });
  };
  const records = async (): Promise<readonly CallReply[]> => {
    const cookie = await product.signIn('darya');
    const items: CallReply[] = [];
    let cursor = '';
    do {
      const page = await product.get<{ items: CallReply[]; next?: string }>(
        `/calls?direction=inbound&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        cookie,
      );
      items.push(...page.items);
      cursor = page.next ?? '';
    } while (cursor !== '');
    return items;
  };
  const queueLog = async (): Promise<readonly string[][]> =>
    (await stage.asterisk.logFile('queue_log')).split('\n').map((line) => line.split('|'));
  const channelEvents = async (): Promise<readonly string[][]> =>
    (await stage.asterisk.logFile('cel-custom/channel-events.csv'))
      .split('\n')
      .map((line) => line.split('","').map((cell) => cell.replaceAll('"', '')));

  it('[SYS-05] outcomes, transfers and holds equal the exchange’s own logs', async () => {
    const load = new RandomLoad(stage, SEED);
    await load.run(CALLS);
    await stage.talk(1_000);
    const ended = await records();
    expect(ended).toHaveLength(CALLS);
    expect(new Set(ended.map(({ client }) => client.number)).size).toBe(CALLS);

    const log = await queueLog();
    const events = await channelEvents();
    const uniqueidOf = ({ callId }: CallReply): string => callId.slice(callId.indexOf('/') + 1);
    const logged = (call: CallReply, ...kinds: readonly string[]): number =>
      log.filter((line) => line[1] === uniqueidOf(call) && kinds.includes(line[4] ?? '')).length;
    const told = (call: CallReply, type: string): number =>
      events.filter(([kind, , , linkedid]) => kind === type && linkedid === uniqueidOf(call)).length;
    const kindOf = (call: CallReply, kind: 'blind' | 'attended'): number =>
      call.transfers.items.filter((each) => each.kind === kind).length;

    /** Where record and logs differ, with all that is on record of the call. */
    const wrong: unknown[] = [];
    const compare = (call: CallReply, what: string, ours: unknown, theirs: unknown): void => {
      if (ours !== theirs) wrong.push({ what, ours, theirs, call });
    };
    for (const call of ended) {
      const { client, transfers, holds, answeredAt, ended: end } = call;
      const entered = logged(call, 'ENTERQUEUE') > 0;
      if (entered) {
        compare(call, 'answered', answeredAt !== null, logged(call, 'CONNECT') > 0);
        compare(call, 'abandoned', answeredAt === null && end?.by === 'client', logged(call, 'ABANDON') > 0);
      }
      // A call that nobody passed on was ended by whom the queue says.
      const alone = transfers.count === 0 && transfers.refused === 0;
      if (entered && alone && logged(call, 'COMPLETECALLER', 'COMPLETEAGENT') === 1)
        compare(call, 'ended by', end?.by, logged(call, 'COMPLETECALLER') === 1 ? 'client' : 'operator');
      // A consultation has a name of its own in the log: calls with one are compared by facts elsewhere.
      if (kindOf(call, 'attended') > 0) continue;
      // A refused transfer is one for the channel event log, which knows nothing of the gate.
      compare(call, 'blind transfers', kindOf(call, 'blind') + transfers.refused, told(call, 'BLINDTRANSFER'));
      const held = holds.filter(({ heldAt }) => heldAt !== null);
      compare(call, 'holds', held.length, load.pressed.get(client.number) ?? 0);
      // Nothing lasts a minute here: a promise is broken by hanging up alone, and nothing was out of sight.
      const usual = ['kept', 'clientLeft', 'broken', 'noPromise'];
      compare(call, 'outcomes', held.find(({ outcome }) => !usual.includes(outcome))?.outcome, undefined);
      const left = held.filter(({ outcome }) => outcome === 'clientLeft').length;
      compare(call, 'left on hold', left > (end?.by === 'client' ? 1 : 0), false);
    }
    expect(wrong).toEqual([]);
    // The load must have been one: each kind of thing happened.
    const count = (is: (call: CallReply) => boolean): number => ended.filter(is).length;
    expect(count(({ transfers }) => transfers.count > 0)).toBeGreaterThan(CALLS / 40);
    expect(count(({ holds }) => holds.some(({ outcome }) => outcome === 'kept'))).toBeGreaterThan(CALLS / 40);
    expect(count(({ answeredAt }) => answeredAt === null)).toBeGreaterThan(CALLS / 40);
  });
});
