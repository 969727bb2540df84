import type { AmiPacket } from './connection.ts';
import { unescapeText } from './escape.ts';
import { fieldOf } from './fields.ts';
import type { WirePacket } from './wire.ts';

/** Inherits from nothing that has names. An object that is made without a prototype is a slow hash table to V8. */
function Empty(this: unknown): void {
  // Its fields come with the packet.
}
Empty.prototype = Object.freeze(Object.create(null));
export const emptyPacket = (): Record<string, string> => new (Empty as unknown as new () => Record<string, string>)();

/** Of these the first is true; a later one was put in by a stranger's text. */
const SINGLE: ReadonlySet<string> = new Set(['event', 'response', 'actionid']);

/** Names of variables in `ChanVariable` and of headers in the body of a `UserEvent`. */
const VARIABLE_NAME = /^(?!__proto__$)[\w().:/-]{1,80}$/;
const USER_HEADER = /^[a-z][a-z0-9_-]{0,39}$/;

/** What decides where a packet goes. `event` is `''` for an answer, `actionId` for what nobody asked. */
export interface Routing {
  readonly event: string;
  readonly actionId: string;
}

export const routingOf = (packet: WirePacket): Routing => {
  let event: string | undefined;
  let actionId: string | undefined;
  for (const [header, value] of packet) {
    const { key } = fieldOf(header);
    if (key === 'event') event ??= value;
    else if (key === 'actionid') actionId ??= value;
  }
  return { event: event ?? '', actionId: actionId ?? '' };
};

/** Asterisk builds these by hand and escapes nothing in them. */
const UNESCAPED_EVENTS: ReadonlySet<string> = new Set(['originateresponse', 'queueentry']);

/**
 * Copies the fields that the product reads into an object without a prototype; see `AmiPacket` for its shape. The
 * body of a `UserEvent` is the dialplan's own, so its headers are all copied: believe them only with the token.
 */
export const toPacket = (wire: WirePacket, routing: Routing = routingOf(wire)): AmiPacket => {
  const packet = emptyPacket();
  const event = routing.event.toLowerCase();
  const isUserEvent = event === 'userevent';
  const escapes = event !== '' && !UNESCAPED_EVENTS.has(event);
  for (const [header, value] of wire) {
    const { key, kind, isEscaped } = fieldOf(header);
    if (kind === 'channelVariable') putVariable(packet, key, value);
    else if (kind === 'allowed') put(packet, key, escapes && isEscaped ? unescapeText(value) : value);
    else if (isUserEvent && USER_HEADER.test(key)) put(packet, key, value);
  }
  nameVariables(packet);
  if (event === 'varset') packet['value'] = unescapeText(packet['value'] ?? '');
  return packet;
};

/** Beside a `Value` it is one name; elsewhere `NAME` alone stands for an empty variable. */
const nameVariables = (packet: Record<string, string>): void => {
  const { variable } = packet;
  if (variable === undefined || packet['value'] !== undefined) return;
  packet['variable'] = variable.replace(/^[^=\n]*$/gm, '$&=');
};

const put = (packet: Record<string, string>, key: string, value: string): void => {
  const before = packet[key];
  if (before === undefined) packet[key] = value;
  else if (!SINGLE.has(key)) packet[key] = `${before}\n${value}`;
};

const putVariable = (packet: Record<string, string>, key: string, value: string): void => {
  const at = value.indexOf('=');
  const name = at === -1 ? value : value.slice(0, at);
  if (VARIABLE_NAME.test(name)) packet[`${key}(${name})`] = at === -1 ? '' : unescapeText(value.slice(at + 1));
};
