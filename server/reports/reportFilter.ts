import { z } from 'zod';
import type { Condition } from '../storage/port.ts';

/** What a list of calls or a report may be narrowed by; the same words in every address of `/reports`. */
export const reportFilterSchema = z.object({
  from: z.coerce.number().int().min(0).meta({ description: 'instant in ms, inclusive' }),
  to: z.coerce.number().int().min(0).meta({ description: 'instant in ms, exclusive' }),
  operatorId: z.string().max(100).optional(),
  unit: z.string().max(200).optional(),
  queue: z.string().max(80).optional(),
  topic: z.string().max(60).optional(),
  scriptId: z.string().max(100).optional(),
  direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
  number: z.string().max(40).optional().meta({ description: "the client's number, from its beginning" }),
  name: z.string().max(80).optional().meta({ description: "the client's name, from its beginning" }),
  disposition: z.string().max(60).optional(),
  outcome: z.enum(['answered', 'abandoned', 'satisfied', 'unsatisfied', 'broken', 'transferred', 'repeat']).optional(),
});
export type ReportFilter = z.output<typeof reportFilterSchema>;
export type Outcome = NonNullable<ReportFilter['outcome']>;

const OUTCOMES: Readonly<Record<Outcome, Readonly<Record<string, Condition>>>> = {
  answered: { answered: true },
  abandoned: { abandoned: true },
  satisfied: { satisfied: true },
  unsatisfied: { satisfied: false },
  broken: { holdsBroken: { gte: 1 } },
  transferred: { transferCount: { gte: 1 } },
  repeat: { repeat: true },
};
/** As the exchange writes numbers: people type `8 906…` and `+7 906…` for the same. */
export const numberPrefix = (typed: string): string => {
  const digits = typed.replaceAll(/[^\d+]/gu, '');
  if (digits.length < 2) return digits;
  return digits.startsWith('8') && digits.length > 4 ? `+7${digits.slice(1)}` : digits;
};

/** Conditions on the columns of the history. */
export function callsWhere(filter: ReportFilter): Record<string, Condition> {
  const { from, to, number, name, outcome, ...equal } = filter;
  return {
    startedAt: { gte: from, lt: to },
    ...Object.fromEntries(Object.entries(equal).filter(([, value]) => value !== undefined && value !== '')),
    ...(number ? { number: { prefix: numberPrefix(number) } } : {}),
    ...(name ? { clientName: { prefix: name.toLowerCase() } } : {}),
    ...(outcome ? OUTCOMES[outcome] : {}),
  };
}

/** Names that a filter's codes have for people. */
export interface FilterNames {
  date(at: number): string;
  operator(id: string): string;
  queue(id: string): string;
  topic(id: string): string;
  disposition(id: string): string;
  script(id: string): string;
}
export const DIRECTION_WORDS = { inbound: 'входящие', outbound: 'исходящие', internal: 'внутренние' } as const;
const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  answered: 'принятые',
  abandoned: 'не дождались',
  satisfied: 'вопрос решён',
  unsatisfied: 'вопрос не решён',
  broken: 'нарушен срок удержания',
  transferred: 'с переводом',
  repeat: 'повторные',
};

/** The filter in words, one line each: stands on the screen and inside every export. */
export function filterText(filter: ReportFilter, names: FilterNames): readonly string[] {
  const lines: [label: string, value: string | undefined][] = [
    ['Период', `${names.date(filter.from)} — ${names.date(filter.to - 1)}`],
    ['Сотрудник', filter.operatorId && names.operator(filter.operatorId)],
    ['Отдел', filter.unit],
    ['Очередь', filter.queue && names.queue(filter.queue)],
    ['Тема', filter.topic && names.topic(filter.topic)],
    ['Сценарий', filter.scriptId && names.script(filter.scriptId)],
    ['Направление', filter.direction && DIRECTION_WORDS[filter.direction]],
    ['Номер начинается с', filter.number],
    ['Имя начинается с', filter.name],
    ['Итог', filter.disposition && names.disposition(filter.disposition)],
    ['Что случилось', filter.outcome && OUTCOME_WORDS[filter.outcome]],
  ];
  return lines.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : []));
}
