import { z } from 'zod';
import { AppError, type ClientKind, type Instant } from '../../../machines/vocabulary/index.ts';
import {
  DEADLINE_RULES,
  type ArticleSummary,
  type ArticleView,
  type DeadlineProposal,
  type DeadlineRule,
  type InquiryHistory,
  type SettingsView,
  type StaffSuggestion,
} from '../../contract/rest.ts';
import type { Article } from '../../knowledge/article.ts';
import type { Person } from '../../people/users.ts';
import type { KnowledgeIndex } from '../../knowledge/search.ts';
import type { Catalogue } from '../../scripts/catalogue.ts';
import {
  articleReply,
  articleSummaryReply,
  deadlineReply,
  inquiryReply,
  publishedScriptReply,
  scriptVersionReply,
  settingsReply,
  staffReply,
} from '../presenters/replies.ts';
import { route, type Route } from '../route.ts';

/** What operators look up while they work. */
export interface WorkRoutesSetup {
  settings(): SettingsView;
  knowledge(): KnowledgeIndex;
  readonly scripts: Catalogue;
  /** Who calls and about what, for answers and people. */
  callContext(callId: string | undefined): {
    readonly clientKind: ClientKind;
    readonly topic?: string;
    /** The client's question in words. */
    readonly about?: string;
  };
  today(): string;
  endOfDay(day: string): Instant;
  suggestStaff(query: { callId?: string | undefined; q: string }): readonly StaffSuggestion[];
  /** Of a promise by its own rule, of a call in the light of who is on the line. */
  deadline(query: {
    readonly rule: DeadlineRule;
    readonly callId?: string | undefined;
    readonly promiseId?: string | undefined;
  }): DeadlineProposal;
  /** Leaves a row of audit: who looked. */
  inquiry(inquiryId: string, person: Person): Promise<InquiryHistory | undefined>;
}

const WORKERS = ['operator', 'supervisor', 'trainer', 'admin'] as const;
const text = z.string().max(200).default('');
const callId = z.string().max(200).optional();

export function workRoutes(setup: WorkRoutesSetup): Route[] {
  return [
    route({
      method: 'get',
      path: '/settings',
      summary: 'What every screen needs before anyone signs in',
      reply: settingsReply,
      handle: () => setup.settings(),
    }),
    ...knowledgeRoutes(setup),
    route({
      method: 'get',
      path: '/staff/suggest',
      summary: 'Whom to transfer to: by topic, life situation and profile of the call, free now first',
      roles: WORKERS,
      query: z.object({ callId, q: text }),
      reply: z.array(staffReply),
      handle: ({ query }) => setup.suggestStaff(query),
    }),
    route({
      method: 'get',
      path: '/calendar/deadline',
      summary: 'A deadline proposed by a rule of the business calendar',
      roles: WORKERS,
      query: z.object({ rule: z.enum(DEADLINE_RULES), callId, promiseId: callId }),
      reply: deadlineReply,
      handle: ({ query }) => setup.deadline(query),
    }),
    route({
      method: 'get',
      path: '/inquiries/{inquiryId}',
      summary: 'One inquiry: all its calls, promises and transfers',
      roles: WORKERS,
      params: z.object({ inquiryId: z.string().max(200) }),
      reply: inquiryReply,
      handle: async ({ params, caller }) => {
        const found = await setup.inquiry(params.inquiryId, caller.person);
        if (!found) throw new AppError('inquiry.unknown', 'no such inquiry', { kind: 'user' });
        return found;
      },
    }),
    route({
      method: 'get',
      path: '/scripts/{scriptId}/versions/{version}',
      summary: 'A published version with its sub-scripts',
      roles: WORKERS,
      params: z.object({ scriptId: z.string().max(100), version: z.coerce.number().int().min(1) }),
      reply: scriptVersionReply,
      handle: async ({ params, response }) => {
        const found = await setup.scripts.version(params.scriptId, params.version);
        if (!found) throw new AppError('script.unknown', 'no such version', { kind: 'user' });
        // A published version never changes.
        response.set('cache-control', 'private, max-age=31536000, immutable');
        return { script: found.script, linked: found.linked, version: found.version };
      },
    }),
    route({
      method: 'get',
      path: '/scripts',
      summary: 'Scripts that are published now',
      roles: WORKERS,
      reply: z.array(publishedScriptReply),
      handle: () =>
        setup.scripts.currentVersions().map(({ scriptId, version, script, publishedAt }) => ({
          scriptId,
          version,
          title: script.title,
          publishedAt,
        })),
    }),
  ];
}

function knowledgeRoutes(setup: WorkRoutesSetup): Route[] {
  const summary = (article: Article): ArticleSummary => ({
    id: article.id,
    title: article.title,
    spoken: article.spoken,
    topic: article.topic,
    audience: article.audience,
    sample: article.sample,
    ...(article.validUntil === undefined ? {} : { validUntil: setup.endOfDay(article.validUntil) }),
  });
  return [
    route({
      method: 'get',
      path: '/knowledge/search',
      summary: 'Prepared answers as you type: word forms, slips and the other keyboard layout; topic of the call first',
      roles: WORKERS,
      query: z.object({ q: text, topic: z.string().max(60).optional(), callId }),
      reply: z.array(articleSummaryReply),
      handle: ({ query }) => {
        const context = setup.callContext(query.callId);
        const topic = query.topic ?? context.topic;
        const answer = setup.knowledge().search({
          text: query.q,
          clientKind: context.clientKind,
          day: setup.today(),
          ...(topic === undefined ? {} : { topic }),
          ...(context.about === undefined ? {} : { about: context.about }),
        });
        return answer.hits.map((hit) => summary(hit.article));
      },
    }),
    route({
      method: 'get',
      path: '/knowledge/{articleId}',
      summary: 'One prepared answer with its details',
      roles: WORKERS,
      params: z.object({ articleId: z.string().max(60) }),
      reply: articleReply,
      handle: ({ params }): ArticleView => {
        const found = setup.knowledge().get(params.articleId);
        if (!found) throw new AppError('article.unknown', 'no such article', { kind: 'user' });
        return { ...summary(found), details: found.details };
      },
    }),
  ];
}
