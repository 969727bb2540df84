import { StringDecoder } from 'node:string_decoder';
import { AppError } from '../../../machines/vocabulary/index.ts';

/** One header as it stood on the wire; the case of the key is kept. */
export type Header = readonly [key: string, value: string];
/** One packet as it stood on the wire: headers in their order, repeated keys repeated. Never empty. */
export type WirePacket = readonly Header[];

/** What `formatPacket` takes: an array value becomes one header per element, an object one `Key: name=value` each. */
export type PacketFields = Readonly<
  Record<string, string | number | boolean | readonly string[] | Readonly<Record<string, string>>>
>;

/** One line of a packet. `text` may hold `: `; CR and LF are the caller's fault and go out as written. */
const line = (key: string, text: string | number | boolean): string => `${key}: ${String(text)}\r\n`;

/**
 * AMI text of one packet as Asterisk writes it, with the empty line at its end. For peers in tests and the demo
 * exchange; it checks nothing. What the product itself sends is checked by `checkAction`.
 */
export const formatPacket = (fields: PacketFields): string => {
  let text = '';
  for (const [key, value] of Object.entries(fields)) {
    if (Array.isArray(value)) for (const one of value as readonly string[]) text += line(key, one);
    else if (typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) text += line(key, `${name}=${inner}`);
    else text += line(key, value);
  }
  return `${text}\r\n`;
};

/** The first value of a header, whatever the case of its key; `undefined` when there is none. */
export const headerOf = (packet: WirePacket, key: string): string | undefined => {
  const wanted = key.toLowerCase();
  return packet.find(([candidate]) => candidate.toLowerCase() === wanted)?.[1];
};

export interface DecoderLimits {
  /** Characters of one line, an unfinished one included. */
  readonly maxLine: number;
  /** Headers of one packet. */
  readonly maxHeaders: number;
}

/** The longest packets of Asterisk 18 to 22 (attended transfers) have about 100 headers; a line of AMI is short. */
const DEFAULT_LIMITS: DecoderLimits = { maxLine: 65_536, maxHeaders: 2_000 };

const GREETING = 'Asterisk Call Manager';

/**
 * Takes AMI text apart, in either direction, however TCP cut it: in the middle of a letter, between CR and LF, after
 * `\r\n\n`. Each byte is looked at once. Lines without `:` are no headers and are left out (a raw newline in a value
 * makes them). One decoder per TCP connection: its state must not outlive the connection.
 */
export class PacketDecoder {
  /** The greeting (`Asterisk Call Manager/11.0.0`) once it was seen. */
  greeting = '';
  #utf8 = new StringDecoder('utf8');
  #rest = '';
  #headers: Header[] = [];
  readonly #limits: DecoderLimits;

  constructor(limits: Partial<DecoderLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /**
   * The packets that this chunk completes.
   * Throws `AppError` `telephony.badPacket` beyond the limits; the decoder is of no use after that.
   */
  push(chunk: Buffer | string): WirePacket[] {
    const text = this.#rest + (typeof chunk === 'string' ? chunk : this.#utf8.write(chunk));
    const packets: WirePacket[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      const stop = end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      this.#line(text.slice(from, stop), packets);
      from = end + 1;
    }
    this.#rest = text.slice(from);
    if (this.#rest.length > this.#limits.maxLine) throw tooLarge('line');
    return packets;
  }

  #line(content: string, packets: WirePacket[]): void {
    if (content === '') {
      if (this.#headers.length === 0) return;
      packets.push(this.#headers);
      this.#headers = [];
      return;
    }
    if (content.length > this.#limits.maxLine) throw tooLarge('line');
    if (this.#headers.length === 0 && content.startsWith(GREETING)) {
      this.greeting = content;
      return;
    }
    const header = splitHeader(content);
    if (header === undefined) return;
    if (this.#headers.length >= this.#limits.maxHeaders) throw tooLarge('packet');
    this.#headers.push(header);
  }
}

/** `Key: value`, `Key:` and `Key: ` are headers; `Key:value` is none, Asterisk never writes it. */
const splitHeader = (content: string): Header | undefined => {
  const at = content.indexOf(': ');
  if (at > 0) return [content.slice(0, at).trim(), content.slice(at + 2)];
  return content.endsWith(':') ? [content.slice(0, -1).trim(), ''] : undefined;
};

const tooLarge = (what: string): AppError =>
  new AppError('telephony.badPacket', `The peer sent a ${what} beyond all measure.`, { details: { what } });
