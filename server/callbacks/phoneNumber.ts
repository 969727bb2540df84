import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';

export type ReadNumber =
  | {
      readonly ok: true;
      /** E.164 (`+79065550101`), or the digits of an internal extension. */
      readonly number: string;
      /** As people write it: `+7 906 555-01-01`. */
      readonly human: string;
      /** Digits of an extension that was written behind it: `доб. 123`. */
      readonly extension?: string;
    }
  | { readonly ok: false; readonly reason: 'number.invalid' };

const INTERNAL = /^\d{2,5}$/;

/**
 * Reads a number as people write it: `8 (906) 555-01-01`, `9065550101`, `8 4712 70-00-00 доб. 123`. `internal`: a short number
 * of a colleague is one too.
 */
export const readNumber = (raw: string, options: { country: CountryCode; internal: boolean }): ReadNumber => {
  const plain = raw.trim();
  if (options.internal && INTERNAL.test(plain)) return { ok: true, number: plain, human: plain };
  const parsed = parsePhoneNumberFromString(plain, options.country);
  if (parsed === undefined || !parsed.isValid()) return { ok: false, reason: 'number.invalid' };
  const extension = parsed.ext === undefined ? {} : { extension: parsed.ext };
  return { ok: true, number: parsed.number, human: humanNumber(parsed.number), ...extension };
};

/** E.164 → as people read it aloud; anything else as it is. */
export const humanNumber = (number: string): string => {
  const parsed = number.startsWith('+') ? parsePhoneNumberFromString(number) : undefined;
  if (parsed === undefined) return number;
  const [code = '', ...rest] = parsed.formatInternational().split(' ').slice(1);
  // In Russia the code is followed by groups joined with dashes: +7 906 555-01-01.
  return parsed.countryCallingCode === '7' ? `+7 ${code} ${rest.join('-')}` : parsed.formatInternational();
};
