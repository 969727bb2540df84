/**
 * A number as people write it: `+7 906 555-01-01`; an extension or a short service number stays as it is.
 * Numbers come from the exchange as digits, perhaps with `+`, `8` or nothing before the ten of Russia.
 */
export function formatPhone(raw: string): string {
  const text = raw.trim();
  const digits = text.replace(/\D/g, '');
  const national =
    digits.length === 11 && /^[78]/.test(digits)
      ? digits.slice(1)
      : digits.length === 10 && !text.startsWith('+')
        ? digits
        : undefined;
  if (national !== undefined) {
    return `+7 ${national.slice(0, 3)} ${national.slice(3, 6)}-${national.slice(6, 8)}-${national.slice(8)}`;
  }
  if (digits.length < 7 || !text.startsWith('+')) return text;
  return `+${digits.replace(/(\d{1,3})(?=(\d{3})+$)/g, '$1 ')}`;
}

/** The same while typing: a whole Russian number is written properly, an unfinished one is left alone. */
export const tidyPhone = (typed: string): string => {
  const digits = typed.replace(/\D/g, '');
  const whole = digits.length === 11 && /^[78]/.test(digits);
  return whole || (digits.length === 10 && digits.startsWith('9')) ? formatPhone(typed) : typed;
};
