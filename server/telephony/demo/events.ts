import type { PacketFields } from '../connection/wire.ts';

/** Classes of AMI events and rights of AMI accounts (`read =` and `write =` of manager.conf). */
export const AMI_CLASSES = [
  'system',
  'call',
  'log',
  'verbose',
  'agent',
  'user',
  'config',
  'command',
  'dtmf',
  'reporting',
  'cdr',
  'dialplan',
  'originate',
  'agi',
  'cc',
  'aoc',
  'test',
  'security',
  'message',
] as const;
export type AmiClass = (typeof AMI_CLASSES)[number];

/** Class of each event that the demo exchange sends, as Asterisk 22 has it; all others are of class `call`. */
const CLASSES: Readonly<Record<string, AmiClass>> = {
  FullyBooted: 'system',
  Shutdown: 'system',
  Newexten: 'dialplan',
  VarSet: 'dialplan',
  DTMFBegin: 'dtmf',
  DTMFEnd: 'dtmf',
  UserEvent: 'user',
  QueueCallerJoin: 'agent',
  QueueCallerLeave: 'agent',
  QueueCallerAbandon: 'agent',
  QueueMemberStatus: 'agent',
  QueueMemberPause: 'agent',
  QueueMemberAdded: 'agent',
  QueueMemberRemoved: 'agent',
  AgentCalled: 'agent',
  AgentConnect: 'agent',
  AgentComplete: 'agent',
  AgentRingNoAnswer: 'agent',
};
export const classOf = (event: string): AmiClass => CLASSES[event] ?? 'call';

/** Where the parts of the exchange put their events. `fields` is only asked for when somebody listens. */
export type Emit = (event: string, fields: () => PacketFields) => void;
