import * as fc from 'fast-check';
import { expect } from 'vitest';
import { type Case, things } from '../harness.ts';

const manyAtOnce = 20;
const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

export const documentCases: readonly Case[] = [
  {
    title: '[STORE-01] an id is taken once, also by many at once',
    async run({ storage }) {
      const all = await storage.collection(things);
      const outcomes = await Promise.all(range(manyAtOnce).map((size) => all.insert('one', { size })));
      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      expect(await all.count()).toBe(1);
      expect((await all.get('one'))?.document.size).toBe(outcomes.indexOf('ok'));
    },
  },
  {
    title: '[STORE-01] a unique key is taken once over all documents; null is no key',
    async run({ storage }) {
      const all = await storage.collection(things);
      expect(await all.insert('a', { key: '906' })).toBe('ok');
      expect(await all.insert('b', { key: '906' })).toBe('exists');
      expect(await all.insert('b', { key: null })).toBe('ok');
      expect(await all.insert('c', { key: null })).toBe('ok');
      expect(await all.insert('e', { key: '' })).toBe('ok');
      expect(await all.insert('f', { key: '' })).toBe('exists');
      expect(await all.replace('b', { key: '906' }, 1)).toBe('conflict');
      await expect(all.put('c', { key: '906' })).rejects.toMatchObject({ code: 'storage.uniqueTaken' });
      expect((await all.get('c'))?.document).toEqual({ key: null });
      expect(await all.delete('a')).toBe(true);
      expect(await all.replace('b', { key: '906' }, 1)).toBe('ok');
    },
  },
  {
    title: '[STORE-02] of many changes to one revision exactly one is made',
    async run({ storage, beside }) {
      const here = await storage.collection(things);
      const there = await (await beside()).collection(things);
      await here.insert('one', { size: 0 });
      for (const revision of [1, 2, 3]) {
        const tries = range(manyAtOnce).map((size) => (size % 2 ? here : there).replace('one', { size }, revision));
        const outcomes = await Promise.all(tries);
        expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
        const stored = await here.get('one');
        expect(stored).toEqual({ id: 'one', revision: revision + 1, document: { size: outcomes.indexOf('ok') } });
      }
      expect(await here.replace('one', { size: 99 }, 3)).toBe('conflict');
      expect(await here.replace('one', { size: 99 }, 5)).toBe('conflict');
      expect(await here.replace('none', { size: 1 }, 1)).toBe('conflict');
    },
  },
  {
    title: '[STORE-02] revisions count every change; put makes and changes',
    async run({ storage, restart }) {
      const all = await storage.collection(things);
      await all.put('a', { size: 1 });
      await all.putAll([
        { id: 'a', document: { size: 2 } },
        { id: 'b', document: { size: 9 } },
        { id: 'a', document: { size: 3 } },
      ]);
      expect(await all.get('a')).toEqual({ id: 'a', revision: 3, document: { size: 3 } });
      expect(await all.get('none')).toBeUndefined();
      expect(await all.delete('b')).toBe(true);
      expect(await all.delete('b')).toBe(false);
      await all.putAll(['c', 'd', 'e'].map((id) => ({ id, document: { size: 1 } })));
      expect(await all.deleteAll(['c', 'none', 'e'])).toBe(2);
      expect(await all.deleteAll([])).toBe(0);
      expect((await all.find({})).items.map(({ id }) => id)).toEqual(['a', 'd']);
      const again = await (await restart()).collection(things);
      expect(await again.get('a')).toEqual({ id: 'a', revision: 3, document: { size: 3 } });
      expect(await again.get('b')).toBeUndefined();
    },
  },
  {
    title: '[STORE-06] a megabyte of text comes back letter by letter',
    async run({ storage, restart }) {
      const text = 'Министерство 🎓 '.repeat(70_000).slice(0, 1_048_576);
      const packed = { ...things, name: 'packedThings', packed: true };
      await (await storage.collection(things)).insert('large', { text });
      await (await storage.collection(packed)).insert('large', { text });
      const again = await restart();
      expect((await (await again.collection(things)).get('large'))?.document.text === text).toBe(true);
      expect((await (await again.collection(packed)).get('large'))?.document.text === text).toBe(true);
    },
  },
  {
    title: '[STORE-07] any JSON comes back the same, whatever its keys and letters',
    async run({ storage }) {
      const all = await storage.collection(things);
      const odd =
        '{"a.b":1,"$set":{"$x":{"y.z":[]}},"constructor":"c","__proto__":{"x":1},"_bsontype":"Long","toBSON":1,"":2}';
      const fixed = [
        JSON.parse(odd) as unknown,
        // Each alone: one of them changes the way in which the whole document is kept.
        ...['__proto__', 'constructor', 'prototype', 'toBSON', 'toJSON', '$set', 'a.b', '_id', 'length'].map(
          (key) => JSON.parse(`{"${key}":{"${key}":false}}`) as unknown,
        ),
        '👩‍👩‍👧‍👦 е\u0308 ‮שלום‬ \uFFFF \u{10FFFF}',
        { a: [null, {}, [[]]] },
        9007199254740991,
        -0.1,
      ];
      for (const more of fixed) {
        await all.put('one', { more });
        expect(JSON.stringify((await all.get('one'))?.document)).toBe(JSON.stringify({ more }));
      }
      const anyJson = fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 });
      await fc.assert(
        fc.asyncProperty(anyJson, async (more) => {
          await all.put('one', { more });
          expect(JSON.stringify((await all.get('one'))?.document)).toBe(JSON.stringify({ more }));
        }),
        { numRuns: 60 },
      );
    },
  },
  {
    title: '[STORE-07] what UTF-8 cannot carry becomes the replacement sign',
    async run({ storage }) {
      const all = await storage.collection(things);
      await all.put('one', { kind: 'a\uD800', text: 'x\uDC00y \\ud800', more: ['😀', '\uD83D'] });
      const stored = await all.get('one');
      expect(stored?.document).toEqual({ kind: 'a\uFFFD', text: 'x\uFFFDy \\ud800', more: ['😀', '\uFFFD'] });
      expect(await all.count({ kind: 'a\uD800' })).toBe(1);
      await expect(all.put('id\uD800', {})).rejects.toMatchObject({ code: 'storage.badDocument' });
    },
  },
  {
    title: '[STORE-08] instants are kept to the millisecond',
    async run({ storage, restart }) {
      const all = await storage.collection(things);
      const instants = [0, 1, 1_764_000_000_123, 1_764_000_000_124, -1, 8_640_000_000_000_000];
      await all.putAll(instants.map((at) => ({ id: `at${at}`, document: { at } })));
      await storage.journal.append(instants.map((at) => ({ stream: 's', at, kind: 'fact', body: at })));
      const again = await restart();
      const { items } = await (await again.collection(things)).find({ orderBy: { column: 'at' } });
      const sorted = instants.toSorted((a, b) => a - b);
      expect(items.map(({ document }) => document.at)).toEqual(sorted);
      expect((await again.journal.readStream('s')).map(({ at }) => at)).toEqual(instants);
      const from = { gte: 1_764_000_000_124, lt: 1_764_000_000_125 };
      expect(await (await again.collection(things)).count({ at: from })).toBe(1);
    },
  },
  {
    title: '[STORE-09] many writers at once: every document is there once',
    async run({ storage, beside }) {
      const here = await storage.collection(things);
      const there = await (await beside()).collection(things);
      const writes = range(300).map(async (size) => {
        const all = size % 2 ? here : there;
        if (size % 3 === 0) await all.put(`n${size}`, { size, key: `k${size}` });
        else expect(await all.insert(`n${size}`, { size, key: `k${size}` })).toBe('ok');
      });
      await Promise.all(writes);
      const { items } = await here.find({ orderBy: { column: 'size' }, limit: 1_000 });
      expect(items.map(({ document }) => document.size)).toEqual(range(300));
    },
  },
  {
    title: '[STORE-17] mistakes are refused with their code and change nothing',
    async run({ storage }) {
      const all = await storage.collection(things);
      const badDocument = { code: 'storage.badDocument', kind: 'unexpected' };
      const badQuery = { code: 'storage.badQuery', kind: 'unexpected' };
      await expect(all.put('a', { size: 1.5 })).rejects.toMatchObject(badDocument);
      await expect(all.put('a', { share: Number.NaN })).rejects.toMatchObject(badDocument);
      await expect(all.put('', {})).rejects.toMatchObject(badDocument);
      await expect(all.put('a', { more: 1n })).rejects.toMatchObject(badDocument);
      await expect(all.find({ where: { none: 1 } })).rejects.toMatchObject(badQuery);
      await expect(all.find({ where: { constructor: 1 } })).rejects.toMatchObject(badQuery);
      await expect(all.find({ cursor: 'x' })).rejects.toMatchObject(badQuery);
      await expect(all.find({ limit: 0 })).rejects.toMatchObject(badQuery);
      const sumOfText = { groupBy: [], measures: { s: { op: 'sum', column: 'kind' } } } as const;
      await expect(all.aggregate(sumOfText)).rejects.toMatchObject(badQuery);
      expect(await all.count()).toBe(0);
      const refusing = {
        ...things,
        name: 'refusing',
        check: () => {
          throw new Error('no');
        },
      };
      await expect((await storage.collection(refusing)).put('a', {})).rejects.toThrow('no');
    },
  },
  {
    title: '[STORE-18] documents are erased by rule, a bounded number at a time',
    async run({ storage }) {
      const all = await storage.collection(things);
      await all.putAll(range(50).map((at) => ({ id: `t${at}`, document: { at } })));
      expect(await all.deleteWhere({ at: { lt: 30 } }, 20)).toBe(20);
      expect(await all.deleteWhere({ at: { lt: 30 } }, 20)).toBe(10);
      expect(await all.deleteWhere({ at: { lt: 30 } }, 20)).toBe(0);
      expect(await all.count()).toBe(20);
      expect(await all.insert('t0', { at: 0 })).toBe('ok');
    },
  },
  {
    title: '[STORE-19] a collection is declared one way',
    async run({ storage }) {
      await storage.collection(things);
      await storage.collection(things);
      const other = { ...things, columns: { key: things.columns['key']! }, indexes: [] };
      await expect(storage.collection(other)).rejects.toMatchObject({ code: 'storage.specMismatch' });
      for (const name of ['journal', 'a b', 'X', 'a"b', '']) {
        await expect(storage.collection({ ...things, name })).rejects.toMatchObject({ code: 'storage.specMismatch' });
      }
    },
  },
];
