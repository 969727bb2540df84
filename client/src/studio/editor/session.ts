import type { DraftDelta, DraftEdit, DraftView, EditResult, LooseScript } from '../../../../server/contract/studio.ts';
import type { CommandResult } from '../../../../server/contract/protocol.ts';
import type { Connection } from '../../shared/realtime/connection.ts';
import { createStore, type Store } from '../../shared/store.ts';
import { carriedOver } from './typedText.ts';
import { queued, same, stepOf, undone, withDelta, withEdits, withParts } from './document.ts';

/** A draft open in this tab: what the server said, and what was done here since. */
export interface OpenDraft {
  readonly draft: DraftView;
  /** As it stands with one's own edits, sent or not. */
  readonly script: LooseScript;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Edits that the server has not acknowledged. */
  readonly unsent: number;
  /** The source as it is being typed here; absent when the draft has all of it. */
  readonly typed?: string;
  /** Of the last command that was refused. */
  readonly problem?: { readonly code: string; readonly details?: Readonly<Record<string, string | number | boolean>> };
}
export interface DraftSession {
  readonly state: Store<OpenDraft | undefined>;
  /** Why it could not be opened at all. */
  readonly fault: Store<string | undefined>;
  /** Opens it once more. */
  readonly again: () => void;
  readonly edit: (...edits: DraftEdit[]) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** A command about this script; a refusal is shown as the problem. */
  readonly ask: <T>(name: string, input: object) => Promise<T | undefined>;
  readonly forget: () => void;
  readonly here: (stepId: string | null) => void;
  readonly close: () => void;
}
/** What a session needs of the page; a test hands in its own. */
export interface SessionTools {
  readonly connection: Pick<Connection, 'send' | 'on' | 'link'>;
  readonly keep: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  later(work: () => void, ms: number): () => void;
}

/** Long enough for a word, short enough that findings follow the typing. */
const SEND_AFTER_MS = 300;
const HERE_EVERY_MS = 15_000;
const UNDO_LIMIT = 200;

interface Waiting {
  readonly base: number;
  readonly edits: readonly DraftEdit[];
}
interface Done {
  readonly edit: DraftEdit;
  readonly was: LooseScript;
}

export function openDraft(scriptId: string, tabId: string, tools: SessionTools): DraftSession {
  const { connection, keep } = tools;
  const state = createStore<OpenDraft | undefined>(undefined);
  const fault = createStore<string | undefined>(undefined);
  const keptAs = `studio.draft.${scriptId}`;
  let server: DraftView | undefined;
  let waiting: Waiting | undefined = restored(keep.getItem(keptAs));
  /** On its way; `landed`: acknowledged with this revision, whose push may still be on the road. */
  let going: (Waiting & { readonly landed?: number }) | undefined;
  let past: Done[][] = [];
  let future: Done[][] = [];
  let problem: OpenDraft['problem'];
  let stop: (() => void) | undefined;
  let at: string | null = null;
  let closed = false;

  const shown = (draft: DraftView): LooseScript =>
    withEdits(withEdits(draft.script, going?.edits ?? []), waiting?.edits ?? []);
  function draw(): void {
    if (!server || closed) return;
    const typed = typedIn(waiting) ?? typedIn(going);
    const unsent = (going && going.landed === undefined ? going.edits.length : 0) + (waiting?.edits.length ?? 0);
    state.set({
      draft: server,
      script: shown(server),
      canUndo: past.length > 0,
      canRedo: future.length > 0,
      unsent,
      ...(typed === undefined ? {} : { typed }),
      ...(problem ? { problem } : {}),
    });
    const kept = [...(going && going.landed === undefined ? going.edits : []), ...(waiting?.edits ?? [])];
    const base = going?.base ?? waiting?.base;
    if (kept.length > 0) keep.setItem(keptAs, JSON.stringify({ base, edits: kept }));
    else keep.removeItem(keptAs);
  }
  /** The wave that was on its way has come round: what was typed meanwhile now stands on the newest revision. */
  function settle(): void {
    if (!server || going?.landed === undefined || server.revision < going.landed) return;
    if (waiting) waiting = rebased(waiting, server, going);
    going = undefined;
    if (waiting) plan();
  }
  function plan(): void {
    stop?.();
    stop = tools.later(flush, SEND_AFTER_MS);
  }
  function flush(): void {
    if (!waiting || going || !server || closed || problem) return;
    going = waiting;
    waiting = undefined;
    void connection.send('studio.edit', { scriptId, baseRevision: going.base, edits: going.edits }).then(landed);
    draw();
  }
  function landed(result: CommandResult): void {
    if (!going) return;
    if (result.ok) {
      const { revision, saved } = result.value as EditResult;
      going = { ...going, landed: revision };
      // The push that says so may still be on the road.
      if (server && !saved) server = { ...server, storage: 'memory' };
    } else {
      // Nothing typed is thrown away by a refusal: it waits until somebody decides.
      waiting = { base: going.base, edits: [...going.edits, ...(waiting?.edits ?? [])] };
      going = undefined;
      problem = result.error;
    }
    settle();
    draw();
  }
  function push(edits: readonly DraftEdit[]): void {
    if (!server) return;
    let edited = waiting?.edits ?? [];
    for (const edit of edits) edited = queued(edited, edit);
    waiting = { base: waiting?.base ?? going?.base ?? server.revision, edits: edited };
    plan();
    draw();
  }
  function perform(edits: readonly DraftEdit[]): Done[] {
    if (!server) return [];
    let now = shown(server);
    const done = edits.map((edit) => {
      const entry = { edit, was: now };
      now = withEdits(now, [edit]);
      return entry;
    });
    push(edits);
    return done;
  }
  function turn(from: Done[][], to: Done[][]): void {
    const last = from.pop();
    if (!last || !server) return;
    const now = shown(server);
    to.push(perform(last.toReversed().flatMap(({ edit, was }) => undone(was, now, edit))));
    draw();
  }
  async function open(): Promise<void> {
    const result = await connection.send('studio.open', { scriptId, tabId });
    if (closed) return;
    if (!result.ok) return fault.set(result.error.code);
    fault.set(undefined);
    server = result.value as DraftView;
    settle();
    if (waiting) plan();
    draw();
  }
  const sayHere = (): void => {
    if (connection.link.get().status === 'online') void connection.send('studio.here', { scriptId, tabId, stepId: at });
  };
  const stops = [
    connection.on<DraftDelta>('studioDraft', (delta) => {
      if (delta.scriptId !== scriptId || !server) return;
      const next = withDelta(server, delta);
      if (!next) return void open();
      // What others change while the source is being typed comes in at once: sent without it, it would be taken back.
      if (waiting && !going) waiting = withTyped(waiting, server.source, next.source);
      server = next;
      settle();
      draw();
    }),
    connection.link.subscribe(() => {
      if (connection.link.get().status === 'online') void open();
    }),
  ];
  let stopHere = tools.later(function again() {
    sayHere();
    stopHere = tools.later(again, HERE_EVERY_MS);
  }, HERE_EVERY_MS);
  void open();

  return {
    state,
    fault,
    again: () => void open(),
    edit(...edits) {
      const done = perform(edits);
      // The text field takes typing back by itself, letter by letter.
      if (edits.every(({ op }) => op === 'setSource')) return;
      const before = past.at(-1);
      if (before && continues(before, done))
        past = [...past.slice(0, -1), [{ ...before[0], edit: done[0]?.edit } as Done]];
      else past = [...past.slice(-UNDO_LIMIT), done];
      future = [];
      draw();
    },
    undo: () => turn(past, future),
    redo: () => turn(future, past),
    async ask<T>(name: string, input: object) {
      const result = await connection.send(name, { scriptId, ...input });
      problem = result.ok ? undefined : result.error;
      draw();
      return result.ok ? ((result.value ?? {}) as T) : undefined;
    },
    forget() {
      if (problem && waiting) waiting = undefined;
      problem = undefined;
      draw();
    },
    here(stepId) {
      at = stepId;
      sayHere();
    },
    close() {
      flush();
      closed = true;
      stop?.();
      stopHere();
      stops.forEach((end) => end());
      if (connection.link.get().status === 'online') void connection.send('studio.close', { scriptId, tabId });
    },
  };
}

