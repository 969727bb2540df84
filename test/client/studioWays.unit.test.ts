import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { laidOut } from '../../client/src/studio/map/layout.ts';
import { drawnLeads, NODE, type Place, type Places } from '../../client/src/studio/map/places.ts';
import { columnsOf, wayBetween } from '../../client/src/studio/map/ways.ts';
import { scriptData, splitSource } from '../../server/studio/source/segments.ts';

const placeOf = (places: Places, id: string): Place => places.get(id) ?? { x: 0, y: 0 };
const out = ({ x, y }: Place): Place => ({ x: x + NODE.width, y: y + NODE.height / 2 });
const into = ({ x, y }: Place): Place => ({ x, y: y + NODE.height / 2 });

/** Points along an SVG path of lines and cubic curves. */
function pointsOf(path: string): Place[] {
  const points: Place[] = [];
  for (const [, kind, text = ''] of path.matchAll(/([MLC])([^MLC]+)/g)) {
    const numbers = text.trim().split(/\s+/).map(Number);
    const [a = 0, b = 0, c = 0, d = 0, e = a, f = b] = numbers;
    const { x, y } = points.at(-1) ?? { x: a, y: b };
    const [p, q, r, s] = kind === 'C' ? [a, b, c, d] : [x, y, a, b];
    for (let t = 0; t <= 1; t += 0.05) {
      const u = 1 - t;
      const along = (k: number, l: number, m: number, n: number): number =>
        u ** 3 * k + 3 * u * u * t * l + 3 * u * t * t * m + t ** 3 * n;
      points.push({ x: along(x, p, r, e), y: along(y, q, s, f) });
    }
    points.push({ x: e, y: f });
  }
  return points;
}
const boxesCrossed = (places: Places, points: readonly Place[]): string[] =>
  [...places]
    .filter(([, box]) =>
      points.some(({ x, y }) => x > box.x + 1 && x < box.x + NODE.width - 1 && y > box.y && y < box.y + NODE.height),
    )
    .map(([id]) => id);

describe('[STUDIO-18] ways on the map are followed with the eye', () => {
  it.each(['inbound', 'outbound', 'complaint', 'outside-hours'])(
    '[STUDIO-18] no way of %s runs behind a step',
    (name) => {
      const split = splitSource(readFileSync(`scripts-library/scripts/${name}.yaml`, 'utf8'));
      if (!split.ok) throw new Error(`${name} does not read`);
      const { steps } = scriptData(split.segments);
      const leads = drawnLeads(steps, true);
      const places = laidOut({ ids: steps.map(({ id }) => id), ways: leads.map(({ from, to }) => [from, to]) });
      const columns = columnsOf(places);
      for (const { from, to } of leads) {
        const { path } = wayBetween(out(placeOf(places, from)), into(placeOf(places, to)), columns);
        expect([from, to, boxesCrossed(places, pointsOf(path))]).toEqual([from, to, []]);
      }
    },
  );
  it('[STUDIO-18] a way goes straight where nothing stands, and between boxes through the nearest gap', () => {
    const places = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 360, y: -10 }],
      ['c', { x: 720, y: 0 }],
    ]);
    const from = out(placeOf(places, 'a'));
    const to = into(placeOf(places, 'c'));
    const straight = wayBetween(from, to, []).path;
    expect(straight).toBe('M240 42C480 42 480 42 720 42');
    expect(boxesCrossed(places, pointsOf(straight))).toEqual(['b']);
    const { path } = wayBetween(from, to, columnsOf(places));
    expect(boxesCrossed(places, pointsOf(path))).toEqual([]);
    expect(path).toContain('L600 85');
  });
});
