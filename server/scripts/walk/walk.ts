import { getShortestPaths } from 'xstate/graph';
import { exampleAnswer, exampleKnown } from '../../../machines/script/example.ts';
import type { Known } from '../../../machines/script/known.ts';
import type { MachineContext } from '../../../machines/script/machine/context.ts';
import type { CompiledScript, CompiledStep, Move } from '../../../machines/script/model.ts';
import type { Condition, Fills, Script } from '../../../machines/script/types.ts';
import type { FieldValue } from '../../../machines/script/view.ts';
import { deedsAt, readyAnswers, walkEvent, waysOut } from './events.ts';
import type { Deed, Explorer, Focus, WalkEvent } from './events.ts';

/** One way from the first step to the end of one transition. */
export interface WalkPath {
  readonly deeds: readonly Deed[];
  /** The way out that this path was made for. */
  readonly way: string;
}
export interface Walk {
  readonly scriptId: string;
  readonly paths: readonly WalkPath[];
  /** Ways out of steps that the walk reached, and those that it has taken. */
  readonly ways: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
  readonly stepsReached: ReadonlySet<string>;
}

/** Traversals of one search: far above what the library needs, a bound against a script made to be endless. */
const LIMIT = 400_000;
const DEEPEST = 2;

/**
 * Walks one compiled script until every way out of every reached step was taken. A search distinguishes states by step,
 * depth of the stack and the answers in focus; it is repeated with the answers on which ways still untaken depend.
 */
export function walk(compiled: CompiledScript, base: Known = knownFor(compiled)): Walk {
  const taken = new Map<string, WalkPath>();
  const reached = new Set<string>();
  for (const focus of [new Map() as Focus, ...focusesOf(compiled)]) {
    if (focus.size > 0 && [...reached].every((key) => waysOf(compiled, key).every((way) => taken.has(way)))) break;
    search({ compiled, base, focus }, taken, reached);
  }
  const ways = new Set([...reached].flatMap((key) => waysOf(compiled, key)));
  return {
    scriptId: compiled.id,
    paths: [...taken.values()],
    ways,
    taken: new Set(taken.keys()),
    stepsReached: reached,
  };
}

const waysOf = (compiled: CompiledScript, key: string): string[] => {
  const step = compiled.steps.get(key);
  return step ? waysOut(step) : [];
};

function search(explorer: Explorer, taken: Map<string, WalkPath>, reached: Set<string>): void {
  const { compiled, base, focus } = explorer;
  const fields = [...focus.keys()];
  const paths = getShortestPaths(compiled.machine, {
    input: { at: base.now, known: base, language: compiled.languages[0] ?? 'ru', fields: readyAnswers(compiled) },
    events: (snapshot) => eventsAt(explorer, snapshot.context),
    serializeState: ({ value, context }) =>
      JSON.stringify([value, Math.min(context.stack.length, DEEPEST), fields.map((field) => context.fields[field])]),
    serializeEvent: (event) => {
      const { deed } = event as WalkEvent;
      return deed.way ?? deed.words;
    },
    limit: LIMIT,
  });
  for (const path of paths) {
    const context = path.state.context;
    const key = context.path.at(-1)?.step ?? '';
    reached.add(key);
    const before = path.steps.flatMap(({ event }) => ('deed' in event ? [(event as WalkEvent).deed] : []));
    for (const deed of deedsAt(explorer, context)) {
      if (deed.way !== undefined && !taken.has(deed.way))
        taken.set(deed.way, { deeds: [...before, deed], way: deed.way });
    }
  }
}

/** Beyond the depth nothing new is met: what calls further is taken as a way, and not gone on from. */
function eventsAt(explorer: Explorer, context: MachineContext): WalkEvent[] {
  const isDeep = context.stack.length >= DEEPEST;
  return deedsAt(explorer, context)
    .filter(({ way }) => !isDeep || way === undefined || !isCall(explorer.compiled, way))
    .map(walkEvent);
}

