import { keyWords } from '../../machines/script/checker/keyWords.ts';
import type { Said } from '../../machines/script/localText.ts';
import type { Instant } from '../../machines/vocabulary/index.ts';
import type { DraftConflict, DraftEdit, LooseStep } from '../contract/index.ts';
import { HISTORY, headAt, reaches, stepAt, type Draft, type EditEntry } from './draft.ts';
import { merge } from './merge.ts';
import { addedStep, rewriteHead, rewriteStep } from './source/patch.ts';
import { headData, joinSegments, splitSource, stepData } from './source/segments.ts';
import type { Segments, StepSegment } from './source/segments.ts';
import { same } from './source/values.ts';

export interface Applied {
  readonly draft: Draft;
  /** Conflicts that this entry made. */
  readonly conflicts: readonly DraftConflict[];
}

/** The draft while the edits of one entry go over it. */
interface Work {
  readonly before: Draft;
  readonly entry: EditEntry;
  readonly at: Instant;
  segments: Segments;
  unreadable: Draft['unreadable'];
  readonly conflicts: DraftConflict[];
  readonly steps: Record<string, LooseStep | null>;
  readonly head: Record<string, unknown>;
  readonly words: Said[];
}

/**
 * One entry of edits over the draft. Pure and total: whatever comes, each edit is merged or becomes a conflict. Runs the
 * same live and at replay.
 */
export function applyEdits(draft: Draft, entry: EditEntry, at: Instant): Applied {
  const work: Work = {
    before: draft,
    entry,
    at,
    segments: draft.segments,
    unreadable: draft.unreadable,
    conflicts: [],
    steps: {},
    head: {},
    words: [],
  };
  for (const edit of entry.edits) APPLY[edit.op](work, edit as never);
  const revision = draft.revision + 1;
  const change = {
    revision,
    at,
    by: entry.by,
    byName: entry.byName,
    steps: work.steps,
    head: work.head,
    words: entry.because === undefined ? work.words : [saidPlainly(entry.because)],
  };
  return {
    conflicts: work.conflicts,
    draft: {
      ...draft,
      revision,
      segments: work.segments,
      unreadable: work.unreadable,
      conflicts: [...draft.conflicts, ...work.conflicts],
      history: [...draft.history, change].slice(-HISTORY),
      authors: { ...draft.authors, [entry.by]: revision },
      changedAt: at,
      changedBy: entry.byName,
    },
  };
}

type Of<Op extends DraftEdit['op']> = Extract<DraftEdit, { op: Op }>;
const APPLY: { readonly [Op in DraftEdit['op']]: (work: Work, edit: Of<Op>) => void } = {
  setStep: (work, { step }) => changeStep(work, step.id, step),
  addStep: (work, { step, after }) => {
    if (currentStep(work, step.id)) changeStep(work, step.id, step);
    else putStep(work, step, after ?? undefined);
  },
  removeStep: (work, { stepId }) => changeStep(work, stepId, null),
  moveStep: (work, { stepId, after }) => moveStep(work, stepId, after ?? undefined),
  setHead: (work, { key, value }) => changeHead(work, key, value ?? undefined),
  setSource: setSource,
};

const currentSegment = (work: Work, id: string): StepSegment | undefined =>
  work.segments.steps.find((each) => each.id === id);
const currentStep = (work: Work, id: string): LooseStep | undefined => {
  const segment = currentSegment(work, id);
  return segment && stepData(segment.text);
};
/** What the author of the edit saw; edits of the same entry came after it and count as seen. */
function baseOf(work: Work, id: string): LooseStep | undefined {
  const current = currentStep(work, id);
  if (Object.hasOwn(work.steps, id)) return current;
  const { before, entry } = work;
  if (!reaches(before, entry.baseRevision)) return undefined;
  const known = stepAt(before, id, entry.baseRevision);
  return known === undefined ? current : (known ?? undefined);
}

