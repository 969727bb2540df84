import { describe, expect, it } from 'vitest';
import { chooseScript } from '../../machines/script/index.ts';
import type { Choosable, Known } from '../../machines/script/index.ts';
import { plainKnown } from './support.ts';

const script = (id: string, appliesTo?: Choosable['appliesTo']): Choosable => ({
  id,
  languages: ['ru'],
  ...(appliesTo ? { appliesTo } : {}),
});
const scripts = [
  script('sub'),
  script('any', {}),
  script('inbound', { directions: ['inbound'], clientKinds: ['external'] }),
  script('information', { directions: ['inbound'], clientKinds: ['external'], queues: ['info'] }),
  script('closed', { directions: ['inbound'], workingHours: false, priority: 50 }),
  script('outbound', { directions: ['outbound'] }),
  script('return', { directions: ['outbound'], when: { known: 'call.isCallback', is: true } }),
  script('colleague', { clientKinds: ['internal'], priority: 10 }),
];
const chosen = (change: (known: Known) => Known): string | undefined => chooseScript(scripts, change(plainKnown()))?.id;
const call = (known: Known, part: Partial<Known['call']>): Known => ({ ...known, call: { ...known.call, ...part } });

describe('the script for a call', () => {
  it('[CHOOSE-01] [3.5.5] [3.5.6] [3.5.8] [3.8.8] follows direction, queue and who calls', () => {
    expect(chosen((known) => known)).toBe('inbound');
    expect(chosen((known) => call(known, { queue: 'info' }))).toBe('information');
    expect(chosen((known) => call(known, { queue: 'other' }))).toBe('inbound');
    expect(chosen((known) => call(known, { direction: 'outbound' }))).toBe('outbound');
    expect(chosen((known) => call(known, { direction: 'outbound', isCallback: true }))).toBe('return');
    expect(chosen((known) => ({ ...known, client: { ...known.client, kind: 'internal' } }))).toBe('colleague');
  });

  it('[CHOOSE-02] [2.6.1] outside working hours the script for it wins by its priority', () => {
    expect(chosen((known) => ({ ...known, workingHours: false }))).toBe('closed');
  });

  it('[CHOOSE-03] of equals the one that says more about the call, then the first by id; none is none', () => {
    expect(chosen((known) => call(known, { direction: 'internal' }))).toBe('any');
    const equals = [script('b', { directions: ['inbound'] }), script('a', { directions: ['inbound'] })];
    expect(chooseScript(equals, plainKnown())?.id).toBe('a');
    expect(chooseScript([...equals].reverse(), plainKnown())?.id).toBe('a');
    expect(chooseScript([script('sub')], plainKnown())).toBeUndefined();
    expect(chooseScript([], plainKnown())).toBeUndefined();
  });
});
