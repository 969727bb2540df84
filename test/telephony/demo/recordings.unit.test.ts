import { describe, expect, test } from 'vitest';
import { mirror } from './mirror.ts';
import { packetsOf, RECORDED_ACCOUNT, Rig, SITES } from './rig.ts';
import { headerOf } from '../../../server/telephony/connection/wire.ts';
import { identitiesOf, livesOf, recorded, shapesOf } from './streams.ts';

/** Two queues are joined by a Local channel that Asterisk makes for it; here they are joined at once, to the same facts. */
const JOINED_BY_LOCAL = 'consult-queue-on-second-line';
const SCENARIOS = Object.keys(mirror).filter((name) => name !== JOINED_BY_LOCAL);

const played = (name: string) => {
  const rig = new Rig(SITES[name], RECORDED_ACCOUNT);
  mirror[name]?.(rig);
  return packetsOf(rig.text());
};

describe('[DEMO-01] the demo exchange tells a scenario as the real Asterisk told it', () => {
  test.each(SCENARIOS)('[DEMO-01] %s: every channel lives the same life', (name) => {
    const [demo, real] = [livesOf(played(name)), livesOf(recorded(name))];
    expect(demo.order).toEqual(real.order);
    expect(demo.beside).toEqual(real.beside);
  });
});

describe('[DEMO-03] the demo exchange says who is who, and where in the dialplan, as the real one', () => {
  test.each(SCENARIOS)('[DEMO-03] %s', (name) => {
    expect(identitiesOf(played(name))).toEqual(identitiesOf(recorded(name)));
  });
});

describe('[DEMO-01] canary', () => {
  test('[DEMO-01] canary: a lost event, a changed order and a wrong cause are seen', () => {
    const real = livesOf(recorded('blind-transfer-refer'));
    const packets = played('blind-transfer-refer');
    const at = packets.findIndex((packet) => headerOf(packet, 'Event') === 'BlindTransfer');
    const [lost, early] = [packets.toSpliced(at, 1), [...packets.slice(at, at + 1), ...packets.toSpliced(at, 1)]];
    const wrong = packets.map((packet) => packet.map(([key, value]) => [key, key === 'Cause' ? '17' : value] as const));
    for (const changed of [lost, early, wrong]) expect(livesOf(changed).order).not.toEqual(real.order);
  });
});

describe('[DEMO-02] headers', () => {
  test('[DEMO-02] every event has the headers of the real one, in its order', () => {
    const names = Object.keys(mirror);
    const real = shapesOf(names.flatMap((name) => recorded(name)));
    const demo = shapesOf(names.flatMap((name) => played(name)));
    for (const [event, shapes] of demo)
      for (const shape of shapes) expect([...(real.get(event) ?? [])], event).toContain(shape);
  });
});
