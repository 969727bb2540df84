import { z } from 'zod';
import { textIn } from '../../../machines/script/localText.ts';
import type { Language } from '../../../machines/vocabulary/index.ts';
import { fullName } from '../../people/users.ts';
import { lastWeeks } from '../../reports/periods.ts';
import { inLanguage } from '../../reports/reportFilter.ts';
import type { ReviewCriteria } from '../../knowledge/callLists.ts';
import type { ReviewForm } from '../../contract/reviews.ts';
import type { ReviewRoom } from '../../reviews/reviewRoom.ts';
import { route, type Route } from '../route.ts';
import type { Look } from './reports.ts';

export interface ReviewRoutesSetup {
  readonly reviews: ReviewRoom;
  readonly timeZone: string;
  readonly look: Look;
  now(): number;
}
const JUDGES = ['supervisor'] as const;
const any = z.looseObject({});
const WEEKS = 12;
const whose = { operatorId: z.string().max(100).optional(), unit: z.string().max(200).optional() };
const chosen = ({ operatorId, unit }: { operatorId?: string | undefined; unit?: string | undefined }) => ({
  ...(operatorId ? { operatorId } : {}),
  ...(unit ? { unit } : {}),
});
const reviewId = z.object({ id: z.string().max(500) });
const said = z.string().trim().max(4_000);

export const reviewRoutes = (setup: ReviewRoutesSetup): Route[] => [
  ...judging(setup),
  ...answering(setup),
  ...figures(setup),
];

const judging = ({ reviews, look }: ReviewRoutesSetup): Route[] => [
  route({
    method: 'get',
    path: '/reviews/form',
    summary: 'Criteria by which calls are judged (3.5.2, 3.5.7)',
    roles: ['supervisor', 'operator', 'trainer', 'admin'],
    query: z.object(inLanguage),
    reply: any,
    handle: ({ query }): ReviewForm => shown(reviews.form(), query.language),
  }),
  route({
    method: 'post',
    path: '/reviews',
    summary: 'Judges a call; the operator is told',
    roles: JUDGES,
    body: z.object({
      callId: z.string().max(200),
      operatorId: z.string().max(100).optional(),
      marks: z.record(z.string().max(60), z.number().nullable()),
      comment: said.default(''),
    }),
    reply: any,
    handle: async ({ body, caller: { person } }) => {
      const review = await reviews.judge(body, { id: person.id, name: fullName(person) });
      look(person, 'review.made', body.callId, { score: review.score ?? -1 });
      return review;
    },
  }),
];

const answering = ({ reviews, look }: ReviewRoutesSetup): Route[] => [
  route({
    method: 'get',
    path: '/reviews/mine',
    summary: 'Reviews of the operator who asks, newest first',
    roles: ['operator'],
    reply: z.array(any),
    handle: ({ caller }) => reviews.ofOperator(caller.person.id),
  }),
  route({
    method: 'post',
    path: '/reviews/{id}/answer',
    summary: "The operator's word on a review, once",
    roles: ['operator'],
    params: reviewId,
    body: z.object({ text: said.min(1) }),
    reply: any,
    handle: async ({ params, body, caller: { person } }) => {
      const review = await reviews.answer(params.id, body.text, person.id, fullName(person));
      look(person, 'review.answered', review.callId);
      return review;
    },
  }),
  route({
    method: 'post',
    path: '/reviews/{id}/seen',
    summary: 'The operator has read it',
    roles: ['operator'],
    params: reviewId,
    reply: null,
    handle: async ({ params, caller, response }) => {
      await reviews.seen(params.id, caller.person.id);
      response.status(204).end();
    },
  }),
];

const figures = ({ reviews, ...setup }: ReviewRoutesSetup): Route[] => [
  route({
    method: 'get',
    path: '/reviews',
    summary: 'Reviews of a period, newest first',
    roles: JUDGES,
    query: z.object({ ...whose, from: z.coerce.number().int(), to: z.coerce.number().int() }),
    reply: z.array(any),
    handle: ({ query }) => reviews.list({ ...chosen(query), from: query.from, to: query.to }),
  }),
  route({
    method: 'get',
    path: '/reviews/trend',
    summary: 'Scores by week and by criterion, the later half beside the earlier',
    roles: JUDGES,
    query: z.object({ ...whose, ...inLanguage }),
    reply: any,
    handle: ({ query }) => reviews.trend(chosen(query), lastWeeks(setup.now(), WEEKS, setup.timeZone), query.language),
  }),
  route({
    method: 'get',
    path: '/reviews/calibration',
    summary: 'Reviews of one call beside each other, the widest difference first',
    roles: JUDGES,
    query: z.object({ callId: z.string().max(200), ...inLanguage }),
    reply: any,
    handle: ({ query }) => reviews.calibration(query.callId, query.language),
  }),
];

const shown = (form: ReviewCriteria, language: Language): ReviewForm => ({
  scale: form.scale,
  groups: form.groups.map(({ id, label, criteria }) => ({
    id,
    label: label[language],
    criteria: criteria.map(({ label: name, about, full, none, appliesWhen, ...criterion }) => ({
      ...criterion,
      label: name[language],
      about: textIn(about, language),
      full: textIn(full, language),
      none: textIn(none, language),
      ...(appliesWhen === undefined ? {} : { appliesWhen: textIn(appliesWhen, language) }),
    })),
  })),
});
