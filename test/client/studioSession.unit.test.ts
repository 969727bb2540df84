import { describe, expect, it } from 'vitest';
import { openDraft } from '../../client/src/studio/editor/session.ts';
import { createStore } from '../../client/src/shared/store.ts';
import type { LinkState } from '../../client/src/shared/realtime/connection.ts';
import type { CommandResult, DraftDelta, DraftView } from '../../server/contract/index.ts';

interface Sent {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly answer: (result: CommandResult) => void;
}
const START = {
  scriptId: 'x',
  revision: 1,
  findings: [],
  conflicts: [],
  present: [],
  source: '',
} as unknown as DraftView;
const draft: DraftView = { ...START, script: { id: 'x', head: {}, steps: [{ id: 'a', say: 'было' }] } };

/** A session on a wire whose every answer the test gives. */
function stage(kept = new Map<string, string>()) {
  const sent: Sent[] = [];
  const timers = new Set<() => void>();
  let push: (delta: DraftDelta) => void = () => undefined;
  const link = createStore<LinkState>({ status: 'online', since: 0 });
  const session = openDraft('x', 'tab', {
    connection: {
      link,
      send: (name, input) => new Promise((answer) => sent.push({ name, input: input as Sent['input'], answer })),
      on: (_, handler) => {
        push = handler as typeof push;
        return () => undefined;
      },
    },
    keep: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    later(work, ms) {
      if (ms < 1_000) timers.add(work);
      return () => timers.delete(work);
    },
  });
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 5; round += 1) await Promise.resolve();
  };
  return {
    session,
    kept,
    push: (delta: Partial<DraftDelta>) => push({ serverNow: 1, scriptId: 'x', ...delta } as DraftDelta),
    tick: async (): Promise<void> => {
      const due = [...timers];
      timers.clear();
      for (const work of due) work();
      await settle();
    },
    edits: () => sent.filter(({ name }) => name === 'studio.edit'),
    answer: async (name: string, value: unknown): Promise<void> => {
      sent.findLast((each) => each.name === name)?.answer({ ok: true, value });
      await settle();
    },
    refuse: async (name: string, code: string): Promise<void> => {
      sent.findLast((each) => each.name === name)?.answer({ ok: false, error: { code } });
      await settle();
    },
  };
}
const say = (text: string) => ({ op: 'setStep' as const, step: { id: 'a', say: text } });

describe('[STUDIO-14] a draft open in a tab', () => {
  it('[STUDIO-14] shows an edit at once, sends it after a moment, and what was typed meanwhile on the new revision', async () => {
    const { session, answer, tick, edits, push } = stage();
    await answer('studio.open', draft);
    session.edit(say('раз'));
    expect(session.state.get()?.script.steps[0]).toEqual({ id: 'a', say: 'раз' });
    await tick();
    session.edit(say('раз два'));
    await tick();
    expect(edits()).toHaveLength(1);
    await answer('studio.edit', { revision: 2, conflicts: [], saved: true });
    push({ fromRevision: 1, revision: 2, put: [{ id: 'a', say: 'раз' }] });
    await tick();
    expect(edits()[1]?.input).toMatchObject({ baseRevision: 2, edits: [say('раз два')] });
    expect(session.state.get()?.script.steps[0]).toEqual({ id: 'a', say: 'раз два' });
  });
  it('[STUDIO-14] what was not acknowledged is there after a crash of the page, on the revision it was made on', async () => {
    const before = stage();
    await before.answer('studio.open', draft);
    before.session.edit(say('моё'));
    const after = stage(before.kept);
    await after.answer('studio.open', { ...draft, revision: 7 });
    expect(after.session.state.get()?.script.steps[0]).toEqual({ id: 'a', say: 'моё' });
    await after.tick();
    expect(after.edits()[0]?.input).toMatchObject({ baseRevision: 1, edits: [say('моё')] });
    await after.answer('studio.edit', { revision: 8, conflicts: [], saved: true });
    expect(after.kept.size).toBe(0);
  });
  it('[STUDIO-14] a refusal throws nothing away until somebody says so', async () => {
    const { session, answer, refuse, tick } = stage();
    await answer('studio.open', draft);
    session.edit(say('моё'));
    await tick();
    await refuse('studio.edit', 'studio.stale');
    expect(session.state.get()).toMatchObject({ problem: { code: 'studio.stale' }, unsent: 1 });
    session.forget();
    expect(session.state.get()?.script.steps[0]).toEqual({ id: 'a', say: 'было' });
  });
  it('[STUDIO-14] undo and redo', async () => {
    const { session, answer } = stage();
    await answer('studio.open', draft);
    session.edit(say('раз'));
    session.undo();
    expect(session.state.get()?.script.steps[0]).toEqual({ id: 'a', say: 'было' });
    session.redo();
    expect(session.state.get()?.script.steps[0]).toEqual({ id: 'a', say: 'раз' });
  });
});
