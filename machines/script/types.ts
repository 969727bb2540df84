import type { z } from 'zod';
import type { scriptSchema } from './format.ts';
import type { questionSchema } from './schema/question.ts';
import type { ASKED_EFFECTS, DEADLINE_RULES, REACTION_FACTS } from './names.ts';
import type { choiceSchema, stepSchema } from './schema/step.ts';
import type { localTextSchema } from './schema/text.ts';

/**
 * The format's types, made from its schemas by type imports alone: whoever imports this file carries no zod.
 */
export type Script = z.infer<typeof scriptSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Choice = z.infer<typeof choiceSchema>;
export type Question = z.infer<typeof questionSchema>;
export type LocalText = z.infer<typeof localTextSchema>;
export type Reactions = NonNullable<Script['on']>;
export type ReactionFact = (typeof REACTION_FACTS)[number];
export type Reaction = Extract<NonNullable<Reactions[ReactionFact]>, readonly unknown[]>[number];
export type AskedEffect = (typeof ASKED_EFFECTS)[number];
export type DeadlineRule = (typeof DEADLINE_RULES)[number];
export type Fills = NonNullable<Question['fills']>;
export type { Condition, Operators } from './schema/condition.ts';
