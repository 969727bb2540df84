import { expect, it } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { Lease } from '../../server/cluster/lease.ts';
import { runMember, type StartCore } from '../../server/cluster/member.ts';
import { readConfig } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import { Door } from '../../server/web/door.ts';
import { describeWith } from '../support/peers.ts';
import { startRedis } from '../support/redisServer.ts';
import { tempStorage } from '../support/tempStorage.ts';

const log = createLog('silent');

describeWith(['redis'], 'one of several servers', (redisPath) => {
  it('[SEVERAL-08] a front that cannot become the core stays a front, at the same port, and tries again', async () => {
    const redis = await startRedis(redisPath);
    const temp = await tempStorage(systemClock);
    const outcome = readConfig({ PORT: '0', DATA_DIR: temp.folder, MONGODB_URI: 'mongodb://127.0.0.1/not-asked' });
    if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
    const { config } = outcome;
    const other = await Lease.open(temp.storage, { id: 'other', title: 'other' }, { clock: systemClock, log });
    await other.tryTake();
    other.keep(() => expect.fail('the lease of the other is lost'));
    const door = await Door.open(config);
    let tries = 0;
    let again: () => void = () => undefined;
    let end: (why: Error) => void = () => undefined;
    const triedTwice = new Promise<void>((resolve, reject) => {
      again = resolve;
      end = reject;
    });
    const startCore: StartCore = async (_storage, cluster) => {
      await cluster?.beforeListen();
      tries += 1;
      if (tries === 2) again();
      throw new Error('the exchange cannot be opened');
    };
    const member = await runMember(
      {
        ...{ config, clock: systemClock, log, storage: temp.storage, startCore, door },
        ...{ clientDir: '', version: '', onEnd: (why: string) => end(new Error(why)) },
      },
      redis.url,
    );
    const answers = async (): Promise<number> => (await fetch(`http://127.0.0.1:${member.port}/readyz`)).status;
    expect(await answers()).toBe(200);
    await other.release();
    await triedTwice;
    expect(await answers()).toBe(200);
    await member.stop();
    await door.close();
    await redis.stop();
    await temp.remove();
  });
});
