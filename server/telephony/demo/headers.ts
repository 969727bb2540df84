import type { PacketFields } from '../connection/wire.ts';
import { type Bridge, CAUSE_TEXT, CHANNEL_STATES, type Channel } from './model.ts';

/** Asterisk writes this where a number or name is not set at all. */
const UNKNOWN = '<unknown>';
const shown = (text: string | undefined): string => (text === undefined || text === '' ? UNKNOWN : escaped(text));

/** Control characters of a name as Asterisk's `ast_escape_c` writes them, so that a name can never end a line. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '?': '\\?',
};
// oxlint-disable-next-line no-control-regex
const ESCAPED = /[\u0007\b\f\n\r\t\v\\'"?]/g;
export const escaped = (text: string): string => text.replace(ESCAPED, (each) => ESCAPES[each] ?? each);

/** The fourteen headers of a channel in Asterisk's order, each with `prefix` before it. */
export const channelHeaders = (channel: Channel, prefix = ''): Record<string, string | number> => ({
  [`${prefix}Channel`]: channel.name,
  [`${prefix}ChannelState`]: channel.state,
  [`${prefix}ChannelStateDesc`]: CHANNEL_STATES[channel.state],
  [`${prefix}CallerIDNum`]: shown(channel.caller?.number),
  [`${prefix}CallerIDName`]: shown(channel.caller?.name),
  [`${prefix}ConnectedLineNum`]: shown(channel.connected?.number),
  [`${prefix}ConnectedLineName`]: shown(channel.connected?.name),
  [`${prefix}Language`]: channel.language,
  [`${prefix}AccountCode`]: '',
  [`${prefix}Context`]: channel.context,
  [`${prefix}Exten`]: channel.exten,
  [`${prefix}Priority`]: channel.priority,
  [`${prefix}Uniqueid`]: channel.uniqueid,
  [`${prefix}Linkedid`]: channel.linkedid,
});

/** The headers of a bridge; `size` when the event tells of the bridge before or after a change. */
export const bridgeHeaders = (bridge: Bridge, prefix = '', size = bridge.channels.length): PacketFields => ({
  [`${prefix}BridgeUniqueid`]: bridge.id,
  [`${prefix}BridgeType`]: bridge.type,
  [`${prefix}BridgeTechnology`]: bridge.type === 'parking' ? 'holding_bridge' : 'simple_bridge',
  [`${prefix}BridgeCreator`]: bridge.type === 'parking' ? 'Parking' : UNKNOWN,
  [`${prefix}BridgeName`]: bridge.type === 'parking' ? 'default' : UNKNOWN,
  [`${prefix}BridgeNumChannels`]: size,
  [`${prefix}BridgeVideoSourceMode`]: 'none',
});

export const causeHeaders = (cause: number): PacketFields => ({
  Cause: cause,
  'Cause-txt': CAUSE_TEXT[cause] ?? 'Unknown',
});
