import type { Channel } from './model.ts';

type SetVariable = (channel: Channel, name: string, value: string) => void;

const LOST = 'ssrc=758367518;themssrc=1795487634;lp=0;rxjitter=0.000000;rxcount=8204;txjitter=0.000000;txcount=8199';
const NONE = '000.000000';
const jitterOf = (word: string): string =>
  ['minrx', 'maxrx', 'avgrx', 'stdevrx', 'mintx', 'maxtx', 'avgtx', 'stdevtx']
    .map((name) => `${name}${word}=${NONE};`)
    .join('');
/** What chan_pjsip reports of a call's sound when it ends. */
const QUALITY: readonly (readonly [name: string, value: string])[] = [
  ['RTPAUDIOQOS', `${LOST};rlp=0;rtt=0.000000;rxmes=0.000000;txmes=0.000000`],
  ['RTPAUDIOQOSJITTER', jitterOf('jitter')],
  ['RTPAUDIOQOSLOSS', jitterOf('lost')],
  ['RTPAUDIOQOSRTT', `minrtt=${NONE};maxrtt=${NONE};avgrtt=${NONE};stdevrtt=${NONE};`],
  ['RTPAUDIOQOSMES', jitterOf('mes')],
];

/**
 * Channel variables that Asterisk sets by itself, each told by a `VarSet`: half of all events of a call. The shipped
 * account never sees them; benches do, on purpose.
 */
export const inherited = (set: SetVariable, from: Channel, to: Channel): void => {
  for (const name of ['TRANSFER_CONTEXT', 'CLIENT_CHANNEL', 'CLIENT_QUEUE']) {
    const value = from.variables.get(name);
    if (value !== undefined) set(to, `__${name}`, value);
  }
  set(to, 'DIALEDPEERNUMBER', to.device.replace('PJSIP/', ''));
};
export const peers = (set: SetVariable, channels: readonly Channel[]): void => {
  const [first, second] = channels;
  if (first === undefined || second === undefined) return;
  for (const [each, other] of [
    [first, second],
    [second, first],
  ] as const) {
    set(each, 'BRIDGEPEER', other.name);
    set(each, 'BRIDGEPVTCALLID', `${other.uniqueid}-c4e231f7-3a88-45b7-b127`);
  }
};
export const noPeers = (set: SetVariable, channels: readonly Channel[]): void => {
  for (const each of channels) {
    set(each, 'BRIDGEPEER', '');
    set(each, 'BRIDGEPVTCALLID', '');
  }
};
/** `bridged`: the same once more for the other side, as Asterisk reports it for who hangs up first. */
export const quality = (set: SetVariable, channel: Channel, bridged: boolean): void => {
  if (!channel.device.startsWith('PJSIP/') || channel.state !== 6) return;
  for (const [name, value] of QUALITY) {
    set(channel, name, value);
    if (bridged) set(channel, `${name}BRIDGED`, value);
  }
};
