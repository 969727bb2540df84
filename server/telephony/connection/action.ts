import { AppError } from '../../../machines/vocabulary/index.ts';
import type { AmiFields } from './connection.ts';

/** An action that may go on the wire: every line of it was checked. */
export interface CheckedAction {
  readonly name: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** Asterisk reads a line into 1,024 bytes and cuts what is longer. */
const MAX_LINE_BYTES = 1_000;
/** Asterisk keeps 128 headers of an action and forgets the rest. */
const MAX_HEADERS = 120;

const NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** Asterisk takes a lone LF for the end of a line as well. */
// oxlint-disable-next-line no-control-regex
const BREAKS_A_LINE = /[\r\n\0]/;
/** A name may be a function, as `CALLERID(num)`; `=` and `,` would end it. */
// oxlint-disable-next-line no-control-regex
const BREAKS_A_NAME = /[\r\n\0=,]/;

/** `Command` runs anything on the exchange and its output has no bound; log-in is the connection's own affair. */
const FORBIDDEN: ReadonlySet<string> = new Set(['command', 'login', 'logoff', 'challenge']);

/**
 * Checks name and fields of an action and makes strings of all values.
 * Throws `AppError` `telephony.badValue`, whose `details.key` says where; values are never in it, they may be secret.
 */
export const checkAction = (name: string, id: string, fields: AmiFields): CheckedAction => {
  if (!NAME.test(name)) throw badValue('Action', 'is no name of an action');
  if (FORBIDDEN.has(name.toLowerCase())) throw badValue('Action', `${name} is never sent`);
  return checkFields(name, id, fields);
};

/** The same without the list of forbidden actions: for the log-in itself. */
export const checkFields = (name: string, id: string, fields: AmiFields): CheckedAction => {
  const checked = Object.create(null) as Record<string, string | Record<string, string>>;
  let headers = 2;
  for (const [key, value] of Object.entries(fields)) {
    if (!KEY.test(key)) throw badValue(key, 'is no key');
    if (['action', 'actionid'].includes(key.toLowerCase())) throw badValue(key, 'is set by the connection');
    const clean = isGroup(value) ? checkGroup(key, value) : checkText(key, value);
    checked[key] = clean;
    headers += typeof clean === 'string' ? 1 : Object.keys(clean).length;
    if (headers > MAX_HEADERS) throw badValue(key, `is beyond ${String(MAX_HEADERS)} headers`);
  }
  return { name, id, fields: checked };
};

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const checkGroup = (key: string, group: Record<string, unknown>): Record<string, string> => {
  const checked = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(group)) {
    if (name === '' || BREAKS_A_NAME.test(name)) throw badValue(key, 'has a bad name in it');
    checked[name] = escapeForVariable(checkText(key, value, name));
    checkLength(key, `${name}=${checked[name]}`);
  }
  return checked;
};

const checkText = (key: string, value: unknown, name = ''): string => {
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'boolean' || Number.isFinite(value)
        ? String(value)
        : undefined;
  if (text === undefined) throw badValue(key, 'is no text');
  if (BREAKS_A_LINE.test(text)) throw badValue(key, 'has a line break or a NUL in it');
  checkLength(key, name === '' ? text : `${name}=${text}`);
  return text;
};

const checkLength = (key: string, text: string): void => {
  if (Buffer.byteLength(`${key}: ${text}\r\n`) > MAX_LINE_BYTES) {
    throw badValue(key, `makes a line of more than ${String(MAX_LINE_BYTES)} bytes`);
  }
};

/** Asterisk splits a `Variable` line at commas outside quotes and takes quotes and backslashes away. */
const escapeForVariable = (text: string): string => text.replace(/[\\",]/g, '\\$&');

const badValue = (key: string, why: string): AppError => {
  const shown = key.replace(/[^\w-]/g, '?').slice(0, 40);
  return new AppError('telephony.badValue', `The field ${shown} ${why}; nothing was sent.`, {
    kind: 'user',
    details: { key: shown },
  });
};
