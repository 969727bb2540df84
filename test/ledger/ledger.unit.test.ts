import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Faults } from '../../server/faults.ts';
import { Ledger, type DurableLog } from '../../server/ledger/ledger.ts';
import { createLog } from '../../server/log.ts';
import { flush } from '../support/fakeClock.ts';
import { strictFaults } from '../support/strictFaults.ts';

/** A log that is durable at once, or when told to. */
class TestLog implements DurableLog {
  state: 'ok' | 'memory' = 'ok';
  readonly waiting: (() => void)[] = [];
  waits = false;
  #watch: (state: 'ok' | 'memory') => void = () => undefined;
  appended = 0;
  append(): Promise<{ lastSeq: number }> {
    this.appended += 1;
    if (!this.waits) return Promise.resolve({ lastSeq: 1 });
    return new Promise((resolve) => {
      this.waiting.push(() => resolve({ lastSeq: 1 }));
    });
  }
  readonly behindMs = 0;
  onState(watch: (state: 'ok' | 'memory') => void): () => void {
    this.#watch = watch;
    return () => undefined;
  }
  turn(state: 'ok' | 'memory'): void {
    this.state = state;
    this.#watch(state);
  }
}
const flushed = (ledger: Ledger): Promise<{ saved: boolean }> => {
  ledger.record('call/1', 'fact', 0, {});
  return ledger.flush();
};

describe('the ledger', () => {
  it('[LEDGER-01] a batch is saved once durable; when the storage goes away meanwhile, it is shown as not saved', async () => {
    const log = new TestLog();
    const ledger = new Ledger(log, strictFaults());
    expect(await flushed(ledger)).toEqual({ saved: true });
    log.waits = true;
    const onItsWay = flushed(ledger);
    log.turn('memory');
    expect(await onItsWay).toEqual({ saved: false });
    expect(await flushed(ledger)).toEqual({ saved: false });
    log.turn('ok');
    const later = flushed(ledger);
    for (const resolve of log.waiting) resolve();
    expect(await later).toEqual({ saved: true });
  });

  it('[FAULT-01] what cannot be applied is stored and told to whoever asked; what cannot be drawn keeps nothing from it', async () => {
    const log = new TestLog();
    const faults = new Faults(createLog('silent'));
    const ledger = new Ledger(log, faults);
    const fail = (): never => {
      throw new Error('planted');
    };
    const drawn: string[] = [];
    ledger.addRoom({ prefix: 'call', apply: fail, snapshot: () => undefined, restore: fail });
    ledger.addPublisher({ prepare: fail });
    ledger.addPublisher({ prepare: () => fail });
    ledger.addPublisher({ prepare: (touched) => () => drawn.push(...touched) });
    ledger.touch('call/1');
    await expect(flushed(ledger)).rejects.toMatchObject({ code: 'ledger.fault', kind: 'unexpected' });
    expect(drawn).toEqual(['call/1']);
    expect(log.appended).toBe(1);
    ledger.touch('call/2');
    expect(await ledger.flush()).toEqual({ saved: true });
    expect(drawn).toEqual(['call/1', 'call/2']);
    expect(Object.fromEntries(faults.counts)).toEqual({ entry: 1, view: 4 });
  });

  it('[LEDGER-02] nothing is kept of a batch that is saved', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const ledger = new Ledger(new TestLog(), strictFaults());
    const used = async (): Promise<number> => {
      await flush();
      collect();
      return process.memoryUsage().heapUsed;
    };
    const batches = async (): Promise<void> => {
      for (let batch = 0; batch < 20_000; batch += 1) await flushed(ledger);
      // What changed waits for the next checkpoint.
      ledger.takeDirty();
    };
    await batches();
    const before = await used();
    await batches();
    // It was some 600 bytes a batch, 12 MB here.
    expect((await used()) - before).toBeLessThan(3_000_000);
  });

  it('[LEDGER-23] nobody waits for states to be durable in a storage that is away, or goes away meanwhile', async () => {
    const log = new TestLog();
    log.waits = true;
    const ledger = new Ledger(log, strictFaults());
    ledger.record('call/1', 'opened', 0, {});
    void ledger.flush();
    const { durable } = ledger.takeDirty();
    log.turn('memory');
    expect(await durable).toBeUndefined();
    expect(await ledger.takeDirty().durable).toBeUndefined();
  });
});
