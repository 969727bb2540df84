// A process of its own that writes to a storage until it is killed, and says on standard output what was confirmed.
// Usage: node storageChild.mjs WORK PLACE-AS-JSON
import { systemClock } from '../../build/server/clock.js';
import { openPlace } from '../../build/server/storage/tools/place.js';

const [, , work, placeText] = process.argv;
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const things = {
  name: 'things',
  version: 1,
  columns: { number: { type: 'integer', of: (thing) => thing.number } },
  indexes: [{ columns: ['number'], unique: true }],
  check: (thing) => thing,
};

const works = {
  /** Appends and puts one after the other, several callers at once. */
  async write(storage) {
    const all = await storage.collection(things);
    let number = 0;
    const caller = async (name) => {
      for (;;) {
        const mine = (number += 1);
        const body = { name, mine, text: 'ж'.repeat(mine % 300) };
        await storage.journal.append([{ stream: name, at: mine, kind: 'fact', body }], { writer: name, first: mine });
        await all.put(`${name}/${mine}`, { number: process.pid * 1_000_000 + mine });
        say({ name, mine });
      }
    };
    await Promise.all(['a', 'b', 'c'].map((name) => caller(`${process.pid}${name}`)));
  },
  /** A share of the unique numbers, each taken once over all processes. */
  async race(storage) {
    const all = await storage.collection(things);
    const taken = [];
    for (let number = 0; number < 150; number += 1) {
      const outcome = await all.insert(`${process.pid}/${number}`, { number });
      if (outcome === 'ok') taken.push(number);
      await storage.journal.append([{ stream: String(process.pid), at: number, kind: 'fact', body: number }]);
    }
    say({ taken });
    await storage.close();
  },
};

try {
  const storage = await openPlace(JSON.parse(placeText), systemClock);
  say('open');
  await works[work](storage);
} catch (error) {
  // Links to a server would keep the process alive.
  process.stdout.write(`${JSON.stringify({ code: error.code, message: error.message })}\n`, () => process.exit(1));
}
