import { str, type Plain } from '../texts.ts';

/** What only one type of answer has: how each limit is shown. Kept apart, so that another type takes none of them along. */
export type Limit =
  | { readonly key: string; readonly as: 'number' | 'day' | 'flag' }
  | { readonly key: string; readonly as: 'one'; readonly of: readonly string[] };

export const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  text: [
    { key: 'format', as: 'one', of: ['name', 'email'] },
    { key: 'minLength', as: 'number' },
    { key: 'maxLength', as: 'number' },
  ],
  phone: [{ key: 'extensions', as: 'flag' }],
  date: [
    { key: 'notBefore', as: 'day' },
    { key: 'notAfter', as: 'day' },
  ],
  number: [
    { key: 'min', as: 'number' },
    { key: 'max', as: 'number' },
    { key: 'fraction', as: 'flag' },
  ],
  choice: [],
  checklist: [{ key: 'atLeast', as: 'number' }],
};
export const QUESTION_TYPES = ['text', 'phone', 'date', 'choice', 'checklist', 'number'] as const;
export const hasOptions = (type: string): boolean => type === 'choice' || type === 'checklist';

/** The limits in words; '' when there are none. */
export function limitWords(question: Plain, tell: (key: string) => string): string {
  const limits = (LIMITS[str(question['type'])] ?? []).flatMap((limit): string[] => {
    const value = question[limit.key];
    if (value === undefined || value === false) return [];
    const label = tell(`question.limit.${limit.key}`);
    if (limit.as === 'flag') return [label];
    const told = typeof value === 'number' ? String(value) : str(value);
    const isWord = limit.as === 'one' || told === 'today';
    return [`${label}: ${isWord ? tell(`question.limitValue.${told}`) : told}`];
  });
  return [...limits, question['learned'] === false && tell('question.unlearned')].filter(Boolean).join('; ');
}