/** Typing on in the same part of the same step is one thing to take back. */
function continues(before: readonly Done[], next: readonly Done[]): boolean {
  const [a, b] = [before[0], next[0]];
  if (before.length !== 1 || next.length !== 1 || a?.edit.op !== 'setStep' || b?.edit.op !== 'setStep') return false;
  if (a.edit.step.id !== b.edit.step.id) return false;
  const touched = (done: Done): string => {
    if (done.edit.op !== 'setStep') return '';
    const { step } = done.edit;
    const old = stepOf(done.was, step.id) ?? step;
    return [...new Set([...Object.keys(step), ...Object.keys(old)])].filter((key) => !same(step[key], old[key])).join();
  };
  return touched(a) === touched(b) && ['say', 'title', 'hints'].includes(touched(a));
}

const typedIn = (wave: Waiting | undefined): string | undefined =>
  wave?.edits.findLast((edit) => edit.op === 'setSource')?.source;

/** The same wave, its source carried over from the text it was typed on. */
function withTyped(wave: Waiting, basis: string, now: string): Waiting {
  const edits = wave.edits.map((edit) =>
    edit.op === 'setSource' ? { ...edit, source: carriedOver(basis, edit.source, now) ?? edit.source } : edit,
  );
  return { ...wave, edits };
}

/** What was typed while an earlier wave was on its way, laid over the script with that wave in it. */
function rebased(waiting: Waiting, { script, source, revision }: DraftView, gone: Waiting): Waiting {
  const sent = new Map(gone.edits.flatMap((edit) => ('step' in edit ? [[edit.step.id, edit.step] as const] : [])));
  const basis = typedIn(gone);
  const typed = typedIn(waiting);
  // Typed twice in one place that somebody else changed too: the old base tells the server.
  const collides =
    typed !== undefined && (basis === undefined || carriedOver(basis, typed, source) === undefined) && source !== basis;
  const edits = withTyped(waiting, basis ?? source, source).edits.map((edit) => {
    const from = edit.op === 'setStep' ? sent.get(edit.step.id) : undefined;
    const present = edit.op === 'setStep' ? stepOf(script, edit.step.id) : undefined;
    return edit.op === 'setStep' && from && present ? { ...edit, step: withParts(present, from, edit.step) } : edit;
  });
  const touchesOthers = waiting.edits.some((edit) => edit.op === 'setStep' && !sent.has(edit.step.id));
  // A step that was not in the wave may have been changed by others since: the server compares with the old base.
  return { base: collides || (touchesOthers && revision > gone.base + 1) ? waiting.base : revision, edits };
}

function restored(text: string | null): Waiting | undefined {
  if (text === null) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<Waiting>;
    return typeof kept.base === 'number' && Array.isArray(kept.edits)
      ? { base: kept.base, edits: kept.edits }
      : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
