import { describe, expect, it } from 'vitest';
import {
  openHold,
  phaseOf,
  startCall,
  stepCall,
  type CallEvent,
  type CallSnapshot,
} from '../../machines/call/index.ts';
import { as, type CallId, type DeviceId, type ExchangeId } from '../../machines/vocabulary/index.ts';

const D101 = as<DeviceId>('PJSIP/101');
const D102 = as<DeviceId>('PJSIP/102');
type Told = { readonly type: CallEvent['type'] } & Record<string, unknown>;

/** Facts a second apart, as the exchange tells them. */
const after = (...told: readonly Told[]): CallSnapshot => {
  const base = { exchangeId: as<ExchangeId>('main'), callId: as<CallId>('main/1.1') };
  const event = (each: Told, index: number): CallEvent => ({ ...base, at: (index + 1) * 1_000, ...each }) as CallEvent;
  const start = { ...base, type: 'call.started', at: 0, linkedid: '1.1', direction: 'inbound', dialled: '100' };
  const begun = startCall({ ...start, client: { number: '79065550101', name: '' } } as never);
  return told.map(event).reduce(stepCall, begun);
};
const answered = { type: 'call.answered', device: D101 } as const;
const held = { type: 'call.held', by: 'operator', device: D101 } as const;
const refused = { type: 'call.transferRefused', fromDevice: D101, target: { number: '103' }, count: 2 } as const;
const left = { type: 'call.operatorLeft', device: D101 } as const;

describe('[CALL] when a client does not wait any more', () => {
  it('[CALL-20] who held by the feature code and left holds nobody; back on the line, he talks', () => {
    const onTheWay = after(answered, held, refused, left);
    expect(openHold(onTheWay.context)).toBeUndefined();
    const back = after(answered, held, refused, left, { type: 'call.offered', device: D101 }, answered);
    expect(phaseOf(back)).toBe('talking');
    expect(back.context.holds).toEqual([{ device: D101, heldAt: 2_000, endedAt: 4_000 }]);
  });
  it('[CALL-21] another who answers takes the client off hold', () => {
    const taken = after(answered, held, { type: 'call.answered', device: D102 });
    expect(phaseOf(taken)).toBe('talking');
    expect(openHold(taken.context)).toBeUndefined();
  });
  it('[CALL-27] who rings anew before it is told that he left is there twice, and answers what rings', () => {
    const offered = { type: 'call.offered', device: D101 } as const;
    expect(after(answered, refused, offered, left, answered).context.segments).toEqual([
      { device: D101, answeredAt: 1_000, leftAt: 4_000 },
      { device: D101, offeredAt: 3_000, answeredAt: 5_000 },
    ]);
  });
  it('[CALL-28] whom a confirmation finds ringing has left the talk before it', () => {
    const offered = { type: 'call.offered', device: D101 } as const;
    const rings = { type: 'call.confirmed', devices: [{ device: D101, state: 'ringing' }] } as const;
    expect(after(answered, offered, rings, answered).context.segments).toEqual([
      { device: D101, answeredAt: 1_000, leftAt: 3_000 },
      { device: D101, offeredAt: 2_000, answeredAt: 4_000 },
    ]);
    const cancelled = { type: 'call.offerEnded', device: D101, reason: 'cancelled' } as const;
    expect(after(answered, offered, rings, cancelled, answered).context.segments).toHaveLength(3);
  });
  it('[CALL-23] a consultation that goes on after an outage is one, and keeps the client on hold', () => {
    const consult = { type: 'call.consultStarted', device: D101, target: { number: '102' } } as const;
    const seen = { type: 'call.confirmed', devices: [{ device: D101, state: 'consulting' }] } as const;
    const found = after(answered, held, consult, { type: 'call.linkLost' }, seen);
    expect(phaseOf(found)).toBe('consulting');
    expect(openHold(found.context)).toBeDefined();
    expect(found.context.consult?.target.number).toBe('102');
  });
  it('[CALL-24] who is parked waits with nobody until somebody answers, also when the place was found after an outage', () => {
    const parked = { type: 'call.parked', space: '701' } as const;
    for (const call of [after(answered, parked, left), after(parked), after(answered, held, parked, left)]) {
      expect(phaseOf(call)).toBe('parked');
      expect(call.hasTag('clientWaits')).toBe(true);
    }
    const found = after(answered, { type: 'call.linkLost' }, parked, left, { type: 'call.confirmed', devices: [] });
    expect(phaseOf(found)).toBe('parked');
    expect(phaseOf(after(answered, parked, left, { type: 'call.unparked', device: D102 }))).toBe('talking');
    const back = after(answered, parked, left, { type: 'call.unparked' }, { type: 'call.offered', device: D101 });
    expect(phaseOf(back)).toBe('ringing');
  });
  it('[CALL-22] a colleague who leaves ends nobody’s hold', () => {
    const other = after(answered, { type: 'call.answered', device: D102 }, held, { ...left, device: D102 });
    expect(openHold(other.context)).toMatchObject({ device: D101 });
  });
  it('[CALL-24] a consultation that is over is not in the record', () => {
    const consult = { type: 'call.consultStarted', device: D101, target: { number: '102' } } as const;
    const over = after(answered, consult, { type: 'call.consultEnded', device: D101, outcome: 'returned' });
    expect(over.context.consult).toBeUndefined();
  });
  it('[CALL-25] an offer that ends late leaves the same telephone’s later answer alone', () => {
    const offered = { type: 'call.offered', device: D101 } as const;
    const call = after(offered, offered, answered, { type: 'call.offerEnded', device: D101, reason: 'cancelled' });
    const [first, second] = call.context.segments;
    expect(first).toMatchObject({ missed: 'cancelled' });
    expect(second).toMatchObject({ answeredAt: 3_000 });
    expect(second?.leftAt).toBeUndefined();
  });
});
