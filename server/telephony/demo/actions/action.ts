import { formatPacket, headerOf, type PacketFields, type WirePacket } from '../../connection/wire.ts';
import type { AmiSession } from '../amiSession.ts';
import type { AmiClass } from '../events.ts';
import type { DemoExchange } from '../exchange.ts';
import type { Channel } from '../model.ts';
import type { Telephones } from '../telephones.ts';

/** One action as it came, with the ways to answer it. */
export class Request {
  readonly session: AmiSession;
  readonly packet: WirePacket;

  constructor(session: AmiSession, packet: WirePacket) {
    this.session = session;
    this.packet = packet;
  }
  get exchange(): DemoExchange {
    return this.session.server.exchange;
  }
  get telephones(): Telephones {
    return this.session.server.telephones;
  }

  /** A header's value; empty when it was not sent. */
  get(key: string): string {
    return headerOf(this.packet, key) ?? '';
  }
  all(key: string): string[] {
    const wanted = key.toLowerCase();
    return this.packet.filter(([candidate]) => candidate.toLowerCase() === wanted).map(([, value]) => value);
  }
  /** `Variable: NAME=value` lines, and several of them in one line between commas. */
  variables(): [name: string, value: string][] {
    return this.all('Variable')
      .flatMap((line) => splitVariables(line))
      .map((pair) => {
        const at = pair.indexOf('=');
        return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      });
  }
  /** By name or by uniqueid, as Asterisk finds it. */
  channel(key = 'Channel'): Channel | undefined {
    const name = this.get(key);
    return this.exchange.core.board.byName(name) ?? this.exchange.core.board.channels.get(name);
  }

  succeed(message: string, more: PacketFields = {}): void {
    this.session.answer(this.packet, { Message: message, ...more });
  }
  answer(fields: PacketFields): void {
    this.session.answer(this.packet, fields);
  }
  fail(message: string): void {
    this.session.answer(this.packet, { Response: 'Error', Message: message });
  }
  /** A list: the answer, the items, the end with their count. Queue items carry the ActionID last. */
  list(
    message: string,
    complete: string,
    items: readonly { event: string; fields: PacketFields }[],
    options: { idLast?: boolean; more?: PacketFields } = {},
  ): void {
    this.answer({ EventList: 'start', Message: message });
    const id = headerOf(this.packet, 'ActionID');
    const actionId: PacketFields = id === undefined ? {} : { ActionID: id };
    for (const { event, fields } of items)
      this.session.send(
        formatPacket(
          options.idLast === true ? { Event: event, ...fields, ...actionId } : { Event: event, ...actionId, ...fields },
        ),
      );
    this.session.send(
      formatPacket({
        Event: complete,
        ...actionId,
        EventList: 'Complete',
        ListItems: items.length,
        ...options.more,
      }),
    );
  }
}

/** What an action needs and does. `rights`: any one of them is enough; none: everybody may. */
export interface Action {
  readonly rights: readonly AmiClass[];
  run(request: Request): void;
}
export type Actions = Readonly<Record<string, Action>>;

/** Splits at commas that are not escaped with a backslash or in quotes, as `astman_get_variables` does. */
const splitVariables = (line: string): string[] => {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const letter = line[index] ?? '';
    if (letter === '\\' && index + 1 < line.length) {
      index += 1;
      part += line[index] ?? '';
    } else if (letter === '"') quoted = !quoted;
    else if (letter === ',' && !quoted) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  parts.push(part);
  return parts;
};
