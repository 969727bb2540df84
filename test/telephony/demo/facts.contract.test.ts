import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toPacket } from '../../../server/telephony/connection/packet.ts';
import { formatPacket } from '../../../server/telephony/connection/wire.ts';
import { replay, shapes, type TimedPacket } from '../correlate/replay.ts';
import { mirror } from './mirror.ts';
import { packetsOf, Rig, SITES, type Told } from './rig.ts';

const timed = (told: readonly Told[]): TimedPacket[] =>
  told.map(({ event, fields, at }) => ({
    at,
    packet: toPacket(packetsOf(formatPacket({ Event: event, ...fields }))[0] ?? []),
  }));

/** Facts by conversation, in order; offers apart: a telephone may ring before or after what made it ring is told. */
const withOffersApart = (calls: Readonly<Record<string, readonly { readonly type: string }[]>>): unknown =>
  Object.fromEntries(
    Object.entries(calls).flatMap(([call, facts]) => [
      [call, facts.filter(({ type }) => type !== 'call.offered')],
      [`${call} offers`, facts.filter(({ type }) => type === 'call.offered')],
    ]),
  );
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, { type: string }[]>;
const factsOf = (told: readonly Told[]): unknown => withOffersApart(plain(shapes(replay(timed(told)).facts)));
/** Facts of the real exchange in the same scenario, read and agreed to by a person. */
const agreed = (name: string): unknown => {
  const text = readFileSync(new URL(`../../fixtures/ami/${name}.facts.json`, import.meta.url), 'utf8');
  return withOffersApart(JSON.parse(text) as Record<string, { type: string }[]>);
};
const play = (name: string): Rig => {
  const rig = new Rig(SITES[name]);
  mirror[name]?.(rig);
  return rig;
};

describe('[DEMO-04] the product understands the demo exchange exactly as the real one', () => {
  test.each(Object.keys(mirror))('[DEMO-04] %s: the same facts', (name) => {
    expect(factsOf(play(name).told)).toEqual(agreed(name));
  });

  test('[DEMO-04] nothing is left in the correlator', () => {
    for (const name of Object.keys(mirror)) {
      const { correlator } = replay(timed(play(name).told));
      expect([name, correlator.liveCalls]).toEqual([name, []]);
    }
  });

  test('[DEMO-04] canary: without its Unhold a scenario gives other facts', () => {
    const told = play('queue-held-client-hangs-up').told.filter(({ event }) => event !== 'Unhold');
    expect(factsOf(told)).not.toEqual(agreed('queue-held-client-hangs-up'));
  });
});
