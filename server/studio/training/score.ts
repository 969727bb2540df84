import type { CompiledScript } from '../../../machines/script/index.ts';
import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { TrainingMark, TrainingScore } from '../../contract/index.ts';
import type { Frame, Run } from './run.ts';

/** What a mark is given for. `undefined`: it does not apply to this run. */
interface Rule {
  readonly code: string;
  readonly clause?: string;
  readonly outOf: number;
  /** Share from 0 to 1. */
  readonly share: (record: Recorded) => number | undefined;
}
interface Recorded {
  readonly run: Run;
  readonly compiled: CompiledScript;
  readonly frames: readonly Frame[];
  readonly tookMs: Milliseconds;
}

const yes = (holds: boolean): number => (holds ? 1 : 0);
const visited = ({ frames }: Recorded, kind: string): boolean => frames.some((frame) => frame.kind === kind);
const has = ({ compiled }: Recorded, kind: string): boolean =>
  [...compiled.steps.values()].some(({ step, stage }) => step.kind === kind && stage !== undefined);
const isFact = ({ event }: Frame, name: string): boolean => event?.type === 'fact' && event.name === name;
/** Only when the script itself has such a moment on its main path. */
const ofKind =
  (kind: string) =>
  (record: Recorded): number | undefined =>
    has(record, kind) ? yes(visited(record, kind)) : undefined;

/** The regulation as marks (3.1.3, 3.1.4, 3.5.5, 1.4), then the task's own wishes. */
const RULES: readonly Rule[] = [
  { code: 'greeting', clause: '3.5.5', outOf: 10, share: ofKind('greeting') },
  { code: 'name', clause: '3.1.3', outOf: 10, share: nameShare },
  { code: 'purpose', clause: '3.1.4', outOf: 10, share: ofKind('purpose') },
  { code: 'rephrase', clause: '3.5.5', outOf: 10, share: ofKind('rephrase') },
  { code: 'holdNamed', clause: '3.5.5-б', outOf: 10, share: holdNamed },
  { code: 'returnedInTime', clause: '3.5.5-в', outOf: 10, share: returnedInTime },
  { code: 'farewell', clause: '3.5.5', outOf: 15, share: farewell },
  { code: 'nextTold', clause: '1.4', outOf: 10, share: nextTold },
  { code: 'inTime', outOf: 10, share: inTime },
  { code: 'mustVisit', outOf: 20, share: mustVisit },
  { code: 'mustLearn', outOf: 20, share: mustLearn },
  { code: 'outcome', outOf: 10, share: outcome },
];

/** Marks of one recorded run, from 0 to 100 of what applies. Pure: the same record gives the same marks. */
export function scoreRun(run: Run, compiled: CompiledScript): TrainingScore {
  const tookMs = (run.finishedAt ?? run.frames.at(-1)?.at ?? run.startedAt) - run.startedAt;
  const frames = run.frames.filter(({ refused }) => refused === undefined);
  const record: Recorded = { run, compiled, frames, tookMs };
  const marks = RULES.flatMap(({ code, clause, outOf, share }): TrainingMark[] => {
    const given = share(record);
    if (given === undefined) return [];
    return [{ code, given: Math.round(outOf * given), outOf, ...(clause === undefined ? {} : { clause }) }];
  });
  const most = marks.reduce((sum, { outOf }) => sum + outOf, 0);
  const got = marks.reduce((sum, { given }) => sum + given, 0);
  return { total: most === 0 ? 0 : Math.round((100 * got) / most), tookMs, marks };
}

function nameShare({ compiled, run }: Recorded): number | undefined {
  const fields = compiled.fills.get('client.name');
  if (!fields) return undefined;
  return yes(fields.some((field) => run.state.fields[field] !== undefined));
}
function holdNamed({ frames }: Recorded): number | undefined {
  const holds = frames.flatMap((frame, index) => (isFact(frame, 'held') ? [index] : []));
  if (holds.length === 0) return undefined;
  const named = holds.filter((at, index) =>
    frames.slice(holds[index - 1] ?? 0, at).some((frame) => isFact(frame, 'holdNamed')),
  );
  return named.length / holds.length;
}
function returnedInTime({ frames }: Recorded): number | undefined {
  const holds = frames.filter((frame) => isFact(frame, 'held')).length;
  if (holds === 0) return undefined;
  const late = frames.filter((frame) => isFact(frame, 'holdOverdue')).length;
  const back = frames.filter((frame) => isFact(frame, 'resumed')).length;
  return Math.max(0, Math.min(holds, back) - late) / holds;
}
function farewell({ frames, compiled }: Recorded): number | undefined {
  const exists = [...compiled.steps.values()].some(({ step }) => step.kind === 'farewell');
  const last = frames.at(-1);
  return exists ? yes(last?.kind === 'farewell' && last.ended) : undefined;
}
function nextTold({ frames }: Recorded): number {
  return yes(frames.some(({ hasNext }) => hasNext));
}
/** All marks within the limit, none at twice the limit. */
function inTime({ run, tookMs }: Recorded): number | undefined {
  const limitMs = run.task?.limitMs;
  return limitMs === undefined ? undefined : Math.max(0, Math.min(1, 2 - tookMs / limitMs));
}
function mustVisit({ run, frames }: Recorded): number | undefined {
  const wanted = run.task?.mustVisit ?? [];
  if (wanted.length === 0) return undefined;
  let from = 0;
  let met = 0;
  for (const step of wanted) {
    const at = frames.findIndex(({ stepId }, index) => index >= from && stepId === step);
    if (at < 0) continue;
    met += 1;
    from = at;
  }
  return met / wanted.length;
}
function mustLearn({ run }: Recorded): number | undefined {
  const wanted = Object.entries(run.task?.mustLearn ?? {});
  if (wanted.length === 0) return undefined;
  const learned = wanted.filter(([field, value]) => {
    const given = run.state.fields[field];
    if (value === true) return given !== undefined && given !== '';
    return typeof given === 'string' && typeof value === 'string' ? fold(given) === fold(value) : given === value;
  });
  return learned.length / wanted.length;
}
function outcome({ run, frames }: Recorded): number | undefined {
  const wanted = run.task?.outcome;
  const reached = frames.findLast(({ ended }) => ended)?.outcome ?? null;
  return wanted === undefined ? undefined : yes(reached === (wanted === 'satisfied'));
}
const fold = (text: string): string => text.trim().toLowerCase().replaceAll('ё', 'е');
