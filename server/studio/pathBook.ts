import type { CompiledScript, Known } from '../../machines/script/index.ts';
import { textIn } from '../../machines/script/localText.ts';
import { HERE, type CompiledReactions, type CompiledStep, type Move } from '../../machines/script/model.ts';
import { RETURN, STAY } from '../../machines/script/moves.ts';
import type { ReactionFact } from '../../machines/script/types.ts';
import type { BookLeg, BookRoute, PathBook } from '../contract/index.ts';
import { FACT_WORDS } from '../scripts/factWords.ts';
import { bookSteps } from './bookSteps.ts';

/** One way out of a step: a button, a fact of the line, a passed limit. */
interface Way {
  /** The step's key, or ANYWHERE. */
  readonly from: string;
  /** The next step's key, or RETURN. */
  readonly to: string;
  readonly words: string;
  /** Key to come back to. */
  readonly push?: string;
  readonly clear?: true;
}
interface Leg {
  readonly way: Way;
  /** Where it led on this route. */
  readonly to: string;
}
/** So far, and the steps to come back to, innermost last. */
interface Walked {
  readonly legs: readonly Leg[];
  readonly stack: readonly string[];
}
/** Where the ways begin that every step has: special situations and what happens on the line. */
const ANYWHERE = '';
const BEGINNING: Walked = { legs: [], stack: [] };

/**
 * Every route of a script for print: each way out of each step, and of any step, is on at least one of them; each begins
 * at the first step and goes on to an end by the shortest way. By the graph alone, so that it costs a blink on the live
 * server; whether a condition lets a way be taken is shown by the walks of `npm run scripts:paths`.
 */
export function pathBookOf(compiled: CompiledScript, known: Known): Pick<PathBook, 'steps' | 'routes'> {
  const ways = waysOf(compiled);
  const from = grouped(ways, ({ from: key }) => key);
  const there = everywhere(compiled.start, from);
  const goOn = onwards(compiled, ways);
  const covered = new Set<Way>();
  const routes: (readonly (Leg & { readonly again: boolean })[])[] = [];
  for (const way of ways) {
    const before = there.get(way.from);
    if (covered.has(way) || !before) continue;
    const { legs } = goOn(follow(before, way));
    routes.push(legs.map((leg) => ({ ...leg, again: covered.has(leg.way) })));
    for (const leg of legs) covered.add(leg.way);
  }
  const met = new Set([compiled.start, ...routes.flatMap((legs) => legs.flatMap(({ way, to }) => [way.from, to]))]);
  const steps = bookSteps(compiled, known, met);
  const numbers = new Map(steps.map(({ key, step }) => [key, step.number]));
  return {
    steps: steps.map(({ step }) => step),
    routes: routes.map((legs, index): BookRoute => ({ number: index + 1, legs: toldLegs(legs, numbers) })),
  };
}

function toldLegs(
  legs: readonly (Leg & { readonly again: boolean })[],
  numbers: ReadonlyMap<string, number>,
): BookLeg[] {
  const stepOf = (key: string): Pick<BookLeg, 'step'> => {
    const step = numbers.get(key);
    return step === undefined ? {} : { step };
  };
  const told = legs.map(({ way, again }): BookLeg => ({
    ...stepOf(way.from),
    onward: way.words,
    ...(again ? { again } : {}),
  }));
  const last = legs.at(-1);
  return !last || last.to === last.way.from ? told : [...told, stepOf(last.to)];
}

function grouped(ways: readonly Way[], by: (way: Way) => string): ReadonlyMap<string, readonly Way[]> {
  const groups = new Map<string, Way[]>();
  for (const way of ways) groups.set(by(way), [...(groups.get(by(way)) ?? []), way]);
  return groups;
}

