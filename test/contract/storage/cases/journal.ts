import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { JournalEntry, StoredEntry } from '../../../../server/storage/port.ts';
import type { Case } from '../harness.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const entry = (stream: string, body: unknown, at = 1_764_000_000_123): JournalEntry => ({
  stream,
  at,
  kind: 'fact',
  body,
});
const rising = (entries: readonly StoredEntry[]): boolean =>
  entries.every(({ seq }, at) => at === 0 || seq > (entries[at - 1]?.seq ?? Infinity));

async function readAll(read: (after: number) => Promise<StoredEntry[]>): Promise<StoredEntry[]> {
  const all: StoredEntry[] = [];
  for (;;) {
    const page = await read(all.at(-1)?.seq ?? 0);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

export const journalCases: readonly Case[] = [
  {
    title: '[STORE-03] entries come back in the order of appending, each with its stream, instant, kind and body',
    async run({ storage, restart }) {
      const entries = [
        entry('a', { type: 'call.started', text: 'Привет 🎉' }, 1),
        entry('b', null, 2),
        entry('a', [], 2),
      ];
      const first = await storage.journal.append(entries);
      const second = await storage.journal.append([{ ...entry('a', 'x'), kind: 'choice' }]);
      expect(first.lastSeq - first.firstSeq).toBe(2);
      expect(second.firstSeq).toBeGreaterThan(first.lastSeq);
      const { journal } = await restart();
      const all = await journal.readAfter(0, 100);
      expect(all.map(({ seq: _seq, ...rest }) => rest)).toEqual([...entries, { ...entry('a', 'x'), kind: 'choice' }]);
      expect(rising(all)).toBe(true);
      expect(await journal.readStream('a')).toEqual(all.filter(({ stream }) => stream === 'a'));
      expect(await journal.readStream('none')).toEqual([]);
      expect(await journal.lastSeq()).toBe(second.lastSeq);
      expect(await journal.readAfter(first.firstSeq, 2)).toEqual(all.slice(1, 3));
    },
  },
  {
    title: '[STORE-03] an append that was confirmed before another began has the lower numbers, over all servers',
    async run({ storage, beside }) {
      const servers = [storage.journal, (await beside()).journal];
      const confirmed: { began: number; ended: number; firstSeq: number; lastSeq: number }[] = [];
      let turn = 0;
      const caller = async (of: number) => {
        for (const round of range(15)) {
          const began = (turn += 1);
          const entries = range(1 + (round % 4)).map((at) => entry(`caller ${of}`, { round, at }));
          const numbers = await servers[of % 2]!.append(entries);
          confirmed.push({ began, ended: (turn += 1), ...numbers });
        }
      };
      await Promise.all(range(12).map(caller));
      for (const one of confirmed) {
        const earlier = confirmed.filter(({ ended }) => ended < one.began);
        expect(earlier.every(({ lastSeq }) => lastSeq < one.firstSeq)).toBe(true);
      }
      for (const of of range(12)) {
        const stream = await storage.journal.readStream(`caller ${of}`);
        const wanted = range(15).flatMap((round) => range(1 + (round % 4)).map((at) => ({ round, at })));
        expect(stream.map(({ body }) => body)).toEqual(wanted);
        expect(rising(stream)).toBe(true);
      }
    },
  },
  {
    title: '[STORE-03] who reads behind the writers misses nothing and reads nothing twice',
    async run({ storage, beside }) {
      const servers = [storage.journal, (await beside()).journal];
      let writing = true;
      const writers = Promise.all(
        range(8).map(async (of) => {
          for (const round of range(20))
            await servers[of % 2]!.append([entry(`s${of}`, round), entry(`s${of}`, -round)]);
        }),
      ).finally(() => (writing = false));
      const seen: StoredEntry[] = [];
      for (let last = false; !last;) {
        last = !writing;
        const page = await storage.journal.readAfter(seen.at(-1)?.seq ?? 0, 37);
        seen.push(...page);
        if (page.length > 0) last = false;
      }
      await writers;
      expect(seen).toHaveLength(320);
      expect(rising(seen)).toBe(true);
    },
  },
  {
    title: '[STORE-04] a repeated append with the same origin adds nothing, whatever its cut',
    async run({ storage, restart }) {
      const numbered = range(10).map((at) => entry('s', at));
      const writer = 'writer-1';
      await storage.journal.append(numbered.slice(0, 4), { writer, first: 0 });
      await storage.journal.append(numbered.slice(2, 6), { writer, first: 2 });
      const older = await storage.journal.append(numbered.slice(0, 3), { writer, first: 0 });
      expect(older.firstSeq).toBeGreaterThan(older.lastSeq);
      await storage.journal.append([entry('s', 'another writer')], { writer: 'writer-2', first: 0 });
      const { journal } = await restart();
      await journal.append(numbered.slice(3), { writer, first: 3 });
      const bodies = (await journal.readStream('s')).map(({ body }) => body);
      expect(bodies).toEqual([0, 1, 2, 3, 4, 5, 'another writer', 6, 7, 8, 9]);
    },
  },
  {
    title: '[STORE-04] the last append repeated as it was answers the same positions, also after a restart',
    async run({ storage, beside, restart }) {
      const origin = { writer: 'writer-1', first: 5 };
      const entries = range(7).map((at) => entry('s', at));
      await storage.journal.append([entry('other', 0)]);
      const first = await storage.journal.append(entries, origin);
      await (await beside()).journal.append([entry('other', 1), entry('other', 2)]);
      expect(await storage.journal.append(entries, origin)).toEqual(first);
      const { journal } = await restart();
      expect(await journal.append(entries, origin)).toEqual(first);
      expect((await journal.readStream('s')).map(({ seq }) => seq)).toEqual(range(7).map((at) => first.firstSeq + at));
    },
  },
  {
    title: '[STORE-06] large entries and long appends come back whole',
    async run({ storage }) {
      const large = 'Ж'.repeat(524_288);
      await storage.journal.append([entry('large', large)]);
      const long = await storage.journal.append(
        range(3_500).map((at) => entry('long', at)),
        { writer: 'w', first: 1 },
      );
      expect(long.lastSeq - long.firstSeq).toBeGreaterThanOrEqual(3_499);
      expect((await storage.journal.readStream('large'))[0]?.body === large).toBe(true);
      const stream = await storage.journal.readStream('long');
      expect(stream.map(({ body }) => body)).toEqual(range(3_500));
      const all = await readAll((after) => storage.journal.readAfter(after, 1_000));
      expect(all).toHaveLength(3_501);
    },
  },
  {
    title: '[STORE-07] any body comes back the same',
    async run({ storage }) {
      let round = 0;
      const anyJson = fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 3 });
      await fc.assert(
        fc.asyncProperty(fc.array(anyJson, { minLength: 1, maxLength: 5 }), async (bodies) => {
          const stream = `s${(round += 1)}`;
          await storage.journal.append(bodies.map((body) => entry(stream, body)));
          const read = await storage.journal.readStream(stream);
          expect(read.map(({ body }) => JSON.stringify(body))).toEqual(bodies.map((body) => JSON.stringify(body)));
        }),
        { numRuns: 40 },
      );
    },
  },
  {
    title: '[STORE-18] erased streams are gone, the others stay, and no number is given twice',
    async run({ storage, restart }) {
      const { journal } = storage;
      await journal.append([entry('a', 1), entry('b', 2), entry('a', 3)]);
      const { lastSeq } = await journal.append([entry('c', 4)]);
      expect(await journal.eraseStreams(['a', 'c', 'none'])).toBe(3);
      expect((await journal.readAfter(0, 10)).map(({ body }) => body)).toEqual([2]);
      const again = (await restart()).journal;
      const next = await again.append([entry('a', 5)]);
      expect(next.firstSeq).toBeGreaterThan(lastSeq);
      expect((await again.readStream('a')).map(({ body }) => body)).toEqual([5]);
    },
  },
];
