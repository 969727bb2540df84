import { readFileSync } from 'node:fs';
import { headerOf, type WirePacket } from '../../../server/telephony/connection/wire.ts';
import { packetsOf } from './rig.ts';

/** What a client of the shipped account read from the real exchange in one scenario. */
export const recorded = (name: string): WirePacket[] => {
  const file = new URL(`../../fixtures/ami/${name}.jsonl`, import.meta.url);
  const text = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .join('');
  return packetsOf(text).filter((packet) => headerOf(packet, 'Event') !== undefined);
};

/** Headers that name a channel and who it is in the event. */
const SUBJECTS: readonly (readonly [header: string, role: string])[] = [
  ['Channel', ''],
  ['DestChannel', '→'],
  ['TransfererChannel', 'transferer'],
  ['TransfereeChannel', 'transferee'],
  ['OrigTransfererChannel', 'orig'],
  ['SecondTransfererChannel', 'second'],
  ['TransferTargetChannel', 'target'],
  ['ParkeeChannel', 'parkee'],
  ['RetrieverChannel', 'retriever'],
  ['SpyerChannel', 'spyer'],
  ['SpyeeChannel', 'spyee'],
  ['LocalOneChannel', 'one'],
  ['LocalTwoChannel', 'two'],
];
/** What is told of the same event beside the channel. */
const DETAILS = ['ChannelStateDesc', 'DialStatus', 'BridgeNumChannels', 'Queue', 'Reason', 'UserEvent', 'Cause'];
/**
 * Answers to what the recording asked are no part of a channel's life; and `AgentComplete` of the last call is told so
 * late that some recordings had ended.
 */
const ANSWERS = new Set(['OriginateResponse', 'CoreShowChannel', 'AgentComplete']);
const WITHOUT_STATE = new Set(['ChannelStateDesc']);

const OWN_THREAD = new Set([
  'HangupRequest',
  'AttendedTransfer',
  'Newstate Ringing',
  'NewConnectedLine',
  'NewCallerid',
  'MusicOnHoldStart',
  'MusicOnHoldStop',
  'ParkedCall',
  'UnParkedCall',
  'SoftHangupRequest 1',
]);
/** Events of which only some are told by another thread: the header that tells which. */
const OF_WHAT: ReadonlyMap<string, string> = new Map([
  ['Newstate', 'ChannelStateDesc'],
  ['SoftHangupRequest', 'Cause'],
]);

/**
 * The life of each channel as the stream tells it: channel → its events in order, with what matters of them. Asterisk
 * tells different channels from different threads, so only the order within one channel is the same every time; and
 * what other threads tell of a channel (`OWN_THREAD`) is compared by count.
 */
export interface Lives {
  readonly order: Readonly<Record<string, readonly string[]>>;
  readonly beside: Readonly<Record<string, number>>;
}
export const livesOf = (packets: readonly WirePacket[]): Lives => {
  const labels = new Map<string, string>();
  const order: Record<string, string[]> = {};
  const beside: Record<string, number> = {};
  for (const packet of packets) {
    const event = headerOf(packet, 'Event') ?? '';
    for (const [header, role] of SUBJECTS) {
      const name = headerOf(packet, header);
      if (name === undefined || ANSWERS.has(event)) continue;
      const label = labelOf(labels, name);
      const what = OF_WHAT.has(event) ? `${event} ${headerOf(packet, OF_WHAT.get(event) ?? '') ?? ''}` : event;
      if (OWN_THREAD.has(what)) {
        beside[`${label} ${what}`] = (beside[`${label} ${what}`] ?? 0) + 1;
        continue;
      }
      const details = DETAILS.filter((key) => !WITHOUT_STATE.has(key) || event === 'Newstate' || event === 'Newchannel')
        // Which of two leaves first is up to their threads.
        .filter((key) => key !== 'BridgeNumChannels' || event !== 'BridgeLeave')
        .map((key) => headerOf(packet, key))
        .filter((value) => value !== undefined);
      (order[label] ??= []).push([event + role, ...details].join(' '));
    }
  }
  return { order, beside };
};
const labelOf = (labels: Map<string, string>, name: string): string => {
  const known = labels.get(name);
  if (known !== undefined) return known;
  const half = /;[12]$/.exec(name)?.[0] ?? '';
  const base = name.replace(/-[0-9a-f]+(?:;[12])?$/, '');
  const label = `${base}${half} #${[...labels.keys()].filter((each) => each.startsWith(`${base}-`) && each.endsWith(half)).length + 1}`;
  labels.set(name, label);
  return label;
};

/** The names of the headers of each event, in order: one shape per event, or several where Asterisk has several. */
export const shapesOf = (packets: readonly WirePacket[]): Map<string, Set<string>> => {
  const shapes = new Map<string, Set<string>>();
  for (const packet of packets) {
    const event = headerOf(packet, 'Event') ?? '';
    const keys = packet.map(([key]) => key).filter((key) => !['Privilege', 'Timestamp', 'Event'].includes(key));
    const known = shapes.get(event);
    if (known === undefined) shapes.set(event, new Set([keys.join(' ')]));
    else known.add(keys.join(' '));
  }
  return shapes;
};

/** Who a channel says it is and where it stands, at the moments that the product looks at. */
const LOOKED_AT = new Set(['Newchannel', 'QueueCallerJoin', 'BridgeEnter', 'Hold', 'UserEvent', 'Hangup']);
export const identitiesOf = (packets: readonly WirePacket[]): Record<string, string[]> => {
  const labels = new Map<string, string>();
  const seen: Record<string, string[]> = {};
  for (const packet of packets) {
    const name = headerOf(packet, 'Channel');
    const event = headerOf(packet, 'Event') ?? '';
    if (name === undefined) continue;
    const label = labelOf(labels, name);
    if (!LOOKED_AT.has(event)) continue;
    // How far the dialplan has come when a channel is hung up is up to its thread.
    const place = event === 'Hangup' ? [] : ['Context', 'Exten'];
    const values = ['CallerIDNum', 'CallerIDName', 'ConnectedLineNum', 'ConnectedLineName', ...place].map(
      (key) => headerOf(packet, key) ?? '',
    );
    (seen[label] ??= []).push([event, ...values].join(' | '));
  }
  return seen;
};
