import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Said } from '../../machines/script/localText.ts';
import type { LibraryFault, Loaded } from './fault.ts';
import { issueWords } from './issueWords.ts';

const lineOf = (document: Document, counter: LineCounter, path: readonly PropertyKey[]): number | undefined => {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return undefined;
};

const notYaml = (why: string): Said => ({
  ru: `файл не читается как YAML (${why})`,
  en: `the file cannot be read as YAML (${why})`,
});

/**
 * Reads YAML text against a schema. All faults are told at once, each with its line.
 * `firstLine` is the line of the file on which the text begins (front matter does not begin at 1).
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>, firstLine = 1): Loaded<T> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const at = (line: number | undefined): { line?: number } =>
    line === undefined ? {} : { line: line + firstLine - 1 };
  if (document.errors.length > 0) {
    const faults = document.errors.map((error): LibraryFault => ({
      file,
      ...at(counter.linePos(error.pos[0]).line),
      message: notYaml(error.code.toLowerCase().replaceAll('_', ' ')),
    }));
    return { ok: false, faults };
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 20 }), { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  const faults = parsed.error.issues.map((issue): LibraryFault => {
    const where = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')} — `;
    const { ru, en } = issueWords(issue);
    return { file, ...at(lineOf(document, counter, issue.path)), message: { ru: where + ru, en: where + en } };
  });
  return { ok: false, faults };
}
