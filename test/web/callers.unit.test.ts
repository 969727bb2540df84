import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sessions, Users } from '../../server/people/users.ts';
import { CORE_FRESH_MS, openCallers } from '../../server/web/callers.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { FaultyStorage } from '../support/faultyStorage.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';

const clock = new FakeClock();
const silent = { warn: () => undefined } as never;
let temp: TempStorage;
beforeEach(async () => {
  temp = await tempStorage(clock);
});
afterEach(() => temp.remove());

const PERSON = { surname: 'Котова', firstName: 'Ольга', patronymic: '', position: '', unit: '', devices: [] };

test('[WEB-23] what another process changed is seen by the next who asks, and an outage signs nobody out', async () => {
  const storage = new FaultyStorage(temp.storage);
  const [users, sessions] = [await Users.open(storage), await Sessions.open(storage, clock)];
  const command = { users: await Users.open(temp.storage), sessions: await Sessions.open(temp.storage, clock) };
  const callers = openCallers({ users, sessions, clock, log: silent, freshMs: CORE_FRESH_MS });
  const [olga, vera] = [
    await users.add({ ...PERSON, login: 'olga', roles: ['supervisor'], password: 'long-enough' }),
    await users.add({ ...PERSON, login: 'vera', roles: ['trainer'], password: 'long-enough' }),
  ];
  const tokenOf = (userId: string) => sessions.create({ kind: 'api', userId, title: 'CRM' }, 3_600_000);
  const [ofOlga, ofVera] = [await tokenOf(olga.id), await tokenOf(vera.id)];
  const ask = (token: string) => callers.of({ authorization: `Bearer ${token}` });
  expect([await ask(ofOlga), await ask(ofVera)]).toMatchObject([{ person: olga }, { person: vera }]);

  const [known] = await command.sessions.tokensOf(olga.id);
  await command.sessions.endToken(olga.id, known!.id);
  await command.users.change(vera.id, (user) => ({ ...user, roles: ['operator'] }));
  storage.mood = 'gone';
  clock.advance(5_000);
  expect([await ask(ofOlga), await ask(ofVera)]).toMatchObject([{ person: olga }, { person: vera }]);
  storage.mood = 'well';
  clock.advance(5_000);
  expect(await ask(ofOlga)).toBeUndefined();
  expect(await ask(ofVera)).toMatchObject({ person: { roles: ['operator'] } });
  await command.users.change(vera.id, (user) => ({ ...user, disabled: true }));
  clock.advance(5_000);
  expect(await ask(ofVera)).toBeUndefined();
});
