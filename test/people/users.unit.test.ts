import { afterEach, beforeEach, expect, test } from 'vitest';
import { Users } from '../../server/people/users.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';

let temp: TempStorage;
beforeEach(async () => {
  temp = await tempStorage(new FakeClock());
});
afterEach(() => temp.remove());

test('[PEOPLE-01] whom another process adds or changes signs in at once, as what they are now', async () => {
  const server = await Users.open(temp.storage);
  const command = await Users.open(temp.storage);
  const name = { surname: 'Котова', firstName: 'Ольга', patronymic: '', position: '', unit: '', devices: [] };
  const password = 'long-enough';
  const { id } = await command.add({ ...name, login: 'olga', roles: ['supervisor'], password });
  expect(await server.signIn('olga', password)).toMatchObject({ id, roles: ['supervisor'] });
  expect(server.get(id)).toBeDefined();
  await command.change(id, (user) => ({ ...user, roles: ['trainer'] }));
  expect(await server.signIn('Olga ', password)).toMatchObject({ roles: ['trainer'] });
  await command.change(id, (user) => ({ ...user, disabled: true }));
  expect(await server.signIn('olga', password)).toBeUndefined();
});
