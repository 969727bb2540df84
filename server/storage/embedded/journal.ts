import { toText, wellFormed } from '../encode.ts';
import type { Journal, JournalEntry, Origin, StoredEntry } from '../port.ts';
import type { RawEntry, RawStored } from './protocol.ts';
import type { Threads } from './threads.ts';

const SELECT =
  'SELECT j.seq, s.name, j.at, k.name, j.body FROM journal j JOIN stream s ON s.id = j.stream JOIN kind k ON k.id = j.kind';

const rawOf = ({ stream, at, kind, body }: JournalEntry): RawEntry => [
  wellFormed(stream),
  at,
  wellFormed(kind),
  toText(body, `a journal entry of ${stream}`),
];
const storedOf = ([seq, stream, at, kind, body]: RawStored): StoredEntry => {
  return { seq, stream, at, kind, body: JSON.parse(body) as unknown };
};

export class SqlJournal implements Journal {
  readonly #threads: Threads;

  constructor(threads: Threads) {
    this.#threads = threads;
  }
  async append(entries: readonly JournalEntry[], origin?: Origin): Promise<{ firstSeq: number; lastSeq: number }> {
    const raw = entries.map(rawOf);
    const [firstSeq, lastSeq] = await this.#threads.change<[number, number]>(
      { op: 'append', entries: raw, ...origin },
      raw.length,
    );
    return { firstSeq, lastSeq };
  }
  async readAfter(after: number, limit: number): Promise<StoredEntry[]> {
    const rows = await this.#threads.journal(`${SELECT} WHERE j.seq > ? ORDER BY j.seq LIMIT ?`, [after, limit]);
    return rows.map(storedOf);
  }
  async readStream(stream: string): Promise<StoredEntry[]> {
    const rows = await this.#threads.journal(`${SELECT} WHERE s.name = ? ORDER BY j.seq`, [stream]);
    return rows.map(storedOf);
  }
  async lastSeq(): Promise<number> {
    const [row] = await this.#threads.read("SELECT seq FROM sqlite_sequence WHERE name = 'journal'");
    return Number(row?.[0] ?? 0);
  }
  async eraseStreams(streams: readonly string[]): Promise<number> {
    return this.#threads.change({ op: 'erase', streams }, streams.length);
  }
  async write(entries: readonly StoredEntry[]): Promise<void> {
    const raw = entries.map((entry): RawStored => [entry.seq, ...rawOf(entry)]);
    await this.#threads.change({ op: 'journalWrite', entries: raw }, raw.length);
  }
}
