import { z } from 'zod';
import { DAY, type Instant } from '../../../machines/vocabulary/index.ts';
import { textIn } from '../../../machines/script/localText.ts';
import type { PathBook } from '../../contract/index.ts';
import { knownFor } from '../../scripts/walk/walk.ts';
import { pathBookOf } from '../../studio/pathBook.ts';
import type { StudioRooms } from '../../studio/openStudio.ts';
import { route, type Route } from '../route.ts';
import { which } from './studio.ts';

const ROLES = ['trainer', 'admin', 'supervisor'] as const;
const reply = z.looseObject({});
const params = z.object({ scriptId: z.string().max(60) });
const period = {
  from: z.coerce.number().int().optional().meta({ description: 'instant in ms, inclusive; 30 days before `to`' }),
  to: z.coerce.number().int().optional().meta({ description: 'instant in ms, exclusive; now' }),
};
const version = z.coerce.number().int().min(1);

export interface LearningRoutesSetup {
  readonly studio: StudioRooms;
  now(): Instant;
  nameOf(personId: string): string | undefined;
}

/** What closed calls say of a script, and the book of its routes for print. */
export function learningRoutes(setup: LearningRoutesSetup): Route[] {
  const { learning } = setup.studio;
  const between = ({ from, to }: { from?: number | undefined; to?: number | undefined }) => {
    const end = to ?? setup.now();
    return { from: from ?? end - 30 * DAY, to: end };
  };
  return [
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/learning',
      summary: 'Figures of each step and choice from closed calls (LearningView)',
      roles: ROLES,
      params,
      query: z.object({ ...period, version: version.optional() }),
      reply,
      handle: ({ params: { scriptId }, query }) => learning.figures(scriptId, between(query), query.version),
    }),
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/wordings',
      summary: 'Two versions of one step compared on live calls, with an honest statement of chance (WordingsView)',
      roles: ROLES,
      params,
      query: z.object({
        ...period,
        stepId: z.string().max(121),
        choiceId: z.string().max(60).optional(),
        a: version,
        b: version,
      }),
      reply,
      handle: ({ params: { scriptId }, query: { from, to, ...query } }) =>
        learning.wordings({ scriptId, ...query, ...between({ from, to }) }),
    }),
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/trials',
      summary: 'Two wordings of a step compared on calls that a lot divided between them (TrialView)',
      roles: ROLES,
      params,
      query: z.object({ stepId: z.string().max(60).optional() }),
      reply: z.array(reply),
      handle: ({ params: { scriptId }, query }) => learning.trials(scriptId, setup.now(), query.stepId),
    }),
    route({
      method: 'get',
      path: '/studio/unanswered',
      summary: 'Inbox of «нет нужного ответа», newest first (UnansweredItem)',
      roles: ROLES,
      query: z.object({ state: z.enum(['open', 'all']).default('open'), scriptId: z.string().max(60).optional() }),
      reply: z.array(reply),
      handle: ({ query }) => learning.unanswered(query),
    }),
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/paths',
      summary: 'The book of all routes with their lines, for print (PathBook)',
      roles: ROLES,
      params,
      query: z.object({ version: which.optional() }),
      reply,
      handle: ({ params: { scriptId }, query }) => bookOf(setup, scriptId, query.version),
    }),
  ];
}

async function bookOf(
  setup: LearningRoutesSetup,
  scriptId: string,
  wanted: z.output<typeof which> | undefined,
): Promise<PathBook> {
  const { studio, compiled } = setup.studio;
  const { catalogue, sources } = studio.setup;
  const chosen = wanted ?? catalogue.currentOf(scriptId)?.version ?? 'draft';
  const script = await compiled(scriptId, chosen, setup.now());
  const own = script.steps.get(script.start)?.script;
  const published = typeof chosen === 'number' ? await catalogue.version(scriptId, chosen) : undefined;
  const details = published && (await sources.detailsOf(scriptId)).get(published.version);
  const approvedBy = published?.approvedBy ? (setup.nameOf(published.approvedBy) ?? published.approvedBy) : undefined;
  const approvedByName = details?.approvedByName ?? approvedBy;
  return {
    scriptId,
    title: textIn(script.title, 'ru'),
    version: typeof chosen === 'number' ? chosen : 'draft',
    ...(published
      ? {
          publishedAt: published.publishedAt,
          publishedByName: details?.publishedByName ?? setup.nameOf(published.publishedBy) ?? published.publishedBy,
        }
      : {}),
    ...(approvedByName ? { approvedByName } : {}),
    clauses: own?.clauses ?? [],
    ...pathBookOf(script, knownFor(script)),
  };
}