/** `mine` null: the step is to go. */
function changeStep(work: Work, id: string, mine: LooseStep | null): void {
  const theirs = currentStep(work, id);
  const base = baseOf(work, id);
  if (mine === null && theirs === undefined) return;
  const merged = merge(base, theirs, mine ?? undefined);
  if (merged.parts.length > 0) collide(work, id, { base: base ?? null, theirs: theirs ?? null, mine }, merged.parts);
  const value = merged.value as LooseStep | undefined;
  if (same(value, theirs)) return;
  if (value === undefined) removeStep(work, id);
  else putStep(work, value, work.segments.steps.at(-1)?.id);
}

function putStep(work: Work, step: LooseStep, after: string | undefined): void {
  const segment = currentSegment(work, step.id);
  remember(work, step.id);
  const { steps } = work.segments;
  if (segment) {
    const text = rewriteStep(segment.text, step);
    setSteps(
      work,
      steps.map((each) => (each.id === step.id ? { id: step.id, text } : each)),
    );
    work.words.push(told('changed', step));
  } else {
    setSteps(work, placed(steps, { id: step.id, text: addedStep(step) }, after));
    work.words.push(told('added', step));
  }
}
function removeStep(work: Work, id: string): void {
  const step = currentStep(work, id);
  if (!step) return;
  remember(work, id);
  setSteps(
    work,
    work.segments.steps.filter((each) => each.id !== id),
  );
  work.words.push(told('removed', step));
}
function moveStep(work: Work, id: string, after: string | undefined): void {
  const segment = currentSegment(work, id);
  if (!segment || after === id) return;
  const others = work.segments.steps.filter((each) => each.id !== id);
  const steps = placed(others, segment, after);
  if (
    same(
      steps.map((each) => each.id),
      work.segments.steps.map((each) => each.id),
    )
  )
    return;
  setSteps(work, steps);
  work.words.push(told('moved', stepData(segment.text)));
}
/** Behind the step named, at the beginning for none, at the end when it is gone. */
function placed(steps: readonly StepSegment[], one: StepSegment, after: string | undefined): StepSegment[] {
  const neighbour = steps.findIndex((each) => each.id === after);
  const at = after === undefined ? 0 : neighbour < 0 ? steps.length : neighbour + 1;
  const before = steps[at - 1];
  const apart = before && !before.text.endsWith('\n\n') ? { ...before, text: `${before.text}\n` } : before;
  return [...steps.slice(0, Math.max(0, at - 1)), ...(apart ? [apart] : []), one, ...steps.slice(at)];
}
const setSteps = (work: Work, steps: readonly StepSegment[]): void => {
  work.segments = { ...work.segments, steps };
};
/** The first change of a step within the entry keeps what was before it. */
function remember(work: Work, id: string): void {
  if (!Object.hasOwn(work.steps, id)) work.steps[id] = currentStep(work, id) ?? null;
}

function changeHead(work: Work, key: string, mine: unknown): void {
  // Steps have operations of their own; the id is what reports and calls know the script by.
  if (key === 'steps' || key === 'id') return;
  const theirs = headData(work.segments)[key];
  const known = reaches(work.before, work.entry.baseRevision)
    ? headAt(work.before, key, work.entry.baseRevision)
    : { value: undefined };
  const base = Object.hasOwn(work.head, key) || !known ? theirs : known.value;
  const merged = merge(base, theirs, mine, key);
  if (merged.parts.length > 0)
    collide(
      work,
      '',
      { base: { [key]: base ?? null }, theirs: { [key]: theirs ?? null }, mine: { [key]: mine ?? null } },
      merged.parts,
    );
  if (same(merged.value, theirs)) return;
  if (!Object.hasOwn(work.head, key)) work.head[key] = theirs ?? null;
  const { head, tail } = rewriteHead(work.segments, key, merged.value);
  work.segments = { ...work.segments, head, tail };
  const { ru, en } = keyWords([key]);
  work.words.push({ ru: `изменено в сценарии: ${ru}`, en: `changed in the script: ${en}` });
}

