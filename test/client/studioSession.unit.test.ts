import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedOver } from '../../client/src/studio/editor/typedText.ts';
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

describe('[STUDIO-67] a script that could not be opened', () => {
  it('[STUDIO-67] tells why and is opened when asked once more', async () => {
    const { session, answer, refuse } = stage();
    await refuse('studio.open', 'storage.unavailable');
    expect(session.fault.get()).toBe('storage.unavailable');
    session.again();
    await answer('studio.open', draft);
    expect([session.fault.get(), session.state.get()?.script.steps.length]).toEqual([undefined, 1]);
  });
});

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
  it('[STUDIO-43] an edit that waits in memory of the server is not called saved until the storage is back', async () => {
    const { session, answer, tick, push } = stage();
    await answer('studio.open', draft);
    session.edit(say('моё'));
    await tick();
    await answer('studio.edit', { revision: 2, conflicts: [], saved: false });
    expect(session.state.get()).toMatchObject({ unsent: 0, draft: { storage: 'memory' } });
    push({ fromRevision: 1, revision: 2, put: [{ id: 'a', say: 'моё' }], storage: 'memory' });
    push({ fromRevision: 2, revision: 2, storage: 'ok' });
    expect(session.state.get()).toMatchObject({ unsent: 0, draft: { storage: 'ok' } });
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

  it('[STUDIO-40] what others change while the source is typed is in the source that goes out', async () => {
    const { session, answer, tick, edits, push } = stage();
    await answer('studio.open', { ...draft, source: 'a: один\nb: два\n' });
    session.edit({ op: 'setSource', source: 'a: один!\nb: два\n' });
    push({ fromRevision: 1, revision: 2, source: { from: 11, remove: 3, insert: 'ДВА' } });
    expect(session.state.get()?.typed).toBe('a: один!\nb: ДВА\n');
    await tick();
    expect(edits()[0]?.input).toMatchObject({ edits: [{ op: 'setSource', source: 'a: один!\nb: ДВА\n' }] });
    // Typed on while the first wave is on its way, and again somebody writes beside it.
    session.edit({ op: 'setSource', source: 'a: один!!\nb: ДВА\n' });
    await answer('studio.edit', { revision: 4, conflicts: [], saved: true });
    push({ fromRevision: 2, revision: 3, source: { from: 15, remove: 0, insert: 'c: три\n' } });
    push({ fromRevision: 3, revision: 4, source: { from: 7, remove: 0, insert: '!' } });
    await tick();
    expect(edits()[1]?.input).toMatchObject({
      baseRevision: 4,
      edits: [{ op: 'setSource', source: 'a: один!!\nb: ДВА\nc: три\n' }],
    });
    await answer('studio.edit', { revision: 5, conflicts: [], saved: true });
    push({ fromRevision: 4, revision: 5, source: { from: 8, remove: 0, insert: '!' } });
    expect(session.state.get()?.typed).toBeUndefined();
  });
  it('[STUDIO-40] two who type in one place leave it to the server, on the revision it was typed on', async () => {
    const { session, answer, tick, edits, push } = stage();
    await answer('studio.open', { ...draft, source: 'a: один\n' });
    session.edit({ op: 'setSource', source: 'a: один!\n' });
    push({ fromRevision: 1, revision: 2, source: { from: 3, remove: 4, insert: 'два' } });
    await tick();
    expect(edits()[0]?.input).toMatchObject({ baseRevision: 1, edits: [{ source: 'a: один!\n' }] });
  });
  it('[STUDIO-41] two changes of different places of a text are both in it, in either order', () => {
    const text = fc.array(fc.constantFrom('а', 'б', '\n', ' '), { maxLength: 40 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(text, text, text, text, text, (start, mid, end, mine, theirs) => {
        const basis = `${start}<${mid}>${end}`;
        const typed = `${start}<${mine}|${mid}>${end}`;
        const now = `${start}<${mid}>${theirs}#${end}`;
        const both = `${start}<${mine}|${mid}>${theirs}#${end}`;
        expect([both, undefined]).toContain(carriedOver(basis, typed, now));
        expect(carriedOver(basis, basis, now)).toBe(now);
        expect(carriedOver(basis, typed, basis)).toBe(typed);
        if (mid.length > 0) expect(carriedOver(basis, typed, now)).toBe(both);
      }),
    );
    expect(carriedOver('abc', 'aXc', 'aYc')).toBeUndefined();
  });
});
