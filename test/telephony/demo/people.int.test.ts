import { expect, test } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { createLog } from '../../../server/log.ts';
import { Users } from '../../../server/people/users.ts';
import { openDemonstration } from '../../../server/telephony/demo/openDemonstration.ts';
import { systemClock } from '../../../server/clock.ts';
import { tempStorage } from '../../support/tempStorage.ts';

test('[DEMO-51] a demonstration in which somebody was dismissed starts again, and without them', async () => {
  const temp = await tempStorage(systemClock);
  const outcome = readConfig({ DATA_DIR: temp.folder });
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
  const demo = await openDemonstration(outcome.config, { clock: systemClock, log: createLog('silent') });
  const before = await Users.open(temp.storage);
  await demo.addPeople(before);
  const login = demo.signIns[0]?.login ?? '';
  await before.change(`u-${login}`, (user) => ({ ...user, disabled: true }));

  const after = await Users.open(temp.storage);
  await demo.addPeople(after);
  expect(after.get(`u-${login}`)).toBeUndefined();
  expect(after.size).toBe(demo.signIns.length - 1);
  await demo.close();
  await temp.remove();
});
