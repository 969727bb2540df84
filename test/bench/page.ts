import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './kit.ts';

const CLIENT = 'build/client';

/** Bytes of the operator's first load, compressed: the page, what it names, and what the operator's page names. */
export const page: Bench = {
  name: 'page',
  async run() {
    if (!existsSync(join(CLIENT, 'index.html')))
      return { title: '7. Page', figures: [], notes: ['not run: build the client first'] };
    const html = readFileSync(join(CLIENT, 'index.html'), 'utf8');
    const assets = readdirSync(join(CLIENT, 'assets'));
    const named = [...html.matchAll(/assets\/([\w.-]+)/g)].map((match) => match[1] ?? '');
    const operator = assets.filter((name) => /^(OperatorPage|operator)-/.test(name) && !name.endsWith('.map'));
    const files = [...new Set([...named, ...operator, ...imported([...named, ...operator], assets)])];
    const size = (name: string): number => {
      const bytes = readFileSync(join(CLIENT, 'assets', name));
      return name.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    };
    const total = files.reduce((sum, name) => sum + size(name), gzipSync(html).length);
    return {
      title: '7. Page',
      figures: [
        {
          what: 'first load of the operator’s page, compressed',
          value: Math.round(total / 1000),
          unit: 'kB',
          beside: 'goal: under 200 kB',
        },
      ],
      notes: [`${files.length} files.`],
    };
  },
};

/** Files that these import statically. */
function imported(from: readonly string[], assets: readonly string[]): string[] {
  const found = new Set<string>();
  const queue = from.filter((name) => name.endsWith('.js'));
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const text = readFileSync(join(CLIENT, 'assets', name), 'utf8');
    for (const [, file = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      if (found.has(file) || !assets.includes(file)) continue;
      found.add(file);
      queue.push(file);
    }
  }
  return [...found];
}
