/**
 * One Russian line as trunks and people write it: `+79065550102`, `79065550102`, `89065550102`, `9065550102`. A trunk gives
 * one form, a promise to call back keeps another: who looks for a client's calls looks for all. Other numbers are as they are.
 */
export function numberForms(number: string): readonly string[] {
  const inner = /^[78]?(\d{10})$/u.exec(number.replace(/[^\d]/gu, ''))?.[1];
  return inner === undefined ? [number] : [...new Set([number, `+7${inner}`, `7${inner}`, `8${inner}`, inner])];
}
