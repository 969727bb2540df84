import { describe, expect, it } from 'vitest';
import { createOutbox, mayWait, type Sending, type Wire } from '../../client/src/shared/realtime/outbox.ts';
import type { CommandResult } from '../../server/contract/protocol.ts';

/** A wire whose answers the test gives. */
function testWire() {
  const sent: Sending[] = [];
  const answers = new Map<string, { resolve: (result: CommandResult) => void; reject: (why: Error) => void }>();
  const wire: Wire & { connected: boolean } = {
    connected: true,
    emit(sending) {
      sent.push(sending);
      return new Promise((resolve, reject) => answers.set(sending.id, { resolve, reject }));
    },
  };
  return { wire, sent, answer: (id: string) => answers.get(id)! };
}
function setUp(kept: string | null = null, now = 1_000) {
  const { wire, sent, answer } = testWire();
  const box = { text: kept };
  let count = 0;
  const open = () =>
    createOutbox(
      wire,
      { load: () => box.text, save: (text) => void (box.text = text) },
      () => now,
      () => `id-${(count += 1)}`,
      () => undefined,
    );
  return { wire, sent, answer, box, open };
}
const ok: CommandResult = { ok: true };

describe('[PANEL-12] nothing that the operator did is lost on the way', () => {
  it('[PANEL-12] without a network an answer waits and goes out in its order', async () => {
    const { wire, sent, answer, open } = setUp();
    wire.connected = false;
    const outbox = open();
    const first = outbox.send('script.answer', { value: 'а' });
    const second = outbox.send('wrapUp.note', { note: 'б' });
    expect(sent).toEqual([]);
    expect(outbox.pending()).toBe(2);
    wire.connected = true;
    outbox.flush();
    expect(sent.map(({ name }) => name)).toEqual(['script.answer', 'wrapUp.note']);
    answer('id-1').resolve(ok);
    answer('id-2').resolve(ok);
    expect(await Promise.all([first, second])).toEqual([ok, ok]);
    expect(outbox.pending()).toBe(0);
  });
  it('[PANEL-12] a reload of the page sends what had no answer, with the same id', () => {
    const { wire, sent, box, open } = setUp();
    void open().send('callback.promise', { number: '1' });
    wire.connected = false;
    const again = open();
    wire.connected = true;
    again.flush();
    expect(sent.map(({ id, name }) => [id, name])).toEqual([
      ['id-1', 'callback.promise'],
      ['id-1', 'callback.promise'],
    ]);
    expect(box.text).toContain('callback.promise');
  });
  it('[PANEL-12] an answer that was lost is asked for again, not done twice', async () => {
    const { sent, answer, open } = setUp();
    const done = open().send('script.choose', {});
    answer('id-1').reject(new Error('timeout'));
    await Promise.resolve();
    await Promise.resolve();
    expect(sent.map(({ id }) => id)).toEqual(['id-1', 'id-1']);
    answer('id-1').resolve(ok);
    expect(await done).toEqual(ok);
  });
  it('[PANEL-12] old news and broken storage are forgotten', () => {
    const old = JSON.stringify([{ id: 'x', name: 'script.answer', input: {}, at: 1_000 }]);
    expect(
      setUp(old, 1_000 + 16 * 60_000)
        .open()
        .pending(),
    ).toBe(0);
    expect(setUp(old, 2_000).open().pending()).toBe(1);
    expect(setUp('not json').open().pending()).toBe(0);
    expect(setUp('{}').open().pending()).toBe(0);
  });
});

describe('[PANEL-13] what only makes sense now is never done later', () => {
  it('[PANEL-13] without a network a transfer is refused at once', async () => {
    const { wire, sent, open } = setUp();
    wire.connected = false;
    const outbox = open();
    expect(await outbox.send('transfer.blind', {})).toEqual({ ok: false, error: { code: 'client.offline' } });
    outbox.flush();
    expect(sent).toEqual([]);
  });
  it('[PANEL-13] an unanswered hold is told, not repeated', async () => {
    const { sent, answer, box, open } = setUp();
    const done = open().send('hold.start', {});
    expect(box.text).toBe('[]');
    answer('id-1').reject(new Error('timeout'));
    expect(await done).toEqual({ ok: false, error: { code: 'client.noAnswer' } });
    expect(sent).toHaveLength(1);
  });
  it.each([
    ['script.answer', true],
    ['script.choose', true],
    ['script.noAnswer', true],
    ['hold.name', true],
    ['callback.promise', true],
    ['callback.attempt', true],
    ['wrapUp.close', true],
    ['hold.start', false],
    ['hold.resume', false],
    ['hold.withdraw', false],
    ['call.hangUp', false],
    ['call.dial', false],
    ['transfer.complete', false],
    ['callback.call', false],
    ['operator.ready', false],
    ['script.restart', false],
  ])('[PANEL-13] %s may wait: %s', (name, may) => {
    expect(mayWait(name)).toBe(may);
  });
});
