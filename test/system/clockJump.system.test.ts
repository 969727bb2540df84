import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../machines/vocabulary/index.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { loadedExchange, type LoadedExchange } from '../support/loadedExchange.ts';
import { ProductProcess, type PanelClient } from '../support/productProcess.ts';

/** SIGUSR2 puts the wall clock of the process an hour forth, and with the next one back again. */
const JUMPING = `let by=0;const now=Date.now;Date.now=()=>now()+by;process.on('SIGUSR2',()=>{by=${HOUR}-by})`;

describe('[CLOCK-05] the wall clock jumps by an hour and back while a client is on hold', () => {
  let line: LoadedExchange;
  let product: ProductProcess;
  let anna: PanelClient;
  const views: number[] = [];
  const phone = 'PJSIP/1000';

  beforeAll(async () => {
    line = await loadedExchange(1, { seed: 1, callsPerSecond: 0, pace: 0.02 });
    product = await ProductProcess.create({
      ...line.environment,
      NODE_OPTIONS: `--import ${JSON.stringify(`data:text/javascript,${encodeURIComponent(JUMPING)}`)}`,
      WRAP_UP_MS: '1',
    });
    await product.addUser('anna', 'Смирнова Анна Петровна', 'operator', phone);
    await product.addUser('vera', 'Котова Вера Ильинична', 'supervisor');
    await product.start();
    anna = await product.open('anna');
    anna.socket.on('panel', ({ serverNow }: NonNullable<PanelClient['view']>) => views.push(serverNow));
    await anna.until(({ links }) => links[0]?.status === 'up');
    await anna.command('operator.chooseDevice', { device: phone });
    await anna.command('operator.ready', {});
  });
  afterAll(async () => {
    anna.close();
    await product.remove();
    await line.close();
  });
  const held = (state: string) => anna.until(({ calls }) => calls[0]?.hold?.state === state);
  const hold = async (promisedMs: number) => {
    const { callId } = (await anna.until(({ calls }) => calls[0]?.phase === 'talking')).calls[0]!;
    await anna.command('hold.name', { callId, promisedMs });
    line.keys.hold(phone);
    const { heldAt = 0, dueAt } = (await held('running')).calls[0]!.hold!;
    expect(dueAt).toBe(heldAt + promisedMs);
    return { callId, heldAt };
  };

  it('[CLOCK-05] the promise is overdue by the new time, the next one is measured by it, nothing goes back', async () => {
    line.load.fill(1);
    const first = await hold(10 * MINUTE);
    product.signal('SIGUSR2');
    await held('overdue');
    line.keys.resume(phone);
    await anna.until(({ calls }) => calls[0]?.hold === undefined);
    product.signal('SIGUSR2');
    // Nothing goes back; the next promise is measured from where the clock is, and is not over at once.
    const second = await hold(10 * MINUTE);
    expect(second.heldAt).toBeGreaterThan(first.heldAt + HOUR - MINUTE);
    line.keys.resume(phone);
    await anna.until(({ calls }) => calls[0]?.hold === undefined);
    expect(views).toEqual(views.toSorted((a, b) => a - b));
  });

  it('[CLOCK-05] killed and started an hour earlier, the call goes on, ends once, and lasted no negative time', async () => {
    const { callId } = anna.view!.calls[0]!;
    anna.view = undefined;
    await product.kill('SIGKILL');
    await product.start();
    anna.close();
    anna = await product.open('anna');
    await anna.until(({ calls }) => calls[0]?.callId === callId && calls[0].phase === 'talking' && calls[0].confirmed);
    line.keys.hangUp(phone);
    await anna.until(({ calls, today }) => calls.length === 0 && today.length === 1);
    const record = await product.get<CallReply>(`/calls/${encodeURIComponent(callId)}`, await product.signIn('vera'));
    expect(record).toMatchObject({ ended: { by: 'operator' }, holds: [{ outcome: 'broken' }, { outcome: 'kept' }] });
    for (const { realMs } of record.holds) expect(realMs).toBeGreaterThanOrEqual(0);
  });
});