function collide(
  work: Work,
  stepId: string,
  sides: Pick<DraftConflict, 'base' | 'theirs' | 'mine'>,
  parts: readonly string[],
): void {
  const { before, entry, at } = work;
  const named = parts.map((part) => (part === '' ? 'step' : part));
  // A browser that was reloaded without network sends what it kept once more: it waits here already.
  const isHere = before.conflicts.some(
    (each) => each.stepId === stepId && each.by === entry.by && same([each.parts, each.mine], [named, sides.mine]),
  );
  if (isHere) return;
  work.conflicts.push({
    conflictId: `${before.revision + 1}-${work.conflicts.length}`,
    stepId,
    parts: named,
    ...sides,
    by: entry.by,
    byName: entry.byName,
    at,
  });
}

/**
 * The YAML as typed. When it does not read it is kept beside the draft. When nobody changed the draft meanwhile it is
 * taken to the letter, else step by step: pieces that nobody else touched to the letter, the others merged as data.
 */
function setSource(work: Work, { source }: Of<'setSource'>): void {
  const split = splitSource(source);
  if (!split.ok || headData(split.segments).id !== headData(work.segments).id) {
    work.unreadable = { source, by: work.entry.byName, at: work.at };
    return;
  }
  work.unreadable = null;
  const typed = split.segments;
  const ids = typed.steps.map(({ id }) => id);
  const gone = work.segments.steps.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
  const isAlone = work.entry.baseRevision >= work.before.revision;
  for (const id of gone) if (isAlone || baseOf(work, id) !== undefined) changeStep(work, id, null);
  for (const [index, { id, text }] of typed.steps.entries()) takeTyped(work, { id, text }, ids[index - 1], isAlone);
  const [before, after] = [headData(work.segments), headData(typed)];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) changeHead(work, key, after[key]);
  if (!isAlone) return;
  setSteps(work, typed.steps);
  work.segments = { ...work.segments, head: typed.head, tail: typed.tail };
  if (work.words.length === 0 && joinSegments(work.before.segments) !== joinSegments(typed))
    work.words.push({
      ru: 'изменены комментарии или порядок строк',
      en: 'comments or the order of lines changed',
    });
}
function takeTyped(work: Work, typed: StepSegment, after: string | undefined, isAlone: boolean): void {
  const current = currentSegment(work, typed.id);
  const mine = stepData(typed.text);
  const theirs = current && stepData(current.text);
  if (!theirs) {
    // Somebody removed it and I did not touch it: it stays removed.
    const base = baseOf(work, typed.id);
    if (base && !isAlone) changeStep(work, typed.id, mine);
    else putTyped(work, typed, after);
    return;
  }
  if (isAlone || same(baseOf(work, typed.id), theirs)) {
    if (!same(mine, theirs)) {
      remember(work, typed.id);
      work.words.push(told('changed', mine));
    }
    setSteps(
      work,
      work.segments.steps.map((each) => (each.id === typed.id ? typed : each)),
    );
  } else changeStep(work, typed.id, mine);
}
function putTyped(work: Work, typed: StepSegment, after: string | undefined): void {
  remember(work, typed.id);
  setSteps(work, placed(work.segments.steps, typed, after));
  work.words.push(told('added', stepData(typed.text)));
}

/** The title as people read it; the id when there is none. */
export function titleOf(step: LooseStep): string {
  const { title } = step;
  if (typeof title === 'string') return title;
  const ru = typeof title === 'object' && title !== null && 'ru' in title ? title.ru : undefined;
  return typeof ru === 'string' ? ru : step.id;
}

const DONE = {
  changed: { ru: 'изменён шаг', en: 'step changed:' },
  added: { ru: 'добавлен шаг', en: 'step added:' },
  removed: { ru: 'удалён шаг', en: 'step removed:' },
  moved: { ru: 'переставлен шаг', en: 'step moved:' },
} as const;
function told(what: keyof typeof DONE, step: LooseStep): Said {
  const title = titleOf(step);
  const written = step.title as { readonly en?: unknown } | undefined;
  const english = typeof written?.en === 'string' ? written.en : title;
  return { ru: `${DONE[what].ru} «${title}»`, en: `${DONE[what].en} “${english}”` };
}
/** What was written down before there were two languages says the same in both. */
const saidPlainly = (words: string | Said): Said => (typeof words === 'string' ? { ru: words, en: words } : words);