function isCall(compiled: CompiledScript, way: string): boolean {
  const [key = '', kind, id = ''] = way.split(' ');
  const step = compiled.steps.get(key);
  if (!step || kind === 'limit') return false;
  const moves: readonly Move[] =
    kind === 'choice'
      ? [...step.choices, ...step.side].filter(({ choice }) => choice.id === id)
      : (step.reactions[id as never] ?? []);
  return moves.some((move) => move.push !== undefined);
}

/** Sets of fields to try in full: one for each group of fields that some condition needs together. */
function focusesOf(compiled: CompiledScript): Focus[] {
  const groups = new Map<string, Focus>();
  for (const step of compiled.steps.values()) {
    for (const conditions of conditionGroups(step)) {
      const tests = conditions.flatMap(testsOf).filter((test) => fieldOf(compiled, test) !== undefined);
      const names = [...new Set(tests.map((test) => fieldOf(compiled, test) ?? ''))].sort();
      const key = names.join(' ');
      if (key !== '')
        groups.set(
          key,
          new Map(names.map((name) => [name, valuesOf(compiled, name, groups.get(key)?.get(name), tests)])),
        );
    }
  }
  return [...groups.values()].sort((a, b) => a.size - b.size);
}

function conditionGroups(step: CompiledStep): Condition[][] {
  const choices = [...step.choices, ...step.side].map(({ choice }) => [choice.when, choice.shown]);
  const reactions = Object.values(step.reactions).map((moves) => moves.map((move) => move.when));
  return [...choices, ...reactions].map((list) => list.filter((one) => one !== undefined));
}

type Test = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;

function testsOf(condition: Condition): Test[] {
  if ('all' in condition) return condition.all.flatMap(testsOf);
  if ('any' in condition) return condition.any.flatMap(testsOf);
  return 'not' in condition ? testsOf(condition.not) : [condition];
}

/** The field that a test reads, also through what its answer fills. */
function fieldOf(compiled: CompiledScript, test: Test): string | undefined {
  const name = 'field' in test ? test.field : compiled.fills.get(test.known as Fills)?.[0];
  return name !== undefined && compiled.questions.has(name) ? name : undefined;
}

/** Every option, or what the tests compare with and its neighbours; and no answer, where none is needed. */
function valuesOf(
  compiled: CompiledScript,
  name: string,
  before: readonly (FieldValue | null)[] = [],
  tests: readonly Test[],
): readonly (FieldValue | null)[] {
  const question = compiled.questions.get(name);
  if (!question) return [];
  const none = question.required ? [] : [null];
  if (question.type === 'choice') return [...question.options.map(({ value }) => value), ...none];
  if (question.type === 'checklist') return [...question.options.map(({ value }) => [value]), ...none];
  const operands: FieldValue[] = [];
  for (const test of tests.filter((one) => fieldOf(compiled, one) === name)) {
    const { is, isNot, in: among, notIn, gt, gte, lt, lte, includes } = test;
    for (const operand of [is, isNot, among, notIn, gt, gte, lt, lte, includes].flat()) {
      if (typeof operand === 'number') operands.push(operand - 1, operand, operand + 1);
      else if (typeof operand === 'string' && operand !== 'today') operands.push(operand);
    }
  }
  return [...new Set([...before, exampleAnswer(question), ...operands, ...none])];
}

/** A call for which this script would be chosen. */
export function knownFor(compiled: CompiledScript): Known {
  const known = exampleKnown();
  const script: Script | undefined = compiled.steps.get(compiled.start)?.script;
  const { directions, clientKinds, queues, workingHours } = script?.appliesTo ?? {};
  return {
    ...known,
    workingHours: workingHours ?? known.workingHours,
    client: { ...known.client, kind: clientKinds?.[0] ?? known.client.kind },
    call: {
      ...known.call,
      direction: directions?.[0] ?? known.call.direction,
      ...(queues?.[0] === undefined ? {} : { queue: queues[0] }),
    },
  };
}
