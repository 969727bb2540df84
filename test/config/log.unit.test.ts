import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { forPeople } from '../../server/log.ts';

describe('the log at a terminal', () => {
  it('[CONFIG-20] is a line to read: the time, how grave, what happened, the facts, and where a fault arose', () => {
    const lines: string[] = [];
    const log = pino(
      {},
      forPeople((text) => lines.push(text)),
    );
    log.info({ exchange: 'demo' }, 'the exchange is connected');
    log.warn({ err: new Error('no disk') }, 'cannot write');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d the exchange is connected exchange="demo"\n$/);
    expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d warn: cannot write\nError: no disk\n {4}at /);
  });
});
