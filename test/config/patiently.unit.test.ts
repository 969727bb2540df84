import { expect, it } from 'vitest';
import { createServer, type AddressInfo } from 'node:net';
import { patiently, wordsOf } from '../../server/patiently.ts';
import { storageFault } from '../../server/storage/faults.ts';
import { FakeClock } from '../support/fakeClock.ts';

it('[START-01] a start waits for a database that is away, says so, and goes on when it is back', async () => {
  const clock = new FakeClock();
  const said: string[] = [];
  let tries = 0;
  const started = patiently(
    async () => {
      tries += 1;
      if (tries < 4) throw storageFault('storage.unavailable', 'read ECONNRESET');
      return 'ready';
    },
    clock,
    (line) => said.push(line),
  );
  await clock.advanceAsync(499);
  expect(tries).toBe(1);
  await clock.advanceAsync(3_001);
  expect(await started).toBe('ready');
  expect(said).toEqual([
    'Cannot start yet: read ECONNRESET. Trying again in 0.5 s.',
    'Cannot start yet: read ECONNRESET. Trying again in 1 s.',
    'Cannot start yet: read ECONNRESET. Trying again in 2 s.',
  ]);
  expect(clock.pending).toBe(0);
});

it.each(['storage.readOnly', 'storage.tooNew', 'storage.locked', 'storage.badAddress'] as const)(
  '[START-02] a start ends at once for what waiting cannot mend: %s',
  async (code) => {
    const start = () => Promise.reject(storageFault(code, 'in words'));
    await expect(patiently(start, new FakeClock(), () => expect.fail())).rejects.toMatchObject({ code });
  },
);

it('[START-03] a taken port is told with what to do', async () => {
  const [first, second] = [createServer(), createServer()];
  await new Promise<void>((resolve) => void first.listen(0, '127.0.0.1', resolve));
  const { port } = first.address() as AddressInfo;
  const fault = await new Promise((resolve) => void second.once('error', resolve).listen(port, '127.0.0.1'));
  expect(wordsOf(fault)).toContain(
    `port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1}`,
  );
  await new Promise((resolve) => void first.close(resolve));
});
