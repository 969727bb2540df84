import { z } from 'zod';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { RehearsalReplay, RehearsalRow } from '../contract/index.ts';
import type { Person } from '../people/users.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';
import type { Frame } from './recorder.ts';

const rowSchema = z.looseObject({ rehearsalId: z.string(), personId: z.string(), startedAt: z.number() });
const rowSpec: CollectionSpec<RehearsalRow> = {
  name: 'rehearsals',
  version: 1,
  columns: {
    personId: { type: 'text', of: ({ personId }) => personId },
    startedAt: { type: 'instant', of: ({ startedAt }) => startedAt },
  },
  indexes: [{ columns: ['startedAt'] }, { columns: ['personId', 'startedAt'] }],
  check: (document) => rowSchema.parse(document) as unknown as RehearsalRow,
};
interface Film {
  readonly frames: readonly Frame[];
}
/** Apart from the rows: a list of two hundred rehearsals is read without their panels. */
const filmSpec: CollectionSpec<Film> = {
  name: 'rehearsalFilms',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => z.looseObject({ frames: z.array(z.unknown()) }).parse(document) as unknown as Film,
};

const seesAll = (person: Person): boolean => person.roles.some((role) => role !== 'operator');

/** What was rehearsed, to be looked at again. */
export class RehearsalRecords {
  readonly #rows: Collection<RehearsalRow>;
  readonly #films: Collection<Film>;

  private constructor(rows: Collection<RehearsalRow>, films: Collection<Film>) {
    this.#rows = rows;
    this.#films = films;
  }
  static async open(storage: Storage): Promise<RehearsalRecords> {
    return new RehearsalRecords(await storage.collection(rowSpec), await storage.collection(filmSpec));
  }
  async keep(row: RehearsalRow, frames: readonly Frame[]): Promise<void> {
    await this.#films.put(row.rehearsalId, { frames });
    await this.#rows.put(row.rehearsalId, row);
  }
  async list(viewer: Person): Promise<RehearsalRow[]> {
    const page = await this.#rows.find({
      where: seesAll(viewer) ? {} : { personId: viewer.id },
      orderBy: { column: 'startedAt', descending: true },
      limit: 200,
    });
    return page.items.map(({ document }) => document);
  }
  async replay(rehearsalId: string, viewer: Person): Promise<RehearsalReplay> {
    const row = (await this.#rows.get(rehearsalId))?.document;
    if (!row || (row.personId !== viewer.id && !seesAll(viewer)))
      throw new AppError('rehearsal.unknown', 'no such rehearsal', { kind: 'user' });
    return { ...row, frames: (await this.#films.get(rehearsalId))?.document.frames ?? [] };
  }
}
