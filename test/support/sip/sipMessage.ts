/** A SIP message as it travels: enough of RFC 3261 for a telephone in a test. Header names keep their case. */
export interface SipMessage {
  /** Request line or status line. */
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Short forms that Asterisk may use. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  r: 'refer-to',
};
const long = (name: string): string => LONG_NAMES[name.toLowerCase()] ?? name.toLowerCase();

export const parseSip = (text: string): SipMessage => {
  const end = text.indexOf('\r\n\r\n');
  const head = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const headers = head.slice(1).map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { start: head[0] ?? '', headers, body: end < 0 ? '' : text.slice(end + 4) };
};

export const writeSip = (message: SipMessage): string =>
  [
    message.start,
    ...message.headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(message.body)}`,
    '',
    message.body,
  ].join('\r\n');

export const header = (message: SipMessage, name: string): string =>
  message.headers.find(([found]) => long(found) === name.toLowerCase())?.[1] ?? '';

export const headersNamed = (message: SipMessage, name: string): readonly (readonly [string, string])[] =>
  message.headers.filter(([found]) => long(found) === name.toLowerCase());

export const statusOf = (message: SipMessage): number =>
  message.start.startsWith('SIP/2.0 ') ? Number(message.start.slice(8, 11)) : 0;

export const methodOf = (message: SipMessage): string =>
  statusOf(message) > 0
    ? (header(message, 'cseq').split(' ')[1] ?? '')
    : message.start.slice(0, message.start.indexOf(' '));

export const tagOf = (value: string): string => /;tag=([^;>\s]+)/.exec(value)?.[1] ?? '';
export const uriOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? '';

export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** No `telephone-event`: keys travel as SIP INFO, which a test can send without timing. */
export const sdp = (ip: string, rtpPort: number, version: number, direction: MediaDirection): string =>
  [
    'v=0',
    `o=phone 1 ${version} IN IP4 ${ip}`,
    's=-',
    `c=IN IP4 ${ip}`,
    't=0 0',
    `m=audio ${rtpPort} RTP/AVP 8`,
    'a=rtpmap:8 PCMA/8000',
    `a=${direction}`,
    '',
  ].join('\r\n');

/** Where the other side wants its voice. */
export const mediaAddress = (body: string): { ip: string; port: number } | undefined => {
  const ip = /^c=IN IP4 (\S+)/m.exec(body)?.[1];
  const port = Number(/^m=audio (\d+)/m.exec(body)?.[1] ?? 0);
  return ip !== undefined && port > 0 ? { ip, port } : undefined;
};
