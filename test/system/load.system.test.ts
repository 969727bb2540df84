import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { ExchangeLogs, type LoggedTransfer, type LoggedWait } from '../support/asterisk/exchangeLogs.ts';
import { CROSSING_MS, heldFor, holdFaults } from '../support/asterisk/holdsOfFacts.ts';
import { STAFF, type ExpectedHold } from '../support/asterisk/pressedHolds.ts';
import { RandomLoad } from '../support/asterisk/randomLoad.ts';
import { openStage, type Stage } from '../support/asterisk/stage.ts';
import { groupBy } from '../support/groupBy.ts';
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

  it('[SYS-05] waits, outcomes, transfers and holds equal the exchange’s own logs', async () => {
    const load = new RandomLoad(stage, SEED);
    await load.run(CALLS);
    await stage.talk(1_000);
    const ended = await records();
    expect(ended).toHaveLength(CALLS);
    expect(new Set(ended.map(({ client }) => client.number)).size).toBe(CALLS);

    const logs = await ExchangeLogs.read(stage.asterisk);
    const expected = groupBy(load.expected(), ({ talk }) => talk);
    /** Where record and logs differ, with all that is on record of the call. */
    const wrong = ended.flatMap((call) => {
      const uniqueid = call.callId.slice(call.callId.indexOf('/') + 1);
      const pressed = expected.get(call.client.number) ?? [];
      return [
        ...waitsOf(call, logs.waits(uniqueid), logs.met(uniqueid)),
        ['ended by', call.ended?.by, logs.endedBy(uniqueid)] as const,
        ...transfersOf(call, logs.transfers(uniqueid)),
        ...holdsOf(call, pressed),
      ]
        .filter(([, ours, theirs]) => JSON.stringify(ours) !== JSON.stringify(theirs))
        .map(([what, ours, theirs]) => ({
          what,
          ours,
          theirs,
          call,
          pressed,
          log: logs.of(uniqueid),
          told: stage.ami.of(uniqueid),
        }));
    });
    expect(wrong).toEqual([]);
    // The load must have been one: each kind of thing happened.
    const count = (is: (call: CallReply) => boolean): number => ended.filter(is).length;
    expect(count(({ transfers }) => transfers.count > 0)).toBeGreaterThan(CALLS / 40);
    expect(count(({ transfers }) => transfers.items.some(({ kind }) => kind === 'attended'))).toBeGreaterThan(0);
    expect(count(({ holds }) => holds.some(({ outcome }) => outcome === 'kept'))).toBeGreaterThan(CALLS / 40);
    expect(count(({ answeredAt }) => answeredAt === null)).toBeGreaterThan(CALLS / 40);
  });
});

/** What is compared, the product's word, the exchange's. */
type Compared = readonly [what: string, ours: unknown, theirs: unknown];

const waitsOf = (
  { answeredAt, ended, queueWaitMs }: CallReply,
  waits: readonly LoggedWait[],
  met: boolean,
): readonly Compared[] => {
  const last = waits.at(-1);
  if (last === undefined) return [];
  const answered = met && waits.some(({ end }) => end === 'answered');
  return [
    ['answered', answeredAt !== null, answered],
    ['wait', Math.abs(queueWaitMs / 1_000 - last.seconds) < 1.1, true],
    // A client may be back in the queue when nobody took the transfer and who transferred is busy by now.
    ...(answered ? [] : [['abandoned', ended?.by === 'client', last.end === 'abandoned'] as const]),
  ];
};

/** The log knows nothing of the gate: blind transfers beyond the limit, which it refused, are there as well. */
const transfersOf = ({ transfers }: CallReply, logged: readonly LoggedTransfer[]): readonly Compared[] => {
  let passed = transfers.items.filter(({ kind }) => kind === 'blind').length;
  const told = logged.filter(({ kind }) => kind === 'attended' || passed-- > 0);
  return [
    ['number of transfers', transfers.count + transfers.refused, logged.length],
    [
      'transfers',
      transfers.items.map(({ kind, fromDevice, to }) => `${kind} ${fromDevice} ${to}`),
      told.map(({ kind, from, to }) => `${kind} ${from} ${to.replace('PJSIP/', '')}`),
    ],
  ];
};

/** Nothing lasts a minute here: a promise is kept by the return, or the hang-up says how it ended. */
const holdsOf = ({ holds, ended, endedAt }: CallReply, keys: readonly ExpectedHold[]): readonly Compared[] => {
  const held = holds.filter(({ heldAt }) => heldAt !== null);
  const pressed = heldFor(keys, held.length, endedAt ?? undefined);
  const seen = held.map(({ heldAt, realMs, operatorId }, index) => {
    const device = operatorId === null ? pressed[index]?.device : `PJSIP/${operatorId.slice(-3)}`;
    return { device: device ?? '', from: heldAt ?? 0, to: (heldAt ?? 0) + realMs };
  });
  const hungUp = ended?.by === 'client' ? 'clientLeft' : 'broken';
  const outcomes = pressed.map(({ returned }) => (returned ? 'kept' : hungUp));
  const had = held.map(({ outcome }, index) => {
    // The key may cross with the hang-up, and nobody can say which was first.
    const crossed = outcome === hungUp && (endedAt ?? 0) <= (pressed[index]?.end.to ?? 0) + CROSSING_MS;
    return outcome === 'noPromise' || crossed ? outcomes[index] : outcome;
  });
  return [
    ['holds', holdFaults(pressed, seen), []],
    ['outcomes of holds', had, outcomes],
  ];
};
