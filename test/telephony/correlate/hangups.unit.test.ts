import { expect, test } from 'vitest';
import { chunksOf, packetsOf, replay } from './replay.ts';

/** The events of a recording with one of them moved before another, as a busy exchange sends them. */
const movedBefore = (name: string, moved: string, mark: string) => {
  const packets = packetsOf(chunksOf(name));
  const from = packets.findIndex(({ packet }) => packet['event'] === moved);
  const [early] = packets.splice(from, 1);
  const to = packets.findIndex(({ packet }) => packet['event'] === mark);
  if (early === undefined || from < to) throw new Error(`${name} has no ${moved} after ${mark}`);
  return packets.toSpliced(to, 0, { ...early, at: packets[to]?.at ?? 0 });
};

test('[AMI] a client who hangs up in the very moment of the answer ended the call', () => {
  const { facts } = replay(movedBefore('queue-held-client-hangs-up', 'HangupRequest', 'BridgeEnter'));
  expect(facts.map(({ type }) => type)).toContain('call.answered');
  expect(facts.find(({ type }) => type === 'call.ended')).toMatchObject({ by: 'client' });
});
