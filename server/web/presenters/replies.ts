import { z } from 'zod';
import { ROLES } from '../../../machines/vocabulary/index.ts';
import { DEADLINE_RULES } from '../../contract/rest.ts';
import type {
  ArticleSummary,
  ArticleView,
  DeadlineProposal,
  InquiryCall,
  InquiryCallback,
  InquiryHistory,
  SessionView,
  SettingsView,
  StaffSuggestion,
} from '../../contract/rest.ts';

/** The answers of `/api/v1` that other systems read too, for the OpenAPI document; the types hold them to the contract. */
type Documented<View> = { readonly [Key in keyof View]-?: z.ZodType };

const instant = z.number().int().meta({ description: 'instant, ms since 1970-01-01 UTC' });
const duration = z.number().int().min(0).meta({ description: 'duration, ms' });
const text = z.string();
const role = z.enum(ROLES);
const coded = z.object({
  code: text,
  label: text.meta({ description: 'Russian' }),
  en: text.optional().meta({ description: 'English' }),
});

export const sessionReply = z.object({
  user: z.object({
    id: text,
    name: text,
    roles: z.array(role),
    unit: text,
    device: text.optional(),
  } satisfies Documented<SessionView['user']>),
  devices: z.array(
    z.object({
      device: text.meta({ description: "the exchange's name of the telephone: PJSIP/101" }),
      label: text,
    } satisfies Documented<SessionView['devices'][number]>),
  ),
} satisfies Documented<SessionView>);

export const settingsReply = z.object({
  organizationName: text,
  timeZone: text.meta({ description: 'IANA name' }),
  dispositions: z.array(
    coded.extend({
      directions: z.array(z.enum(['inbound', 'outbound', 'internal'])).optional(),
      satisfied: z.boolean().nullable().optional(),
      noteRequired: z.boolean().optional(),
    }),
  ),
  pauseReasons: z.array(coded),
  topics: z.array(coded).optional(),
  demo: z
    .object({ signIns: z.array(z.object({ login: text, password: text, name: text, roles: z.array(role) })) })
    .optional()
    .meta({ description: 'only with the demonstration exchange' }),
} satisfies Documented<SettingsView>);

const summary = {
  id: text,
  title: text,
  spoken: text.meta({ description: 'what to say aloud' }),
  topic: text.optional(),
  audience: z.enum(['everyone', 'external', 'internal']),
  sample: z.boolean().meta({ description: 'yet to be filled in by the organisation: not to be told to a client' }),
  validUntil: instant.optional(),
} satisfies Documented<ArticleSummary>;
export const articleSummaryReply = z.object(summary);
export const articleReply = z.object({
  ...summary,
  details: text.meta({ description: 'Markdown, not spoken' }),
} satisfies Documented<ArticleView>);

export const staffReply = z.object({
  name: text,
  unit: text,
  position: text,
  extension: text,
  free: z.boolean().meta({ description: 'by the state of the telephone now' }),
  inHours: z.boolean().meta({ description: 'by the hours of the staff directory; an operator must be on shift too' }),
  topics: z.array(text),
  matches: z
    .array(z.enum(['topic', 'usual', 'situation', 'profile']))
    .meta({ description: 'why this person; `usual`: the topic of the line or script' }),
} satisfies Documented<StaffSuggestion>);

export const deadlineReply = z.object({
  dueAt: instant,
  latestAt: instant.optional(),
  rule: z.enum(DEADLINE_RULES),
  choices: z.array(z.object({ dueAt: instant })),
} satisfies Documented<DeadlineProposal>);

const inquiryCall = z.object({
  callId: text,
  at: instant,
  direction: z.enum(['inbound', 'outbound', 'internal']),
  operators: z.array(text),
  talkMs: duration,
  disposition: text.optional(),
  note: text.optional(),
  learned: z.array(z.object({ label: text, value: text })),
  holds: z.array(
    z.object({
      promisedMs: duration.optional(),
      realMs: duration,
      outcome: z.enum(['kept', 'broken', 'clientLeft', 'unpromised', 'open']),
    }),
  ),
  transfers: z.array(z.object({ kind: z.enum(['blind', 'attended']), to: text, at: instant })),
} satisfies Documented<InquiryCall>);
const inquiryCallback = z.object({
  promiseId: text,
  madeAt: instant,
  dueAt: instant,
  question: text,
  owner: text.optional(),
  outcome: z.enum(['open', 'kept', 'keptLate', 'broken', 'unreachable', 'cancelled']),
  attempts: z.array(z.object({ at: instant, outcome: text, note: text.optional() })),
} satisfies Documented<InquiryCallback>);
export const inquiryReply = z.object({
  id: text,
  topic: text.optional(),
  openedAt: instant,
  closed: z.object({ at: instant, satisfied: z.boolean() }).optional(),
  client: z.object({ number: text, name: text.optional() }),
  transfers: z.object({ count: z.number().int(), limit: z.number().int() }),
  calls: z.array(inquiryCall),
  callbacks: z.array(inquiryCallback),
  earlier: z
    .array(
      z.object({
        at: instant,
        summary: text,
        inquiryId: text,
        outcome: z.enum(['satisfied', 'unsatisfied', 'promiseKept', 'promiseBroken', 'promiseOpen']).optional(),
      }),
    )
    .optional(),
} satisfies Documented<InquiryHistory>);

const anyScript = z.looseObject({}).meta({ description: 'a script by scripts-library/script.schema.json' });
export const scriptVersionReply = z.object({
  script: anyScript,
  linked: z.record(text, z.looseObject({})).meta({ description: 'sub-scripts by id' }),
  version: z.number().int(),
});
export const publishedScriptReply = z.object({
  scriptId: text,
  version: z.number().int(),
  title: z.object({ ru: text, en: text.optional() }),
  publishedAt: instant,
});
