import { isPlain, plainList, type Plain } from '../texts.ts';

/** Rules of one event of the line, in order: the first whose condition holds is taken. */
export function rulesOf(value: unknown): readonly Plain[] {
  if (typeof value === 'string') return [{ to: value }];
  return Array.isArray(value) ? plainList(value) : isPlain(value) ? [value] : [];
}

/** Back into the format, in its shortest form; undefined when no rule is left. */
export function fromRules(rules: readonly Plain[]): unknown {
  const [only, ...more] = rules;
  if (!only || more.length > 0) return only && rules;
  return Object.keys(only).length === 1 && typeof only['to'] === 'string' ? only['to'] : only;
}

/** Rules behind one that always holds are never come to: how many stand there in vain. */
export function neverReached(rules: readonly Plain[]): number {
  const always = rules.findIndex((rule) => rule['when'] === undefined);
  return always < 0 ? 0 : rules.length - always - 1;
}
