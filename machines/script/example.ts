import { DAY, HOUR } from '../vocabulary/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import type { Known } from './known.ts';
import { VARIABLES } from './variables.ts';
import type { Question } from './types.ts';
import type { FieldValue } from './view.ts';

/** A call as examples show it: the trainer's preview of a line, the walks over all paths, the documentation. */
export const EXAMPLE_NOW: Instant = Date.UTC(2026, 10, 26, 7, 5);

export const exampleKnown = (now: Instant = EXAMPLE_NOW): Known => ({
  now,
  timeZone: 'Europe/Moscow',
  workingHours: true,
  hours: {
    schedule: { ru: VARIABLES['hours.schedule'].example ?? '', en: 'on working days from 9:00 to 18:00' },
    nextOpenAt: now + 23 * HOUR,
  },
  organization: {
    ru: VARIABLES.organization.example ?? '',
    en: 'Ministry of Education and Science of the Kursk Region',
  },
  operator: { fullName: 'Смирнова Анна Петровна', position: 'специалист', unit: 'справочная служба' },
  client: { kind: 'external', number: '+79065550101', name: 'Пётр Сергеевич', earlierCalls: 1 },
  call: { phase: 'talking', direction: 'inbound', isCallback: false },
  inquiry: { callNumber: 1, question: 'когда придёт направление в детский сад' },
  transfers: { count: 0, limit: 2, extra: 0 },
  hold: { state: 'named', promisedMs: 120_000 },
  holds: 0,
  callback: { number: '+79065550101', dueAt: now + DAY + 6 * HOUR, promised: false },
  deadlines: {
    callback: now + DAY + 6 * HOUR,
    internal: now + 10 * HOUR,
    appeal: now + 29 * DAY,
    forwarding: now + 7 * DAY,
    social: now + 3 * HOUR,
  },
});

/** An answer that passes the question's check. */
export function exampleAnswer(question: Question): FieldValue {
  switch (question.type) {
    case 'text':
      if (question.format === 'email') return 'petrov@example.ru';
      return question.format === 'name'
        ? 'Пётр Сергеевич'
        : 'подробности со слов клиента'.padEnd(question.minLength ?? 0, '.').slice(0, question.maxLength ?? 500);
    case 'phone':
      return '+79065550101';
    case 'date': {
      const limit = question.notBefore ?? question.notAfter;
      return limit === undefined || limit === 'today' ? '2026-11-26' : limit;
    }
    case 'number':
      return question.min ?? Math.min(1, question.max ?? 1);
    case 'choice':
      return question.options[0]?.value ?? '';
    case 'checklist':
      return question.options.map((option) => option.value);
  }
}
