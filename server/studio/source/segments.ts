import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, YAMLMap, YAMLSeq } from 'yaml';
import type { LooseScript, LooseStep } from '../../contract/index.ts';
import { hasAnchors, isBlockSeq, writeData } from './style.ts';

/**
 * The YAML of one script, cut so that each step has its own piece of text: joined in order, the pieces are the whole file
 * to the letter. An edit of one step writes one piece, so the rest keeps its comments, quotes and line breaks, and a
 * script of 500 steps costs no more to edit than one of five.
 */
export interface Segments {
  /** Everything down to and with the line `steps:`. */
  readonly head: string;
  /** Each with the comments above it and the blank lines below. */
  readonly steps: readonly StepSegment[];
  /** What follows the steps. */
  readonly tail: string;
}
export interface StepSegment {
  readonly id: string;
  readonly text: string;
}

export type SplitResult =
  | { readonly ok: true; readonly segments: Segments }
  | { readonly ok: false; readonly reason: 'syntax' | 'shape' };

export const joinSegments = ({ head, steps, tail }: Segments): string =>
  head + steps.map(({ text }) => text).join('') + tail;

/** Cuts a text. `syntax`: not YAML; `shape`: no list of steps with ids of their own, so it cannot be edited by steps. */
export function splitSource(source: string): SplitResult {
  const text = source.replaceAll('\r\n', '\n');
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) return { ok: false, reason: 'syntax' };
  const steps = stepsOf(document);
  if (!steps) return { ok: false, reason: 'shape' };
  if (hasAnchors(document) || !isBlockSeq(steps) || !startsOwnLine(text, steps))
    return splitSource(writeData(document.toJS({ maxAliasCount: 100 })));
  return cut(text.endsWith('\n') ? text : `${text}\n`, document, steps);
}

function stepsOf(document: Document): YAMLSeq | undefined {
  const root = document.contents;
  const steps = isMap(root) ? root.get('steps', true) : undefined;
  if (!isSeq(steps) || steps.items.length === 0) return undefined;
  const ids = steps.items.map(idOfNode);
  return ids.every((id) => id !== '') && new Set(ids).size === ids.length ? steps : undefined;
}
function idOfNode(node: unknown): string {
  const id = isMap(node) ? node.get('id', true) : undefined;
  return isScalar(id) && typeof id.value === 'string' ? id.value : '';
}
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
/** Each dash is the first thing on its line. */
const startsOwnLine = (text: string, steps: YAMLSeq): boolean =>
  steps.items.every((item) => {
    const at = (item as YAMLMap).range?.[0] ?? 0;
    return /^ *- +$/.test(text.slice(lineStart(text, at), at));
  });

function cut(text: string, document: Document, steps: YAMLSeq): SplitResult {
  const starts = steps.items.map((item) => withComments(text, lineStart(text, (item as YAMLMap).range?.[0] ?? 0)));
  const end = endOfSteps(text, document.contents as YAMLMap);
  return {
    ok: true,
    segments: {
      head: text.slice(0, starts[0]),
      steps: steps.items.map((item, index) => ({
        id: idOfNode(item),
        text: text.slice(starts[index], starts[index + 1] ?? end),
      })),
      tail: text.slice(end),
    },
  };
}

/** Comment lines that stand right above belong to what they stand above. */
function withComments(text: string, from: number): number {
  let start = from;
  while (start > 0) {
    const before = lineStart(text, start - 1);
    if (!/^\s*#/.test(text.slice(before, start))) return start;
    start = before;
  }
  return start;
}
function endOfSteps(text: string, root: YAMLMap): number {
  const index = root.items.findIndex((pair) => String(pair.key) === 'steps');
  const next = root.items[index + 1]?.key;
  const at = isScalar(next) ? next.range?.[0] : undefined;
  return at === undefined ? text.length : withComments(text, lineStart(text, at));
}

/** Pieces read so far: most of a script does not change between two looks at it. */
const READ = new Map<string, LooseStep>();
const REMEMBERED = 6_000;

/** The data of one step's piece; not to be changed in place. */
export function stepData(text: string): LooseStep {
  const known = READ.get(text);
  if (known) return known;
  const data: unknown = parseDocument(text).toJS();
  const [step] = Array.isArray(data) ? (data as LooseStep[]) : [];
  const read = step ?? { id: '' };
  READ.set(text, read);
  if (READ.size > REMEMBERED) READ.delete(READ.keys().next().value as string);
  return read;
}
/** The data of the rest: every key but `steps`. */
export function headData({ head, tail }: Pick<Segments, 'head' | 'tail'>): Record<string, unknown> {
  const data: unknown = parseDocument(head + tail).toJS();
  const { steps: _, ...rest } = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  return rest;
}
export const scriptData = (segments: Segments): LooseScript => {
  const head = headData(segments);
  return {
    id: typeof head.id === 'string' ? head.id : '',
    head,
    steps: segments.steps.map(({ text }) => stepData(text)),
  };
};
