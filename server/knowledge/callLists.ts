import { z } from 'zod';
import { code as id } from './code.ts';
import { bothLanguages } from './issueWords.ts';

const text = z.string().trim().min(2).max(300);
const label = z.strictObject({ ru: text.max(80), en: text.max(80) });
/** What an organisation writes for itself may stand in one language. */
const local = z.union([text, z.strictObject({ ru: text, en: text.exactOptional() })]);

const withoutRepeats = (items: readonly { readonly id: string }[]): boolean =>
  new Set(items.map((item) => item.id)).size === items.length;
const REPEATED = bothLanguages('коды в списке не должны повторяться', 'codes in the list must not repeat');

/** How a call ended, as the operator marks it in wrap-up. */
const disposition = z.strictObject({
  id,
  label,
  /** Whether the client's need was met by the end of the call (3.5.5); `null` when there was no conversation. */
  satisfied: z.boolean().nullable(),
  directions: z.array(z.enum(['inbound', 'outbound', 'internal'])).min(1),
  /** Said to the operator who hesitates between two. */
  about: text,
  /** Free words are asked for. */
  noteRequired: z.boolean().default(false),
});
export const dispositionsSchema = z.strictObject({
  dispositions: z.array(disposition).min(1).max(60).refine(withoutRepeats, REPEATED),
});
export type Disposition = z.output<typeof disposition>;

/** Why an operator takes no calls. */
const pauseReason = z.strictObject({
  id,
  label,
  /** Counted as work (callback, paperwork) or as rest. */
  counts: z.enum(['work', 'rest']),
  /** After so many minutes the supervisor is told; none for those without a limit. */
  limitMinutes: z.int().min(1).max(480).optional(),
});
export const pauseReasonsSchema = z.strictObject({
  pauseReasons: z.array(pauseReason).min(1).max(30).refine(withoutRepeats, REPEATED),
});
export type PauseReason = z.output<typeof pauseReason>;

/** What a supervisor judges in a call. */
const criterion = z.strictObject({
  id,
  label,
  /** The clause that asks for it. */
  clause: z
    .string()
    .regex(/^\d+(\.\d+)+(-[а-г])?$/u, bothLanguages('пункт пишется как 3.5.2', 'a clause is written as 3.5.2')),
  about: local,
  /** What full marks and none look like, so that two supervisors judge alike. */
  full: local,
  none: local,
  weight: z.int().min(1).max(10),
  /** When it does not apply, such as hold in a call without one. */
  appliesWhen: local.optional(),
});
const criteriaGroup = z.strictObject({ id, label, criteria: z.array(criterion).min(1).max(20) });
export const reviewCriteriaSchema = z.strictObject({
  /** Marks from 0 to this number. */
  scale: z.int().min(1).max(10),
  groups: z
    .array(criteriaGroup)
    .min(1)
    .max(10)
    .refine((groups) => withoutRepeats(groups.flatMap((group) => group.criteria)), REPEATED),
});
export type ReviewCriteria = z.output<typeof reviewCriteriaSchema>;
