import { Document, isAlias, isSeq, parseDocument, visit } from 'yaml';
import type { Node, ToStringOptions } from 'yaml';

/**
 * How the studio writes YAML: the same text for the same data every time, one thing a line, so that a folder of exported
 * scripts lives well in git. What an author wrote with other quotes or on fewer lines stays as it is until it is edited.
 */
const OPTIONS: ToStringOptions = {
  indent: 2,
  lineWidth: 120,
  singleQuote: true,
  minContentWidth: 20,
};

/** YAML of a document; short flow collections are written `{ a: 1 }` and `[a, b]`. */
export function writeDocument(document: Document): string {
  return tightLists(document.toString(OPTIONS));
}
/** YAML of plain data, for a script that has no source of its own. */
export function writeData(data: unknown): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  visit(document, {
    // A text in two languages reads best on one line.
    Map: (_, map) => {
      const keys = map.items.map((pair) => String(pair.key));
      const isShort = keys.every((key) => key === 'ru' || key === 'en') && JSON.stringify(map).length < 90;
      if (isShort && keys.length > 0) map.flow = true;
    },
  });
  return writeDocument(document);
}

/** The library pads `{ }` and not `[ ]`; the writer pads both or none. */
function tightLists(text: string): string {
  const document = parseDocument(text);
  const spaces: number[] = [];
  visit(document, {
    Seq: (_, seq) => {
      if (!seq.flow || !seq.range) return;
      const [start, end] = seq.range;
      if (text.startsWith('[ ', start)) spaces.push(start + 1);
      if (text.slice(end - 2, end) === ' ]') spaces.push(end - 2);
    },
  });
  let tight = text;
  for (const at of [...new Set(spaces)].sort((a, b) => b - a)) tight = tight.slice(0, at) + tight.slice(at + 1);
  return tight;
}

/** Anchors tie steps together: the studio edits steps apart, so a text with them is written out in full. */
export function hasAnchors(document: Document): boolean {
  let found = false;
  visit(document, {
    Node: (_, node: Node) => {
      if (isAlias(node) || ('anchor' in node && node.anchor !== undefined)) found = true;
    },
  });
  return found;
}

export const isBlockSeq = (node: unknown): boolean => isSeq(node) && node.flow !== true;
