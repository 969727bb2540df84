import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { as, type DeviceId } from '../../machines/vocabulary/index.ts';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config/config.ts';
import { createLog } from '../../server/log.ts';
import type * as main from '../../server/main.ts';

const UNITS = ['Горячая линия', 'Отдел приёма обращений', 'Справочная служба', 'Вторая линия'];
const SURNAMES = ['Смирнова', 'Орлова', 'Кузнецова', 'Гаврилова', 'Лебедева', 'Соколова', 'Новикова', 'Морозова'];
const NAMES = ['Анна', 'Ольга', 'Вера', 'Мария', 'Елена', 'Татьяна', 'Ирина'];
const HOUR_MS = 3_600_000;

export interface LoadedProduct {
  readonly port: number;
  /** Session cookies of the supervisors. */
  readonly supervisors: readonly string[];
  close(): Promise<void>;
}

/** The built product, with its page, in this process; its operators seated at the telephones 1000, 1001… of a loaded exchange and ready. */
export async function loadedProduct(
  environment: Record<string, string>,
  people: { readonly operators: number; readonly supervisors: number },
): Promise<LoadedProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'loaded-'));
  const outcome = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    OPERATOR_DEVICES: '^PJSIP/\\d{4}$',
    ...environment,
  });
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
  const built = pathToFileURL(resolve('build/server/main.js')).href;
  const { run } = (await import(/* @vite-ignore */ built)) as typeof main;
  const running = await run(outcome.config, systemClock, createLog('silent'));
  const { app } = running;
  if (!app) throw new Error('another server has the database');
  const { users, sessions, operators, ledger } = app.rooms;
  const add = (login: string, index: number, role: 'operator' | 'supervisor') =>
    users.add({
      login,
      surname: SURNAMES[index % SURNAMES.length] ?? '',
      firstName: NAMES[index % NAMES.length] ?? '',
      patronymic: 'Петровна',
      position: '',
      unit: UNITS[index % UNITS.length] ?? '',
      roles: [role],
      devices: [],
      password: 'test-password',
    });
  for (let index = 0; index < people.operators; index += 1) {
    const person = await add(`op-${index}`, index, 'operator');
    operators.chooseDevice(person.id, as<DeviceId>(`PJSIP/${1000 + index}`), systemClock.now());
    operators.goReady(person.id, systemClock.now());
  }
  await ledger.flush();
  const supervisors: string[] = [];
  for (let index = 0; index < people.supervisors; index += 1) {
    const { id } = await add(`sup-${index}`, index, 'supervisor');
    supervisors.push(await sessions.create({ kind: 'session', userId: id, title: '' }, HOUR_MS));
  }
  return {
    port: running.port,
    supervisors,
    async close() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
