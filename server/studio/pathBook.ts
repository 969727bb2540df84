import { exampleAnswer } from '../../machines/script/example.ts';
import { start, type CompiledScript, type Known, type ScriptState } from '../../machines/script/index.ts';
import { textIn } from '../../machines/script/localText.ts';
import type { CompiledStep, Move, Wording } from '../../machines/script/model.ts';
import { readingAt } from '../../machines/script/run.ts';
import { speak, speakLabel } from '../../machines/script/speak.ts';
import type { BookRoute } from '../contract/index.ts';

/** One way from a step to a step: a button, a fact of the line, a passed limit. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly words: string;
}
type BookStep = BookRoute['steps'][number];

const FACTS: Readonly<Record<string, string>> = {
  answered: 'разговор начался',
  held: 'клиент на удержании',
  resumed: 'оператор вернулся на линию',
  consultStarted: 'оператор советуется с коллегой',
  consultReturned: 'оператор вернулся от коллеги',
  transferred: 'звонок переведён',
  transferRefused: 'перевод не состоялся',
  limitReached: 'переводов больше нет',
  clientHungUp: 'клиент положил трубку',
  operatorChanged: 'звонок принял другой оператор',
  holdNamed: 'срок удержания назван',
  holdOverdue: 'срок удержания вышел',
  callbackPromised: 'обратный звонок обещан',
  timeUp: 'время шага вышло',
};

/**
 * Every route of a script for print: each way out of each step is on at least one of them, each begins at the first step
 * and goes on to an end by the shortest way. By the graph alone, so that it costs a blink on the live server; whether a
 * condition lets a way be taken is shown by the walks of `npm run scripts:paths`.
 */
export function routesOf(compiled: CompiledScript, known: Known): BookRoute[] {
  const ways = waysOf(compiled);
  const from = grouped(ways, 'from');
  const there = shortest(compiled.start, (key) => from.get(key) ?? [], 'to');
  const into = grouped(ways, 'to');
  const onward = shortestToEnds(compiled, into);
  const covered = new Set<Way>();
  const teller = tellerOf(compiled, known);
  const routes: BookRoute[] = [];
  for (const way of ways) {
    const before = there.get(way.from);
    if (covered.has(way) || (before === undefined && way.from !== compiled.start)) continue;
    const route = [...(before ?? []), way, ...(onward.get(way.to) ?? [])];
    for (const each of route) covered.add(each);
    routes.push(told(route, routes.length + 1, teller));
  }
  if (routes.length === 0) routes.push(told([], 1, teller, compiled.start));
  return routes;
}

function grouped(ways: readonly Way[], side: 'from' | 'to'): Map<string, Way[]> {
  const groups = new Map<string, Way[]>();
  for (const way of ways) groups.set(way[side], [...(groups.get(way[side]) ?? []), way]);
  return groups;
}
function waysOf(compiled: CompiledScript): Way[] {
  return [...compiled.steps.values()]
    .flatMap((step) => [
      ...step.choices.map((choice) => ({
        from: step.key,
        to: targetOf(choice, step),
        words: `«${textIn(choice.choice.label, 'ru')}»`,
      })),
      ...Object.entries(step.own).flatMap(([fact, moves]) =>
        moves.map((move) => ({ from: step.key, to: targetOf(move, step), words: FACTS[fact] ?? fact })),
      ),
    ])
    .filter(({ to }) => compiled.steps.has(to));
}
/** A return is told as staying on the page: where to is known in the conversation only. */
const targetOf = (move: Move, step: CompiledStep): string =>
  move.target === 'stay' || move.target === 'return' ? step.key : move.target;

/** The shortest list of ways from the beginning to each step. */
function shortest(begin: string, next: (key: string) => readonly Way[], side: 'to' | 'from'): Map<string, Way[]> {
  const found = new Map<string, Way[]>([[begin, []]]);
  const queue = [begin];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    for (const way of next(key)) {
      if (found.has(way[side])) continue;
      found.set(way[side], [...(found.get(key) ?? []), way]);
      queue.push(way[side]);
    }
  }
  return found;
}
/** From each step the shortest way to the nearest farewell, else to any other end. */
function shortestToEnds(compiled: CompiledScript, into: ReadonlyMap<string, Way[]>): Map<string, Way[]> {
  const found = new Map<string, Way[]>();
  const isEnd = (step: CompiledStep, farewell: boolean): boolean =>
    step.step.outcome !== undefined && (step.step.kind === 'farewell') === farewell;
  for (const farewell of [true, false]) {
    const queue = [...compiled.steps.values()].filter((step) => isEnd(step, farewell)).map(({ key }) => key);
    for (const key of queue) if (!found.has(key)) found.set(key, []);
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

interface Teller {
  step(key: string): BookStep;
  ending(key: string): string | undefined;
}
function told(route: readonly Way[], number: number, teller: Teller, only = ''): BookRoute {
  const steps = route.map((way) => ({ ...teller.step(way.from), onward: way.words }));
  const end = route.at(-1)?.to ?? only;
  const last = teller.step(end);
  const ending = teller.ending(end);
  const all = route.length > 0 && end === route.at(-1)?.from ? steps : [...steps, last];
  return {
    number,
    title: `${all[0]?.title ?? ''} → ${all.at(-1)?.title ?? ''}`,
    steps: all,
    ...(ending === undefined ? {} : { ending }),
  };
}

/** Lines as they sound with the example, each step worked out once. Wordings of all conditions are printed. */
function tellerOf(compiled: CompiledScript, known: Known): Teller {
  const { state } = start(compiled, known, known.now);
  const fields = Object.fromEntries(
    [...compiled.questions].map(([field, question]) => [field, exampleAnswer(question)]),
  );
  const reading = (key: string) =>
    readingAt(compiled, { ...state, step: key, fields: { ...fields, ...state.fields } } satisfies ScriptState, known);
  const steps = new Map<string, BookStep>();
  return {
    step(key) {
      const ready = steps.get(key);
      if (ready) return ready;
      const compiledStep = compiled.steps.get(key);
      const read = reading(key);
      const spoken = (wordings: readonly Wording[] = []): string[] => [
        ...new Set(wordings.map(({ text }) => speak(read, text)).filter((line) => line !== '')),
      ];
      const title = compiledStep ? speakLabel(read, compiledStep.step.title) : key;
      const trial = spoken(compiledStep?.trial?.wordings);
      const lines = spoken(compiledStep?.wordings);
      const made = { stepId: key, title, lines, ...(trial.length > 0 ? { trial } : {}) };
      steps.set(key, made);
      return made;
    },
    ending(key) {
      const next = compiled.steps.get(key)?.step.next;
      const because = compiled.steps.get(key)?.step.because;
      const read = reading(key);
      if (!next) return because === undefined ? undefined : speak(read, because);
      return [next.what, next.by, next.who]
        .flatMap((text) => (text === undefined ? [] : [speak(read, text)]))
        .join('; ');
    },
  };
}
