/** Ten digits after the country. No code begins with 79 or 89: such ten are a mobile number that lost its last digit. */
const NATIONAL = /^(?!79|89)[3-9]\d{9}$/;

/**
 * Numbers as an operator types them. Deliberately small: what a script asks for is a Russian number, an international
 * one with `+`, or an extension; whether it can be dialled is decided where it is dialled.
 */
export function normalisePhone(typed: string, extensions: boolean): string | undefined {
  if (!/^[\d\s()+.\-–—]{2,40}$/u.test(typed)) return undefined;
  const digits = typed.replace(/\D/g, '');
  const international = typed.trim().startsWith('+');
  if (/[^\s(]\+/.test(typed.trim())) return undefined;
  if (international) {
    if (digits.startsWith('7')) return NATIONAL.test(digits.slice(1)) ? `+${digits}` : undefined;
    return /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : undefined;
  }
  if (/^[78]/.test(digits) && NATIONAL.test(digits.slice(1))) return `+7${digits.slice(1)}`;
  if (NATIONAL.test(digits)) return `+7${digits}`;
  return extensions && /^\d{2,6}$/.test(digits) ? digits : undefined;
}

/** "+7 906 555-01-01"; other numbers stay as they are. */
export function sayPhone(number: string): string {
  const match = /^\+?7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  return match ? `+7 ${match[1] ?? ''} ${match[2] ?? ''}-${match[3] ?? ''}-${match[4] ?? ''}` : number;
}
