import { LineCounter, parseDocument } from 'yaml';
import { check, type ContactParts, type Finding } from '../../machines/script/checker/index.ts';
import type { Locate } from '../../machines/script/checker/finding.ts';
import { located } from '../../machines/script/checker/finding.ts';
import { locateIn, parseData } from '../../machines/script/parse.ts';
import type { Script } from '../../machines/script/index.ts';
import type { Said } from '../../machines/script/localText.ts';
import type { FindingView } from '../contract/index.ts';
import type { Draft } from './draft.ts';
import { headData, stepData, type Segments } from './source/segments.ts';

export interface Beside {
  /** The other scripts as they are published: callers and callees. */
  readonly scripts: readonly Script[];
  readonly contactPoints: ContactParts;
}
export type Read = { readonly ok: true; readonly script: Script } | { readonly ok: false };

/** The draft as a script of the format, when it is one. */
export function readSegments(segments: Segments): Read & { readonly findings: readonly Finding[] } {
  const { id, formatVersion, ...head } = headData(segments);
  const data = { formatVersion, id, ...head, steps: segments.steps.map(({ text }) => stepData(text)) };
  const parsed = parseData(structuredClone(data));
  return parsed.ok ? { ok: true, script: parsed.script, findings: [] } : { ok: false, findings: parsed.findings };
}

/** Everything that the checker says of a text beside the other scripts, with places in the YAML. */
export function findingsOf(segments: Segments, { scripts, contactPoints }: Beside): FindingView[] {
  const read = readSegments(segments);
  const locate = locateInSegments(segments);
  const found = read.ok
    ? check([read.script, ...scripts.filter(({ id }) => id !== read.script.id)], {
        only: [read.script.id],
        contactPoints,
      })
    : read.findings;
  return found.map((finding) => viewOf(located(finding, locate)));
}
/** A text that does not read: why, and where. */
export function unreadableFindings(draft: Draft): FindingView[] {
  const source = draft.unreadable?.source;
  if (source === undefined) return [];
  const counter = new LineCounter();
  const [fault] = parseDocument(source, { lineCounter: counter, prettyErrors: false }).errors;
  const place = fault && counter.linePos(fault.pos[0]);
  return [
    {
      severity: 'error',
      code: fault ? 'yaml.syntax' : 'yaml.shape',
      path: [],
      ...(place ? { line: place.line, column: place.col } : {}),
      message: fault ? NOT_READ : NO_STEPS,
      suggestion: {
        ru: 'Исправьте текст: пока он не читается, сценарий остаётся прежним, а набранное сохранено',
        en: 'Correct the text: until it reads the script stays as it was, and what was typed is kept',
      },
    },
  ];
}

const NOT_READ: Said = { ru: 'Текст не читается как YAML', en: 'The text does not read as YAML' };
const NO_STEPS: Said = {
  ru: 'В тексте нет списка шагов с разными id или сменился id сценария',
  en: 'The text has no list of steps with different ids, or the id of the script has changed',
};

const viewOf = ({ severity, code, stepId, path, line, column, message, suggestion }: Finding): FindingView => ({
  severity,
  code,
  ...(stepId === undefined ? {} : { stepId }),
  path,
  ...(line === undefined ? {} : { line }),
  ...(column === undefined ? {} : { column }),
  message,
  suggestion,
});

const lines = (text: string): number => text.split('\n').length - 1;

/** Only pieces with findings are read for their places. */
function locateInSegments({ head, steps, tail }: Segments): Locate {
  const above: number[] = [];
  let count = lines(head);
  for (const { text } of steps) {
    above.push(count);
    count += lines(text);
  }
  const within = (text: string, path: readonly (string | number)[], before: number): ReturnType<Locate> => {
    const counter = new LineCounter();
    const place = locateIn(parseDocument(text, { lineCounter: counter }), counter)(path);
    return place && { line: place.line + before, column: place.column };
  };
  return ([first, index, ...rest]) => {
    if (first === 'steps' && typeof index === 'number') {
      const text = steps[index]?.text;
      return text === undefined ? undefined : within(text, [0, ...rest], above[index] ?? 0);
    }
    if (first === undefined) return { line: 1, column: 1 };
    const path = index === undefined ? [first] : [first, index, ...rest];
    return Object.hasOwn(parseDocument(tail).toJS() ?? {}, first) ? within(tail, path, count) : within(head, path, 0);
  };
}
