import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMongo } from '../../server/storage/mongo/engine.ts';
import type { JournalEntry, Storage } from '../../server/storage/port.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { dropDatabase, ownDatabase } from '../support/ownDatabase.ts';
import { describeWith } from '../support/peers.ts';

const entry = (kind: string): JournalEntry => ({ stream: 'call/1', at: 1_000, kind, body: {} });

describeWith(['mongodb'], 'the fence of the journal', (mongodb) => {
  const uri = ownDatabase(mongodb, 'fence');
  const open: Storage[] = [];
  const server = async (): Promise<Storage> => {
    const storage = await openMongo({ uri, folder: '.', clock: new FakeClock() });
    open.push(storage);
    return storage;
  };
  let old: Storage;
  let fresh: Storage;
  beforeAll(async () => {
    old = await server();
    fresh = await server();
    await old.journal.fence?.(1, entry('began'));
  });
  afterAll(async () => {
    await Promise.all(open.map((each) => each.close()));
    await dropDatabase(uri);
  });
  const kinds = async (): Promise<string[]> => (await fresh.journal.readAfter(0, 1_000)).map(({ kind }) => kind);

  it('[FENCE-01] an old core is refused from the moment the new one has begun, whatever it knew of the end', async () => {
    await old.journal.append([entry('old')], { writer: 'w-old', first: 0 });
    await fresh.journal.fence?.(2, entry('began'));
    await expect(old.journal.append([entry('late')], { writer: 'w-old', first: 1 })).rejects.toMatchObject({
      code: 'storage.fenced',
    });
    // It stays refused, also after it has looked at the journal.
    await expect(old.journal.append([entry('late')])).rejects.toMatchObject({ code: 'storage.fenced' });
    await fresh.journal.append([entry('new')]);
    expect(await kinds()).toEqual(['began', 'old', 'began', 'new']);
  });
  it('[FENCE-02] nobody begins under an epoch that is past', async () => {
    const late = await server();
    await expect(late.journal.fence?.(1, entry('began'))).rejects.toMatchObject({ code: 'storage.fenced' });
  });
  it('[FENCE-03] of many appends at the takeover each is either before the fence or refused', async () => {
    const [a, b] = [await server(), await server()];
    await a.journal.fence?.(3, entry('began'));
    const appends = Array.from({ length: 30 }, (_, at) =>
      a.journal.append([entry(`a${at}`)]).then(
        () => `a${at}`,
        () => undefined,
      ),
    );
    await b.journal.fence?.(4, entry('fence'));
    const confirmed = (await Promise.all(appends)).filter((each) => each !== undefined);
    await b.journal.append([entry('b')]);
    const all = await kinds();
    const before = all.slice(0, all.indexOf('fence'));
    expect(all.slice(all.indexOf('fence'))).toEqual(['fence', 'b']);
    for (const each of confirmed) expect(before).toContain(each);
  });
});
