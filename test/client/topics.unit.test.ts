import { describe, expect, it } from 'vitest';
import { createTopics } from '../../client/src/shared/realtime/topics.ts';

function setUp() {
  const handlers = new Map<string, (view: { serverNow?: number } | null) => void>();
  const asked: string[] = [];
  const topics = createTopics({
    connected: true,
    on: (topic, handler) => handlers.set(topic, handler),
    emit: (_, topic) => asked.push(topic),
  });
  return { topics, asked, push: (topic: string, view: { serverNow?: number } | null) => handlers.get(topic)?.(view) };
}

describe('[PANEL-34] a page shows what the server pushed last', () => {
  it('[PANEL-34] that somebody’s panel is not there any more is shown as well', () => {
    const { topics, push } = setUp();
    topics.watch('mirror');
    const seen = topics.view<unknown>('mirror');
    push('mirror', { serverNow: 1_000 });
    expect(seen.get()).toEqual({ serverNow: 1_000 });
    push('mirror', null);
    expect(seen.get()).toBeNull();
  });
  it('[PANEL-34] a topic is asked for once, however many watch it, and again by the next after the last has gone', () => {
    const { topics, asked } = setUp();
    const leave = [topics.watch('board'), topics.watch('board')];
    expect(asked).toEqual(['board']);
    for (const stop of leave) stop();
    topics.watch('board');
    topics.askAgain();
    expect(asked).toEqual(['board', 'board', 'board']);
  });
});
