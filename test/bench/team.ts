import { as, type DeviceId, type OperatorId } from '../../machines/vocabulary/index.ts';
import type { App } from '../../server/app.ts';
import { systemClock } from '../../server/clock.ts';
import type { Config } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import { openStorage } from '../../server/openStorage.ts';
import { usersSpec } from '../../server/people/users.ts';

/** `operator-0`, `operator-1`… */
export const logins = (role: string, count: string | number): string[] =>
  Array.from({ length: Number(count) }, (_, index) => `${role}-${index}`);

/** Straight into the storage, before the start: a password takes a tenth of a second each, and nobody signs in by one. */
export async function addTeam(
  config: Config,
  team: Readonly<Partial<Record<'operator' | 'supervisor', readonly string[]>>>,
): Promise<void> {
  const storage = await openStorage(config, systemClock, createLog('silent'));
  const users = await storage.collection(usersSpec);
  for (const role of ['operator', 'supervisor'] as const)
    await users.putAll(
      (team[role] ?? []).map((login) => ({
        id: `u-${login}`,
        document: {
          login,
          surname: 'Сотрудник',
          firstName: login,
          patronymic: 'Петровна',
          position: '',
          unit: 'Горячая линия',
          roles: [role],
          devices: [],
          passwordHash: '',
          disabled: false,
        },
      })),
    );
  await storage.close();
}
export const tokensOf = ({ rooms: { sessions } }: App, people: readonly string[]): Promise<string[]> =>
  Promise.all(people.map((login) => sessions.create({ kind: 'session', userId: `u-${login}`, title: '' }, 3_600_000)));

/** On shift and ready at the telephones 1000, 1001… */
export async function seat({ rooms: { operators, ledger } }: App, people: readonly string[]): Promise<void> {
  for (const [index, login] of people.entries()) {
    const id = as<OperatorId>(`u-${login}`);
    operators.chooseDevice(id, as<DeviceId>(`PJSIP/${1000 + index}`), systemClock.now());
    operators.goReady(id, systemClock.now());
  }
  await ledger.flush();
}

/** Whoever was sent on a break for calls missed comes back, as people do: else nobody is left after an hour of a load. */
export function comeBack({ rooms: { operators, ledger } }: App, people: readonly string[]): void {
  const look = setInterval(() => {
    for (const login of people) {
      const id = as<OperatorId>(`u-${login}`);
      if (operators.view(id)?.state === 'paused') operators.goReady(id, systemClock.now());
    }
    void ledger.flush();
  }, 1_000);
  look.unref();
}
