import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOM = new URL('../../machines/script/', import.meta.url);

/** Every module that running `entry` loads, and the packages they name. Type imports load nothing. */
function loadedBy(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const queue = [new URL(entry, ROOM)];
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (files.has(file.href)) continue;
    files.add(file.href);
    const source = readFileSync(file, 'utf8');
    for (const [, clause = '', from = ''] of source.matchAll(/^(?:import|export)( type)?[^;'"]*?from '([^']+)'/gm)) {
      if (clause !== '') continue;
      if (from.startsWith('.')) queue.push(new URL(from, file));
      else packages.add(from);
    }
  }
  return { files, packages };
}

describe('what the browser loads', () => {
  it('[SCRIPT-33] running a script takes XState and nothing else: no schema library, no YAML, no word lists', () => {
    const { files, packages } = loadedBy('index.ts');
    expect([...packages]).toEqual(['xstate']);
    expect([...files].filter((file) => /checker|schema|format\.ts|parse\.ts/.test(file))).toEqual([]);
    expect(files.size).toBeGreaterThan(20);
    expect([...files].every((file) => existsSync(new URL(file)))).toBe(true);
  });

  it('[SCRIPT-34] the canary: the schema is found where it is used', () => {
    expect([...loadedBy('parse.ts').packages].sort()).toEqual(['yaml', 'zod']);
    expect([...loadedBy('checker/index.ts').packages]).toEqual(['snowball-stemmers']);
  });

  it('[SCRIPT-35] no clock, no chance, no code from text in the whole room', () => {
    const { files } = loadedBy('index.ts');
    const all = [...files, ...loadedBy('checker/index.ts').files, ...loadedBy('parse.ts').files];
    const forbidden = /Date\.now|Math\.random|new Function|\beval\(|setTimeout|setInterval|new Date\(\)/;
    expect(all.filter((file) => forbidden.test(readFileSync(new URL(file), 'utf8')))).toEqual([]);
  });
});
