import type { DraftDelta, DraftEdit, DraftView, LooseScript, LooseStep } from '../../../../server/contract/studio.ts';

/** Pure work on a draft as the page shows it: edits laid over what the server said, their undoing, the server's deltas. */

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const stepOf = (script: LooseScript, stepId: string | undefined): LooseStep | undefined =>
  script.steps.find((step) => step.id === stepId);

const placed = (steps: readonly LooseStep[], step: LooseStep, after: string | null): LooseStep[] => {
  const rest = steps.filter(({ id }) => id !== step.id);
  const at = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1;
  const index = after !== null && at === 0 ? rest.length : at;
  return [...rest.slice(0, index), step, ...rest.slice(index)];
};

/** The script with edits made. Edits of what is not there any more change nothing; `setSource` is the server's work. */
export function withEdits(script: LooseScript, edits: readonly DraftEdit[]): LooseScript {
  let { head, steps } = script;
  for (const edit of edits) {
    if (edit.op === 'setStep') steps = steps.map((step) => (step.id === edit.step.id ? edit.step : step));
    else if (edit.op === 'addStep') steps = placed(steps, edit.step, edit.after);
    else if (edit.op === 'removeStep') steps = steps.filter(({ id }) => id !== edit.stepId);
    else if (edit.op === 'moveStep') {
      const moved = steps.find(({ id }) => id === edit.stepId);
      if (moved) steps = placed(steps, moved, edit.after);
    } else if (edit.op === 'setHead') head = withKey(head, edit.key, edit.value ?? undefined);
  }
  return { ...script, head, steps };
}

/** A copy with one key set; `undefined` takes it away. */
export function withKey<T extends Readonly<Record<string, unknown>>>(data: T, key: string, value: unknown): T {
  const next: Record<string, unknown> = { ...data };
  if (value === undefined) delete next[key];
  else next[key] = value;
  return next as T;
}

const before = (script: LooseScript, stepId: string): string | null => {
  const index = script.steps.findIndex(({ id }) => id === stepId);
  return script.steps[index - 1]?.id ?? null;
};

/** Edits that take one edit back, and nothing that others did meanwhile. */
export function undone(was: LooseScript, now: LooseScript, edit: DraftEdit): DraftEdit[] {
  if (edit.op === 'addStep') return [{ op: 'removeStep', stepId: edit.step.id }];
  if (edit.op === 'moveStep') return [{ op: 'moveStep', stepId: edit.stepId, after: before(was, edit.stepId) }];
  if (edit.op === 'setHead') return [{ op: 'setHead', key: edit.key, value: was.head[edit.key] ?? null }];
  if (edit.op === 'removeStep') {
    const step = stepOf(was, edit.stepId);
    return step ? [{ op: 'addStep', step, after: before(was, edit.stepId) }] : [];
  }
  if (edit.op === 'setSource') return [];
  const old = stepOf(was, edit.step.id);
  const present = stepOf(now, edit.step.id);
  return old && present ? [{ op: 'setStep', step: withParts(present, edit.step, old) }] : [];
}

/** `base` with those parts that differ between `from` and `to` as they are in `to`. */
export function withParts(base: LooseStep, from: LooseStep, to: LooseStep): LooseStep {
  let next = base;
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)]))
    if (!same(from[key], to[key])) next = withKey(next, key, to[key]);
  return next;
}

/** The draft after a push; undefined when pushes were missed and it has to be opened again. */
export function withDelta(draft: DraftView, delta: DraftDelta): DraftView | undefined {
  if (delta.fromRevision > draft.revision) return undefined;
  if (delta.fromRevision < draft.revision) return draft;
  const { source } = delta;
  return {
    ...draft,
    serverNow: delta.serverNow,
    revision: delta.revision,
    source: source
      ? draft.source.slice(0, source.from) + source.insert + draft.source.slice(source.from + source.remove)
      : draft.source,
    script: scriptAfter(draft.script, delta),
    findings: delta.findings ?? draft.findings,
    conflicts: delta.conflicts ?? draft.conflicts,
    present: delta.present ?? draft.present,
    storage: delta.storage ?? draft.storage,
    review: delta.review ?? draft.review,
    basedOn: delta.basedOn ?? draft.basedOn,
    ...unreadableAfter(draft, delta),
  };
}
/** Who comes and goes changes no script: whatever is drawn of it stays as it is. */
function scriptAfter(script: LooseScript, { head, put = [], gone = [], order }: DraftDelta): LooseScript {
  if (!head && !order && put.length === 0 && gone.length === 0) return script;
  const steps = new Map(script.steps.map((step) => [step.id, step]));
  for (const id of gone) steps.delete(id);
  for (const step of put) steps.set(step.id, step);
  const ordered = order ? order.flatMap((id) => steps.get(id) ?? []) : [...steps.values()];
  return { ...script, head: head ?? script.head, steps: ordered };
}
const unreadableAfter = (
  draft: DraftView,
  delta: DraftDelta,
): { unreadable?: NonNullable<DraftView['unreadable']> } => {
  const next = delta.unreadable === undefined ? draft.unreadable : (delta.unreadable ?? undefined);
  // Spread over the draft: an own undefined takes the older text away.
  return next ? { unreadable: next } : ({ unreadable: undefined } as object);
};

/** Puts an edit behind others that were not sent; a step set twice is set once, to its last. */
export function queued(queue: readonly DraftEdit[], edit: DraftEdit): DraftEdit[] {
  const last = queue.at(-1);
  const replaces =
    (edit.op === 'setStep' && (last?.op === 'setStep' || last?.op === 'addStep') && last.step.id === edit.step.id) ||
    (edit.op === 'setSource' && last?.op === 'setSource') ||
    (edit.op === 'setHead' && last?.op === 'setHead' && last.key === edit.key);
  if (!replaces || !last) return [...queue, edit];
  const next = edit.op === 'setStep' && last.op === 'addStep' ? { ...last, step: edit.step } : edit;
  return [...queue.slice(0, -1), next];
}

/** An id that nobody has yet: `step-7`, `choice-2`. */
export function freeId(prefix: string, taken: Iterable<string>): string {
  const ids = new Set(taken);
  let number = ids.size + 1;
  while (ids.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
}
