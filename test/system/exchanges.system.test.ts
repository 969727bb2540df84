import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PanelView } from '../../server/contract/index.ts';
import { boardOf } from '../chaos/counts.ts';
import { loadedExchange, type LoadedExchange } from '../support/loadedExchange.ts';
import { ProductProcess, type PanelClient } from '../support/productProcess.ts';

/** Exchanges of the calls that go on, when one operator has hung up. */
const LEFT = ['main', 'main', 'main', 'main2', 'main2'];

/** One server and two exchanges, whose calls have the same uniqueids. */
describe('several exchanges at once', () => {
  let lines: readonly LoadedExchange[];
  let product: ProductProcess;
  let anna: PanelClient;
  let boris: PanelClient;
  const live = async (): Promise<string[]> => {
    const cookie = await product.signIn('vera');
    const { items } = await product.get<{ items: { callId: string; phase: string }[] }>('/calls?state=live', cookie);
    return items
      .filter(({ phase }) => phase === 'talking')
      .map(({ callId }) => callId.split('/')[0] ?? '')
      .sort();
  };
  const status = (view: PanelView | undefined): string[] => view?.links.map((each) => each.status) ?? [];

  beforeAll(async () => {
    const load = { seed: 1, callsPerSecond: 0, pace: 0.02 };
    lines = [await loadedExchange(3, load), await loadedExchange(3, load)];
    const hosts = lines.map(({ environment }) => environment.AMI_HOST).join(',');
    product = await ProductProcess.create({ ...lines[0]?.environment, AMI_HOST: hosts, WRAP_UP_MS: '1' });
    await product.addUser('anna', 'Смирнова Анна Петровна', 'operator', 'PJSIP/1000');
    await product.addUser('boris', 'Орлов Борис Ильич', 'operator', 'main2:PJSIP/1000');
    await product.addUser('vera', 'Котова Вера Ильинична', 'supervisor');
    await product.start();
    [anna, boris] = [await product.open('anna'), await product.open('boris')];
    await anna.until((view) => view.links.every((each) => each.status === 'up'));
  });
  afterAll(async () => {
    for (const each of [anna, boris]) each.close();
    await product.remove();
    for (const line of lines) await line.close();
  });

  it('[SEVERAL-09] telephones of one name at two exchanges are two: each operator has the calls of their own', async () => {
    for (const [panel, device] of [
      [anna, 'PJSIP/1000'],
      [boris, 'main2:PJSIP/1000'],
    ] as const) {
      expect(await panel.command('operator.chooseDevice', { device })).toMatchObject({ ok: true });
      expect(await panel.command('operator.ready', {})).toMatchObject({ ok: true });
    }
    for (const { load } of lines) load.fill(3);
    await Promise.all([anna, boris].map((each) => each.until(({ calls }) => calls[0]?.phase === 'talking')));
    const exchangesOf = ({ view }: PanelClient) => view?.calls.map(({ callId }) => callId.split('/')[0]);
    expect([exchangesOf(anna), exchangesOf(boris)]).toEqual([['main'], ['main2']]);
    const { callId } = boris.view!.calls[0]!;
    expect(await boris.command('call.hangUp', { callId })).toMatchObject({ ok: true });
    await expect.poll(live).toEqual(LEFT);
  });

  it('[SEVERAL-09] queues of one name at two exchanges are two rows of the board', async () => {
    const rows = await boardOf(product, await product.signIn('vera'));
    const names = rows.map(({ key }) => key);
    expect(names).toEqual(expect.arrayContaining(['line-1', 'main2:line-1']));
  });

  it('[SEVERAL-07] calls of both are kept apart; the loss of one link leaves those of the other confirmed', async () => {
    await lines[1]?.server.close();
    await anna.until((view) => status(view).includes('lost'));
    expect(status(anna.view)).toContain('up');
    const cookie = await product.signIn('vera');
    const board = await product.get<{ items: { callId: string }[] }>('/calls?state=live', cookie);
    expect(board.items).toHaveLength(LEFT.length);
    await lines[1]?.server.open();
    await anna.until((view) => status(view).every((each) => each === 'up'));
    expect(await live()).toEqual(LEFT);
  });

  it('[SEVERAL-08] after kill -9 the calls of both go on under their ids', async () => {
    const before = await live();
    await product.kill('SIGKILL');
    await product.start();
    await expect.poll(live).toEqual(before);
  });
});
