import { describe, expect, test } from 'vitest';
import { mirror } from './mirror.ts';
import { packetsOf, Rig } from './rig.ts';
import { livesOf, recorded, shapesOf } from './streams.ts';

const played = (name: string) => {
  const rig = new Rig();
  mirror[name]?.(rig);
  return packetsOf(rig.text());
};

describe('[DEMO-01] the demo exchange tells a scenario as the real Asterisk told it', () => {
  test.each(Object.keys(mirror))('[DEMO-01] %s: every channel lives the same life', (name) => {
    const [demo, real] = [livesOf(played(name)), livesOf(recorded(name))];
    expect(demo.order).toEqual(real.order);
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
