import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { check, type Finding } from '../../machines/script/checker/index.ts';
import { compile, restore, start, step, view } from '../../machines/script/index.ts';
import type { Script, ScriptEvent } from '../../machines/script/index.ts';
import { parseData, parseScript } from '../../machines/script/parse.ts';
import { exampleScript, plainKnown } from './support.ts';

/** One change to a script somewhere in its depth: the place is chosen by numbers, so that it shrinks. */
interface Mutation {
  readonly walk: readonly number[];
  readonly act: 'remove' | 'replace' | 'rename' | 'copy' | 'wrap' | 'swap' | 'alike';
  readonly value: unknown;
  readonly other: readonly number[];
}

const walks = fc.array(fc.nat(30), { minLength: 1, maxLength: 7 });
/** Values that a careless hand or a broken editor leaves behind. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    ' ',
    'greeting',
    'stay',
    'return',
    'here',
    'no such step',
    '{client.name}',
    '{',
    '[[[[',
    ']',
    '{a|b|c}',
    '__proto__',
    'constructor',
    'toString',
    'has-own',
    'a.b/c',
    null,
    true,
    false,
    0,
    -1,
    1e21,
    '2мин',
    '0с',
    'today',
    '\u0000\u202e',
    [],
    {},
    ['a', 'a'],
    { ru: 'да' },
    { en: 'yes' },
    { to: 'answer' },
    { call: { step: 'waiting' } },
    { call: { script: 'example' } },
    { field: 'topic', is: 'queue' },
    { not: { not: { known: 'workingHours', is: true } } },
    { all: [] },
    { known: 'transfers.left', gt: 'two' },
    { id: 'x', kind: 'note', title: 'x' },
    'farewell',
    'hold',
    'callback',
    'transfer',
    'satisfied',
    'none',
  ),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
);
const mutations: fc.Arbitrary<Mutation> = fc.record({
  walk: walks,
  act: fc.constantFrom(
    'remove',
    'replace',
    'rename',
    'copy',
    'wrap',
    'swap',
    'alike',
    'alike',
    'alike',
    'alike',
    'alike',
    'alike',
  ),
  value: values,
  other: walks,
});

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The container and key that a row of numbers leads to. */
function placeOf(root: Tree, walk: readonly number[]): { parent: Tree; key: string } | undefined {
  let parent = root;
  let key: string | undefined;
  for (const number of walk) {
    const inner = key === undefined ? parent : parent[key];
    const keys = isTree(inner) ? Object.keys(inner) : [];
    if (!isTree(inner) || keys.length === 0) break;
    parent = inner;
    key = keys[number % keys.length];
  }
  return key === undefined ? undefined : { parent, key };
}

function mutate(root: Tree, { walk, act, value, other }: Mutation): void {
  const place = placeOf(root, walk);
  const from = placeOf(root, other);
  if (!place) return;
  const { parent, key } = place;
  if (act === 'remove') {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  } else if (act === 'replace') parent[key] = value;
  else if (act === 'alike') exchange(root, key, other);
  else if (act === 'wrap') parent[key] = [parent[key]];
  else if (act === 'rename' && !Array.isArray(parent)) {
    parent[typeof value === 'string' && value !== '__proto__' ? value : 'renamed'] = parent[key];
    delete parent[key];
  } else if (from) {
    const copy: unknown = structuredClone(from.parent[from.key]);
    if (act === 'swap') from.parent[from.key] = structuredClone(parent[key]);
    parent[key] = copy;
  }
}

/** Two values of one name change places: the schema is content, and the sense is lost. */
function exchange(root: Tree, key: string, [first = 0, second = 0]: readonly number[]): void {
  const places: Tree[] = [];
  const look = (value: unknown): void => {
    if (!isTree(value)) return;
    if (!Array.isArray(value) && Object.hasOwn(value, key)) places.push(value);
    Object.values(value).forEach(look);
  };
  look(root);
  const one = places[first % places.length];
  const two = places[second % places.length];
  if (one && two) [one[key], two[key]] = [structuredClone(two[key]), structuredClone(one[key])];
}

