import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/scripts/library.ts';
import { describeWalk, walkLibrary } from '../../server/scripts/walk/report.ts';

const LIBRARY = fileURLToPath(new URL('../../scripts-library/scripts', import.meta.url));

describe('paths of the library', () => {
  it('[3.5.5] [3.5.6] [PATH-01] every way out of every step of every script is walked; storing in the middle changes nothing', async () => {
    const { scripts } = await loadLibrary(LIBRARY);
    const library = walkLibrary(scripts);
    expect(library.choicesMissed).toEqual([]);
    expect(library.waysMissed).toEqual([]);
    expect(library.faults).toEqual([]);
    for (const {
      compiled,
      walk: { stepsReached },
    } of library.walks) {
      expect([...compiled.steps.keys()].filter((key) => !stepsReached.has(key))).toEqual([]);
    }
    expect(library.walks.length).toBeGreaterThan(1);
    expect(library.choices.length).toBeGreaterThan(40);
    expect(describeWalk(library, false)).toMatch(/Выборов пройдено: (\d+) из \1 \(100 %\)/);
  }, 180_000);
});
