import { NODE, type Place, type Places } from './places.ts';

/** Boxes that stand over or under each other; between two columns there is nothing. */
export interface Column {
  readonly left: number;
  readonly right: number;
  /** Upper edges, from top to bottom. */
  readonly tops: readonly number[];
}
/** A stretch that is gone straight through a column. */
interface Track {
  readonly from: Place;
  readonly to: Place;
}
export interface Way {
  /** Of an SVG path. */
  readonly path: string;
  /** Where its words stand. */
  readonly label: Place;
}

/** A way keeps so far from the boxes that it passes. */
const ASIDE = 11;
/** So far a way back swings out of its step. */
const SWING = 48;

export function columnsOf(places: Places): readonly Column[] {
  const columns: { left: number; right: number; tops: number[] }[] = [];
  for (const { x, y } of [...places.values()].sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last && x < last.right) {
      last.right = Math.max(last.right, x + NODE.width);
      last.tops.push(y);
    } else columns.push({ left: x, right: x + NODE.width, tops: [y] });
  }
  for (const { tops } of columns) tops.sort((a, b) => a - b);
  return columns;
}

/** From the right side of a step to the left side of another, past the boxes between them; a way back goes around both. */
export function wayBetween(from: Place, to: Place, columns: readonly Column[]): Way {
  const isBack = to.x < from.x;
  const passed = columns.filter(({ left, right }) =>
    isBack ? left < from.x && right > to.x : left >= from.x && right <= to.x,
  );
  const tracks = tracksThrough(isBack ? passed.toReversed() : passed, from, to, isBack);
  const middle = tracks[Math.floor(tracks.length / 2)];
  return {
    path: [`M${at(from)}`, ...bends(from, to, tracks, isBack)].join(''),
    label: between(middle?.from ?? from, middle?.to ?? to),
  };
}

function tracksThrough(passed: readonly Column[], from: Place, to: Place, isBack: boolean): readonly Track[] {
  let here = from;
  return passed.map(({ left, right, tops }) => {
    const [near, far] = isBack ? [right, left] : [left, right];
    const ahead = (near + far) / 2 - here.x;
    const whole = to.x - here.x;
    const share = whole === 0 ? 1 : Math.min(1, Math.max(0, ahead / whole));
    const y = freeAt(here.y + (to.y - here.y) * share, tops);
    here = { x: far, y };
    return { from: { x: near, y }, to: here };
  });
}

/** The height nearest to the one wanted at which no box of the column stands. */
function freeAt(wanted: number, tops: readonly number[]): number {
  const up = tops.reduceRight((y, top) => (isTaken(y, top) ? top - ASIDE : y), wanted);
  const down = tops.reduce((y, top) => (isTaken(y, top) ? top + NODE.height + ASIDE : y), wanted);
  return wanted - up <= down - wanted ? up : down;
}
const isTaken = (y: number, top: number): boolean => y > top - ASIDE && y < top + NODE.height + ASIDE;

function bends(from: Place, to: Place, tracks: readonly Track[], isBack: boolean): readonly string[] {
  const first = tracks[0];
  const last = tracks.at(-1);
  if (!first || !last) return [curve(from, to, Math.max(Math.abs(to.x - from.x) / 2, isBack ? SWING : 0))];
  const through = tracks.flatMap((track, index) => {
    const before = tracks[index - 1];
    const half = before ? (track.from.x - before.to.x) / 2 : 0;
    return [...(before ? [curve(before.to, track.from, half)] : []), `L${at(track.to)}`];
  });
  if (!isBack)
    return [
      curve(from, first.from, (first.from.x - from.x) / 2),
      ...through,
      curve(last.to, to, (to.x - last.to.x) / 2),
    ];
  return [turn(from, first.from, SWING), ...through, turn(last.to, to, -SWING)];
}

const curve = (a: Place, b: Place, reach: number): string =>
  `C${at({ x: a.x + reach, y: a.y })} ${at({ x: b.x - reach, y: b.y })} ${at(b)}`;
/** Out to one side and back the other way. */
function turn(a: Place, b: Place, by: number): string {
  const x = by > 0 ? Math.max(a.x, b.x) + by : Math.min(a.x, b.x) + by;
  return `C${at({ x, y: a.y })} ${at({ x, y: b.y })} ${at(b)}`;
}
const at = ({ x, y }: Place): string => `${String(Math.round(x))} ${String(Math.round(y))}`;
const between = (a: Place, b: Place): Place => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