/** Uses a script that passed its schema in every way the product does. */
function use(script: Script, seed: readonly number[]): void {
  const compiled = compile(script, { scripts: { [script.id]: script } });
  let known = plainKnown();
  let { state } = start(compiled, known, known.now);
  for (const [turn, number] of seed.entries()) {
    const shown = view(compiled, state, known);
    expect(shown.lines.every((line) => typeof line === 'string')).toBe(true);
    const at = known.now + turn * 60_000;
    known = { ...known, hold: { state: 'named', promisedMs: 60_000 } };
    const buttons = [...shown.choices, ...(shown.side ?? [])].map((choice): ScriptEvent => ({
      type: 'choose',
      choiceId: choice.id,
      at,
    }));
    const answers = shown.fields.map((field): ScriptEvent => ({
      type: 'answer',
      fieldId: field.id,
      value: field.options?.[0]?.value ?? '+79065550101',
      at,
    }));
    const others: ScriptEvent[] = [
      { type: 'back', at },
      { type: 'restart', at },
      { type: 'timeUp', at },
      { type: 'language', language: 'en', at },
      { type: 'fact', name: 'held', at },
      { type: 'fact', name: 'resumed', at },
      { type: 'fact', name: 'clientHungUp', at },
      { type: 'fact', name: 'limitReached', at },
    ];
    const events = [...buttons, ...answers, ...buttons, ...others];
    const event = events[number % events.length];
    if (event) state = step(compiled, state, event, known).state;
    expect(restore(compiled, JSON.parse(JSON.stringify(state)))).toEqual(state);
  }
}

/** A finding that a person can act on. */
const isClear = ({ code, message, suggestion }: Finding): boolean =>
  /^[a-zA-Z]+\.[\w-]+$/.test(code) &&
  [message, suggestion].every(({ ru, en }) => /[а-яё]/i.test(ru) && /[a-z]/i.test(en));

describe('10,000 mutated scripts', () => {
  const outcome = { refused: 0, accepted: 0, withErrors: 0 };

  it('[FUZZ-01] each gives a clear finding or a machine that works, and never a throw', () => {
    const example = JSON.stringify(exampleScript());
    fc.assert(
      fc.property(
        fc.array(mutations, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(100), { maxLength: 12 }),
        (list, seed) => {
          const data = JSON.parse(example) as Tree;
          for (const mutation of list) mutate(data, mutation);
          const parsed = parseData(data);
          if (!parsed.ok) {
            outcome.refused += 1;
            expect(parsed.findings.length).toBeGreaterThan(0);
            expect(parsed.findings.filter((finding) => !isClear(finding))).toEqual([]);
            return;
          }
          const findings = check([parsed.script]);
          expect(findings.filter((finding) => !isClear(finding))).toEqual([]);
          if (findings.some(({ severity }) => severity === 'error')) outcome.withErrors += 1;
          else outcome.accepted += 1;
          use(parsed.script, seed);
        },
      ),
      { numRuns: 10_000 },
    );
    // The canary: mutations that all fail the schema, or all pass everything, would show nothing.
    expect(Math.min(outcome.refused, outcome.accepted, outcome.withErrors)).toBeGreaterThan(300);
  }, 300_000);

  it('[FUZZ-02] text that is cut, doubled or littered is told as a broken file or read', () => {
    const source = stringify(exampleScript());
    fc.assert(
      fc.property(
        fc.nat(source.length),
        fc.nat(source.length),
        fc.string({ unit: 'binary', maxLength: 5 }),
        (a, b, litter) => {
          const text = source.slice(0, a) + litter + source.slice(Math.min(a, b));
          const parsed = parseScript(text);
          if (parsed.ok) check([parsed.script]);
          else expect(parsed.findings.filter((finding) => !isClear(finding))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  }, 120_000);
});
