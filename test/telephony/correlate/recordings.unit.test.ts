import { readFileSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunk } from '../../support/asterisk/amiRecorder.ts';
import { callFacts, chunksOf, packetsOf, recordings, replay, shapes } from './replay.ts';

const factsFile = (name: string): URL => new URL(`../../fixtures/ami/${name}.facts.json`, import.meta.url);

/**
 * The same bytes in other portions. Each byte keeps the instant at which it came, so that only the cutting differs:
 * a portion that ends inside a chunk has that chunk's instant.
 */
const recut = (chunks: readonly Chunk[], cuts: readonly number[]): Chunk[] => {
  const pieces: Chunk[] = [];
  let next = 0;
  for (const chunk of chunks) {
    if (chunk.opened === true) {
      pieces.push(chunk);
      continue;
    }
    for (let from = 0; from < chunk.text.length;) {
      const size = cuts[next++ % cuts.length] ?? 1;
      pieces.push({ at: chunk.at, text: chunk.text.slice(from, from + size) });
      from += size;
    }
  }
  return pieces;
};

describe('[AMI] facts of recordings', () => {
  for (const name of recordings()) {
    test(`[AMI] ${name}: the facts are those that a person has read and agreed to`, () => {
      const found = shapes(replay(packetsOf(chunksOf(name))).facts);
      if (process.env['RECORD'] !== undefined) writeFileSync(factsFile(name), `${JSON.stringify(found, null, 2)}\n`);
      const agreed: unknown = JSON.parse(readFileSync(factsFile(name), 'utf8'));
      expect(JSON.parse(JSON.stringify(found))).toEqual(agreed);
    });
  }

  test('[AMI] nothing is left behind when all has ended', () => {
    for (const name of recordings()) {
      const { correlator } = replay(packetsOf(chunksOf(name)));
      expect([name, correlator.sizes, correlator.liveCalls]).toEqual([
        name,
        { channels: 0, calls: 0, bridges: 0, expected: 0, unsettled: 0 },
        [],
      ]);
    }
  });

  test('[AMI] facts do not depend on how TCP cut the recording', () => {
    const names = recordings();
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 20 }),
        (name, cuts) => {
          const chunks = chunksOf(name);
          expect(replay(packetsOf(recut(chunks, cuts))).facts).toEqual(replay(packetsOf(chunks)).facts);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('[AMI] instants of one call never step back', () => {
    for (const name of recordings()) {
      const last = new Map<string, number>();
      for (const fact of callFacts(replay(packetsOf(chunksOf(name))).facts)) {
        expect(fact.at).toBeGreaterThanOrEqual(last.get(fact.callId) ?? 0);
        last.set(fact.callId, fact.at);
      }
    }
  });

  test('[AMI] canary: a recording without its Hold has no hold in its facts', () => {
    const packets = packetsOf(chunksOf('queue-held-client-hangs-up'));
    const without = packets.filter(({ packet }) => packet['event'] !== 'Hold');
    const types = (some: typeof packets): string[] => replay(some).facts.map(({ type }) => type);
    expect(types(packets)).toContain('call.held');
    expect(types(without)).not.toContain('call.held');
  });
});
