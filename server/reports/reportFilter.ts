import { z } from 'zod';
import type { ReportPeriod } from '../contract/index.ts';
import type { Condition } from '../storage/port.ts';
import type { ReportWords } from './words/reportWords.ts';

/** In what words an answer comes; the screen asks for its own language. */
export const inLanguage = { language: z.enum(['ru', 'en']).default('ru') };
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

/** Names that a filter's codes have for people, and the words around them, in one language. */
export interface FilterNames {
  readonly words: ReportWords;
  readonly date: (at: number) => string;
  readonly operator: (id: string) => string;
  readonly queue: (id: string) => string;
  readonly topic: (id: string) => string;
  readonly disposition: (id: string) => string;
  readonly script: (id: string) => string;
}

/** `01.11.2026 — 30.11.2026`, or the one day. */
export const daysIn = ({ from, to }: ReportPeriod, { date }: Pick<FilterNames, 'date'>): string =>
  [...new Set([date(from), date(to - 1)])].join(' — ');

/** The filter in words, one line each: stands on the screen and inside every export. */
export function filterText(filter: ReportFilter, names: FilterNames): readonly string[] {
  const { words } = names;
  const lines: [label: keyof ReportWords['filter'], value: string | undefined][] = [
    ['period', daysIn(filter, names)],
    ['operator', filter.operatorId && names.operator(filter.operatorId)],
    ['unit', filter.unit],
    ['queue', filter.queue && names.queue(filter.queue)],
    ['topic', filter.topic && names.topic(filter.topic)],
    ['script', filter.scriptId && names.script(filter.scriptId)],
    ['direction', filter.direction && words.direction[filter.direction]],
    ['number', filter.number],
    ['name', filter.name],
    ['disposition', filter.disposition && names.disposition(filter.disposition)],
    ['outcome', filter.outcome && words.outcome[filter.outcome]],
  ];
  return lines.flatMap(([label, value]) => (value ? [`${words.filter[label]}: ${value}`] : []));
}