function waysOf(compiled: CompiledScript): Way[] {
  const { inherited, steps } = compiled;
  const known = ({ to }: Way): boolean => to === RETURN || steps.has(to);
  return [
    ...[...steps.values()].flatMap((step: CompiledStep) => [
      ...step.choices.map((choice) => wayOf(step.key, choice, `«${textIn(choice.choice.label, 'ru')}»`)),
      ...reactionWays(step.key, step.own),
    ]),
    ...inherited.side.map((choice) => wayOf(ANYWHERE, choice, `«${textIn(choice.choice.label, 'ru')}»`)),
    ...reactionWays(ANYWHERE, inherited.reactions),
  ].filter(known);
}
const reactionWays = (from: string, reactions: CompiledReactions): Way[] =>
  Object.entries(reactions).flatMap(([fact, moves]) =>
    moves.map((move) => wayOf(from, move, FACT_WORDS[fact as ReactionFact].ru)),
  );
const wayOf = (from: string, { target, push, clear }: Move, words: string): Way => ({
  from,
  to: target === STAY ? from : target,
  words,
  ...(push === undefined ? {} : { push: push === HERE ? from : push }),
  ...(clear ? { clear } : {}),
});

/** A return leads to the step that the route came from; with none, the route ends where it is. */
function follow({ legs, stack }: Walked, way: Way): Walked {
  const to = way.to === RETURN ? (stack.at(-1) ?? way.from) : way.to;
  const left = way.clear ? [] : way.to === RETURN ? stack.slice(0, -1) : stack;
  return { legs: [...legs, { way, to }], stack: way.push === undefined ? left : [...left, way.push] };
}
const endOf = ({ legs }: Walked): string => legs.at(-1)?.to ?? ANYWHERE;

/** The shortest walk from the beginning to each step; to what is not reached from there, from anywhere. */
function everywhere(start: string, from: ReadonlyMap<string, readonly Way[]>): ReadonlyMap<string, Walked> {
  const found = new Map<string, Walked>();
  for (const begin of [start, ANYWHERE]) {
    if (found.has(begin)) continue;
    found.set(begin, BEGINNING);
    const queue = [begin];
    for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
      for (const way of from.get(key) ?? []) {
        const next = follow(found.get(key) ?? BEGINNING, way);
        if (found.has(endOf(next))) continue;
        found.set(endOf(next), next);
        queue.push(endOf(next));
      }
    }
  }
  return found;
}

/** How a walk goes on to the nearest farewell, else to another end, else back to where it was called from, and on. */
function onwards(compiled: CompiledScript, ways: readonly Way[]): (walked: Walked) => Walked {
  const steps = [...compiled.steps.values()];
  const ends = (isFarewell: boolean): readonly string[] =>
    steps
      .filter(({ step }) => step.outcome !== undefined && (step.kind === 'farewell') === isFarewell)
      .map(({ key }) => key);
  const toEnd = nearest(ways, [ends(true), ends(false)]);
  const returns = new Map(ways.filter(({ to }) => to === RETURN).map((way) => [way.from, way]));
  // A call from here comes back here, not to where this was called from.
  const toReturn = nearest(
    ways.filter(({ push }) => push === undefined),
    [[...returns.keys()]],
  );
  const goOn = (walked: Walked): Walked => {
    const key = endOf(walked);
    const direct = toEnd.get(key);
    if (direct) return direct.reduce(follow, walked);
    const aside = toReturn.get(key)?.reduce(follow, walked);
    const back = aside && returns.get(endOf(aside));
    if (!aside || !back) return walked;
    const next = follow(aside, back);
    return aside.stack.length > 0 ? goOn(next) : next;
  };
  return goOn;
}
/** From each step the shortest list of ways to the nearest goal; goals of an earlier group are preferred. */
function nearest(ways: readonly Way[], goals: readonly (readonly string[])[]): ReadonlyMap<string, readonly Way[]> {
  const into = grouped(ways, ({ to }) => to);
  const found = new Map<string, readonly Way[]>();
  for (const group of goals) {
    const queue = group.filter((key) => !found.has(key));
    for (const key of queue) found.set(key, []);
    for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
      for (const way of into.get(key) ?? []) {
        if (found.has(way.from)) continue;
        found.set(way.from, [way, ...(found.get(key) ?? [])]);
        queue.push(way.from);
      }
    }
  }
  return found;
}
