import { isCollection, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { LooseStep } from '../../contract/index.ts';
import type { Segments } from './segments.ts';
import { writeDocument } from './style.ts';
import { isPlain, nameOf, named, same, type Plain } from './values.ts';

/** One line holds so much before it is laid out in several. */
const ONE_LINE = 96;

/** The piece of text with the step as it shall be: what is the same keeps its comments and its form. */
export function rewriteStep(text: string, step: LooseStep): string {
  const { lead, body, trail, indent } = apart(text);
  const document: Document = parseDocument(body);
  const list = document.contents;
  const node = isSeq(list) ? list.items[0] : undefined;
  if (!isSeq(list) || !isMap(node)) return lead + indented(newStep(step), indent) + trail;
  list.items[0] = patched(document, node, node.toJSON(), step);
  return lead + indented(writeDocument(document), indent) + trail;
}
/** A piece of text for a step that was not there, indented as in the library, with a blank line below. */
export const addedStep = (step: LooseStep, indent = 2): string => `${indented(newStep(step), indent)}\n`;
function newStep(step: LooseStep): string {
  const document = parseDocument('[]');
  const list = document.createNode([]) as YAMLSeq;
  list.items.push(create(document, step));
  document.contents = list as unknown as typeof document.contents;
  return writeDocument(document);
}

/** The head and tail with one key set, or taken away when the value is null or undefined. */
export function rewriteHead(segments: Pick<Segments, 'head' | 'tail'>, key: string, value: unknown): Segments {
  const inTail = keysOf(segments.tail).includes(key);
  const part = inTail ? 'tail' : 'head';
  const text = segments[part];
  const document = parseDocument(text);
  const root = document.contents;
  if (!isMap(root)) return { ...segments, steps: [] };
  if (value === null || value === undefined) root.delete(key);
  else setKey(document, root, key, value, 'steps');
  const written = root.items.length === 0 ? '' : writeDocument(document).replace(/^steps: *(null)?$/m, 'steps:');
  return { ...segments, [part]: written, steps: [] };
}
function keysOf(text: string): string[] {
  const root = parseDocument(text).contents;
  return isMap(root) ? root.items.map(({ key }) => String(key)) : [];
}

/** Comments above, the step itself without its indentation, blank lines below. */
function apart(text: string): { lead: string; body: string; trail: string; indent: number } {
  const dash = /^( *)- /m.exec(text);
  const indent = dash?.[1]?.length ?? 2;
  const lead = text.slice(0, dash?.index ?? 0);
  const trail = /\n((?:[ \t]*\n)*)$/.exec(text)?.[1] ?? '';
  const body = text
    .slice(lead.length, text.length - trail.length)
    .split('\n')
    .map((line) => (line.startsWith(' '.repeat(indent)) ? line.slice(indent) : line))
    .join('\n');
  return { lead, body, trail, indent };
}
const indented = (text: string, indent: number): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(indent) + line))
    .join('\n');

function patched(document: Document, node: unknown, before: unknown, after: unknown): Node {
  if (same(before, after)) return node as Node;
  if (isMap(node) && isPlain(after) && isPlain(before)) return patchMap(document, node, before, after);
  if (isSeq(node) && Array.isArray(after) && Array.isArray(before)) return patchSeq(document, node, before, after);
  if (isScalar(node) && !isCollection(after) && (after === null || typeof after !== 'object')) {
    node.value = after;
    if (typeof after !== 'string') delete node.source;
    return node;
  }
  return create(document, after, isCollection(node) && node.flow === true);
}
function patchMap(document: Document, node: YAMLMap, before: Plain, after: Plain): YAMLMap {
  for (const key of Object.keys(before)) if (after[key] === undefined) node.delete(key);
  let previous: string | undefined;
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const pair = pairOf(node, key);
    if (pair) pair.value = patched(document, pair.value, before[key], value);
    else insertAfter(node, document.createPair(key, create(document, value)), previous);
    previous = key;
  }
  if (JSON.stringify(after).length > ONE_LINE * 1.5) node.flow = false;
  return node;
}
function patchSeq(document: Document, node: YAMLSeq, before: readonly unknown[], after: readonly unknown[]): YAMLSeq {
  const names = named(before) && named(after) ? before.map(nameOf) : undefined;
  const isFlow = node.items.some((item) => isCollection(item) && item.flow === true);
  const old = [...node.items];
  node.items = after.map((item, index) => {
    const at = names ? names.indexOf(nameOf(item)) : index;
    return at >= 0 && at < old.length ? patched(document, old[at], before[at], item) : create(document, item, isFlow);
  });
  return node;
}
const pairOf = (node: YAMLMap, key: string): Pair | undefined => node.items.find((each) => String(each.key) === key);

function insertAfter(node: YAMLMap, pair: Pair, key: string | undefined): void {
  const at = key === undefined ? 0 : node.items.findIndex((each) => String(each.key) === key) + 1;
  node.items.splice(at, 0, pair);
}
function setKey(document: Document, root: YAMLMap, key: string, value: unknown, before: string): void {
  const pair = pairOf(root, key);
  if (pair) pair.value = patched(document, pair.value, (pair.value as Node | null)?.toJSON(), value);
  else {
    const at = root.items.findIndex((each) => String(each.key) === before);
    root.items.splice(at < 0 ? root.items.length : at, 0, document.createPair(key, create(document, value)));
  }
}

/** A node for new data: a text in two languages on one line, a button on one line when its neighbours are and it fits. */
function create(document: Document, value: unknown, likeFlow = false): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false }) as Node;
  flatten(node, value, likeFlow);
  return node;
}
function flatten(node: unknown, value: unknown, likeFlow: boolean): void {
  if (!isCollection(node)) return;
  const isShort = JSON.stringify(value).length <= ONE_LINE;
  const isLocal = isPlain(value) && Object.keys(value).every((key) => key === 'ru' || key === 'en');
  const isScalars = Array.isArray(value) && value.every((each) => typeof each !== 'object');
  if (isShort && (likeFlow || isLocal || isScalars)) node.flow = true;
  const items: readonly unknown[] = isMap(node) ? node.items.map(({ value: each }) => each) : node.items;
  const values: readonly unknown[] = isPlain(value) ? Object.values(value) : (value as readonly unknown[]);
  items.forEach((item, index) => flatten(item, values[index], false));
}
