import { describe, expect, it } from 'vitest';
import type { TrueCall } from '../../server/telephony/demo/truth.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import type { QueueRow } from '../../server/contract/index.ts';
import { compareCalls } from './compare.ts';
import { compareCounts } from './counts.ts';
import { faultOf } from './moment.ts';

const truth = (part: Partial<TrueCall> = {}): TrueCall => ({
  call: '1.1',
  direction: 'inbound',
  number: '79065550101',
  dialled: '1',
  startedAt: 50_000,
  queues: [],
  offers: [],
  answers: [{ device: 'PJSIP/1000', at: 51_000 }],
  holds: [{ device: 'PJSIP/1000', heldAt: 52_000 }],
  consults: [],
  transfers: [],
  refusals: [],
  parkings: [],
  survey: [],
  abandoned: false,
  ended: { at: 55_000, by: 'client', cause: 16 },
  ...part,
});
const record = (part: Record<string, unknown> = {}): CallReply =>
  ({
    callId: 'main/1.1',
    direction: 'inbound',
    client: { number: '79065550101' },
    queue: null,
    startedAt: 50_000,
    endedAt: 55_000,
    operators: [{ device: 'PJSIP/1000', answeredAt: 51_000 }],
    holds: [{ heldAt: 52_000 }],
    transfers: { count: 0, items: [], refused: 0 },
    ended: { by: 'client' },
    ...part,
  }) as unknown as CallReply;
const compared = (records: readonly CallReply[], gaps = [{ from: 0, to: 1 }]) =>
  compareCalls([truth()], records, gaps, new Set(['1.9']));
const over = [{ from: 53_000, to: 54_000 }];

describe('what the chaos run counts', () => {
  it('[CHAOS-01] a call that is as it was is exact', () => {
    expect(compared([record()])).toMatchObject({ exact: 1, lost: [] });
  });
  const losses: [title: string, records: CallReply[], gaps?: { from: number; to: number }[]][] = [
    ['a call that is missing', []],
    ['a call that is there twice', [record(), record()]],
    ['a call that never was', [record(), record({ callId: 'main/1.2' })]],
    ['a hold that is missing, always in sight', [record({ holds: [] })]],
    ['an answer that never was, over a gap', [record({ operators: [{ device: 'PJSIP/1', answeredAt: 1 }] })], over],
    ['a call that never ended, over a gap', [record({ ended: null })], over],
    ['a call that is missing and was seen to begin', [], over],
    ['a hold that began before the gap', [record({ holds: [] })], over],
    ['a hold that went on after the gap', [record({ holds: [] })], [{ from: 51_500, to: 54_000 }]],
    ['an answer that went on after the gap', [record({ operators: [] })], [{ from: 50_500, to: 54_000 }]],
    ['somebody else who hung up, in a gap', [record({ ended: { by: 'exchange' } })], [{ from: 54_000, to: 56_000 }]],
    ['who hung up, in sight', [record({ ended: { by: 'unknown' } })], over],
    ['another number, over a gap', [record({ client: { number: '7' } })], over],
  ];
  it.each(losses)('[CHAOS-02] canary: %s is told as lost', (_title, records, gaps) => {
    expect(compared(records, gaps).lost).toHaveLength(1);
  });
  it('[CHAOS-06] canary: a call that the board counts twice, or not at all, is told', () => {
    const row = (offered: number) => ({ key: 'line', offered, answered: offered, abandoned: 0 }) as QueueRow;
    const calls = [record({ queue: 'line', answeredAt: 1 }), record({ queue: 'other', answeredAt: null })];
    expect(compareCounts([row(1)], calls)).toEqual([]);
    expect(compareCounts([row(2)], calls)).toHaveLength(1);
    expect(compareCounts([row(0)], calls)).toHaveLength(1);
  });
  it('[CHAOS-03] what began and was over in a gap may be missing, and a call inside one cannot be seen', () => {
    const unseen = [record({ holds: [], ended: { by: 'unknown' } })];
    expect(compared(unseen, [{ from: 51_500, to: 55_000 }])).toMatchObject({
      ...{ partOverAGap: 1, lost: [], lacking: { holds: 1, ended: 1 } },
    });
    expect(compared([], [{ from: 49_000, to: 56_000 }])).toMatchObject({ unseen: 1, lost: [] });
    expect(compared([record(), record({ callId: 'main/1.9' })])).toMatchObject({ ownLines: 1, lost: [] });
  });
  it('[CHAOS-08] transfers stand in their order; over a gap those told afterwards may come last', () => {
    const passed: TrueCall['transfers'] = [
      { kind: 'blind', device: 'PJSIP/1', number: '2', at: 52_500 },
      { kind: 'blind', device: 'PJSIP/2', number: '3', at: 53_500 },
    ];
    const items = [
      { kind: 'blind', fromDevice: 'PJSIP/2', to: '3' },
      { kind: 'blind', fromDevice: 'PJSIP/1', to: '2' },
    ];
    const lostIn = (gaps: { from: number; to: number }[], told: typeof items) =>
      compareCalls(
        [truth({ transfers: passed })],
        [record({ transfers: { count: 2, items: told, refused: 0 } })],
        gaps,
        new Set(),
      ).lost;
    expect(lostIn([], items)).toHaveLength(1);
    expect(lostIn([], items.toReversed())).toEqual([]);
    expect(lostIn(over, items)).toEqual([]);
    expect(lostIn(over, items.slice(1))).toEqual([]);
    expect(lostIn([{ from: 54_000, to: 54_500 }], items.slice(1))).toHaveLength(1);
  });
  it('[CHAOS-07] canary: after a resync a call is right, or marked', () => {
    const open = truth({ holds: [], ended: undefined as never });
    const shown = record({ ended: null, operators: [{ device: 'PJSIP/1000', answeredAt: 51_000, leftAt: null }] });
    expect(faultOf(open, shown, 60_000)).toBeUndefined();
    expect(faultOf(open, undefined, 60_000)).toContain('not shown');
    expect(faultOf(open, record({ ended: null, operators: [] }), 60_000)).toContain('PJSIP/1000');
    expect(faultOf(truth(), shown, 60_000)).toContain('is over');
    expect(faultOf(truth(), shown, 55_000)).toBeUndefined();
  });
});
