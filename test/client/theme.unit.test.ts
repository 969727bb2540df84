import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const sheet = readFileSync('client/src/shared/ui/tokens.css', 'utf8');

function tokens(scheme: 'light' | 'dark'): Record<string, string> {
  const block = new RegExp(`data-mantine-color-scheme='${scheme}'\\] \\{([^}]*)\\}`).exec(sheet)?.[1] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((found) => [found[1], found[2]]));
}
const channel = (value: number): number => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const light = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [light(a), light(b)].toSorted((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
};

/** Text and what it lies on, wherever that happens. */
const PAIRS = [
  ...['text', 'text-2', 'text-3', 'accent-text', 'amber', 'red'].flatMap((text) =>
    ['bg', 'surface', 'surface-2'].map((ground) => [text, ground] as const),
  ),
  ['text', 'surface-3'],
  ['text-2', 'surface-3'],
  ['text', 'accent-soft'],
  ['accent-text', 'accent-soft'],
  ['text-2', 'accent-soft'],
  ['amber', 'amber-soft'],
  ['text', 'amber-soft'],
  ['red', 'red-soft'],
  ['text', 'red-soft'],
  ['on-accent', 'accent'],
  ['on-amber', 'amber-solid'],
  ['on-red', 'red-solid'],
] as const;

describe('[PANEL-21] everything can be read', () => {
  describe.each(['light', 'dark'] as const)('[PANEL-21] %s', (scheme) => {
    const theme = tokens(scheme);
    it.each(PAIRS)('[PANEL-21] %s on %s has a contrast of 4.5', (text, ground) => {
      expect(contrast(theme[text]!, theme[ground]!)).toBeGreaterThanOrEqual(4.5);
    });
  });
  it('[PANEL-21] the measure sees grey on grey', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 0);
    expect(contrast('#9a9a9a', '#ffffff')).toBeLessThan(4.5);
  });
});

describe('[PANEL-22] styles name tokens, never colours of their own', () => {
  const sheets = ['client/src/operator', 'client/src/app', 'client/src/shared/ui'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.module.css'))
      .map((file) => join(folder, file)),
  );
  const ownColours = (text: string): string[] =>
    text.match(/#[0-9a-f]{3,8}\b|\brgba?\((?!0 0 0|255 255 255)[^)]*\)|hsl\(/gi) ?? [];
  it('[PANEL-22] there are style sheets, and the search sees a colour', () => {
    expect(sheets.length).toBeGreaterThan(15);
    expect(ownColours('a { color: #fff; } b { color: rgb(1 2 3); }')).toHaveLength(2);
  });
  it.each(sheets)('[PANEL-22] %s', (file) => {
    expect(ownColours(readFileSync(file, 'utf8'))).toEqual([]);
  });
  it('[PANEL-22] sizes of text come from the scale', () => {
    const odd = sheets.flatMap((file) =>
      (readFileSync(file, 'utf8').match(/font-size: \d+px/g) ?? []).map((found) => `${file}: ${found}`),
    );
    // The line on return and the figures of a countdown are drawn larger than any text.
    expect(odd.filter((one) => !/(Hold|SayLine)\.module\.css: font-size: (28|104)px/.test(one))).toEqual([]);
  });
});
