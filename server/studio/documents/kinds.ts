import { z } from 'zod';
import { weekSchema, yearSchema } from '../../calendar/calendarData.ts';
import { articleHead, type Article } from '../../knowledge/article.ts';
import { DETAILS_WANTED } from '../../knowledge/articleFile.ts';
import { dispositionsSchema, pauseReasonsSchema, reviewCriteriaSchema } from '../../knowledge/callLists.ts';
import { contactPointsSchema } from '../../knowledge/contactPoints.ts';
import { staffMemberSchema } from '../../knowledge/staff.ts';
import { readWorkHours } from '../../knowledge/workHours.ts';
import { topicsSchema } from '../../knowledge/topics.ts';
import { bothLanguages, issueWords } from '../../knowledge/issueWords.ts';
import { isPlain } from '../source/values.ts';
import type { DocumentFault, SiteDocumentKind } from '../../contract/index.ts';

export type Checked =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly DocumentFault[] };

export const staffSchema = z.strictObject({ staff: z.array(staffMemberSchema).max(5_000) }).check((ctx) => {
  const seen = new Set<string>();
  for (const [index, { extension }] of ctx.value.staff.entries()) {
    if (seen.has(extension))
      ctx.issues.push({
        code: 'custom',
        path: ['staff', index, 'extension'],
        message: bothLanguages(
          `внутренний номер ${extension} уже есть у другого сотрудника`,
          `another person has the extension ${extension} already`,
        ),
        input: extension,
      });
    seen.add(extension);
  }
});

interface Kind {
  /** What follows from other parts is worked out anew before a document is checked and kept. */
  complete?(content: unknown): unknown;
  /** Documents with ids of their own; the others are one document named after the kind. */
  readonly many: boolean;
  readonly title: string;
  check(content: unknown, id: string): Checked;
}
const bySchema =
  (schema: z.ZodType) =>
  (content: unknown): Checked => {
    const parsed = schema.safeParse(content, { reportInput: true });
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, faults: parsed.error.issues.map(faultOf) };
  };
const faultOf = (issue: z.core.$ZodIssue): DocumentFault => ({
  path: issue.path.filter((each): each is string | number => typeof each !== 'symbol'),
  message: issueWords(issue),
});
const one = (title: string, schema: z.ZodType): Kind => ({ many: false, title, check: bySchema(schema) });

/** What each kind of document must be: the schemas of the library folder. */
export const KINDS: Readonly<Record<SiteDocumentKind, Kind>> = {
  article: { many: true, title: 'Статья', check: checkArticle },
  contactPoints: one('Точки контакта', contactPointsSchema),
  staff: { ...one('Справочник сотрудников', staffSchema), complete: withHours, check: checkStaff },
  dispositions: one('Итоги звонка', dispositionsSchema),
  pauseReasons: one('Причины паузы', pauseReasonsSchema),
  reviewCriteria: one('Критерии оценки разговора', reviewCriteriaSchema),
  topics: one('Темы, ситуации и профили', topicsSchema),
  calendarWeek: one('Рабочая неделя и сроки', weekSchema),
  calendarYear: { many: true, title: 'Производственный календарь', check: checkYear },
};

/** Hours are written as people write them; what they mean follows from the words. */
function withHours(content: unknown): unknown {
  if (!isPlain(content) || !Array.isArray(content.staff)) return content;
  const staff = content.staff.map((member: unknown) => {
    const hours = isPlain(member) && typeof member.hoursText === 'string' ? readWorkHours(member.hoursText) : undefined;
    return hours && isPlain(member) ? { ...member, hours } : member;
  });
  return { ...content, staff };
}
function checkStaff(content: unknown): Checked {
  const checked = bySchema(staffSchema)(content);
  if (!checked.ok) return checked;
  const faults = (checked.value as z.output<typeof staffSchema>).staff.flatMap(({ hoursText }, index) =>
    readWorkHours(hoursText)
      ? []
      : [
          {
            path: ['staff', index, 'hoursText'],
            message: {
              ru: 'часы пишутся так: пн-чт 9:00-18:00, пт 9:00-16:45',
              en: 'hours are written in Russian days: пн-чт 9:00-18:00, пт 9:00-16:45',
            },
          },
        ],
  );
  return faults.length > 0 ? { ok: false, faults } : checked;
}
function checkArticle(content: unknown, id: string): Checked {
  const { details, ...head } = isPlain(content) ? content : {};
  const checked = bySchema(articleHead)(head);
  const faults: DocumentFault[] = checked.ok ? [] : [...checked.faults];
  if (typeof details !== 'string' || details.trim() === '')
    faults.push({
      path: ['details'],
      message: DETAILS_WANTED,
    });
  if (head.id !== id)
    faults.push({
      path: ['id'],
      message: {
        ru: 'код статьи не меняется: по нему статью находят в отчётах',
        en: 'the code of an article never changes: reports find it by that',
      },
    });
  if (faults.length > 0 || !checked.ok) return { ok: false, faults };
  return { ok: true, value: { ...(checked.value as Article), details } };
}
function checkYear(content: unknown, id: string): Checked {
  const checked = bySchema(yearSchema)(content);
  if (!checked.ok || (isPlain(content) && String(content.year) === id)) return checked;
  return {
    ok: false,
    faults: [{ path: ['year'], message: { ru: `это календарь ${id} года`, en: `this is the calendar of ${id}` } }],
  };
}

/** What the list shows of one. */
export function titleOfDocument(kind: SiteDocumentKind, content: unknown): string {
  if (!isPlain(content)) return KINDS[kind].title;
  if (kind === 'article' && typeof content.title === 'string') return content.title;
  return kind === 'calendarYear' ? `${KINDS[kind].title}, ${String(content.year)}` : KINDS[kind].title;
}
