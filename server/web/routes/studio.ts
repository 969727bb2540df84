import { z } from 'zod';
import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { Person } from '../../people/users.ts';
import type { CommandContext } from '../../commands.ts';
import type { DraftHistoryRow, VersionRow, VersionView, WhichVersion } from '../../contract/index.ts';
import { compareVersions, type Side } from '../../studio/compare.ts';
import { exportAll, exportOne, importFiles } from '../../studio/exchangeFiles.ts';
import type { StudioRooms } from '../../studio/openStudio.ts';
import { readableScript } from '../../studio/studio.ts';
import { scriptData, splitSource } from '../../studio/source/segments.ts';
import { route, type Route } from '../route.ts';

export interface StudioRoutesSetup {
  readonly studio: StudioRooms;
  now(): Instant;
  nameOf(personId: string): string | undefined;
  /** Calls that are on this version now. */
  liveCalls(scriptId: string, version: number): number;
}

const ROLES = ['trainer', 'admin'] as const;
/** Answers are typed by `server/contract/studio.ts`, which the page is built against. */
const reply = z.looseObject({});
const scriptParams = z.object({ scriptId: z.string().max(60) });
export const which = z
  .union([z.coerce.number().int().min(1), z.enum(['draft', 'submitted'])])
  .meta({ description: 'number of a version, `draft` or `submitted`' });
const filesSchema = z.object({
  files: z
    .array(z.object({ file: z.string().max(200), source: z.string().max(2_000_000) }))
    .min(1)
    .max(200),
});

export function studioRoutes(setup: StudioRoutesSetup): Route[] {
  const { studio, pushes } = setup.studio;
  return [
    route({
      method: 'get',
      path: '/studio/scripts',
      summary: 'All scripts with their versions, drafts and who is in them (StudioView)',
      roles: ROLES,
      reply,
      handle: () => pushes.view(),
    }),
    ...versionRoutes(setup),
    ...fileRoutes(setup),
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/history',
      summary: 'Changes of the draft in words, newest first (DraftHistoryRow)',
      roles: ROLES,
      params: scriptParams,
      reply: z.array(reply),
      handle: async ({ params }): Promise<DraftHistoryRow[]> =>
        (await studio.draft(params.scriptId, setup.now())).history
          .toReversed()
          .slice(0, 200)
          .map(({ revision, at, byName, words }) => ({ revision, at, byName, words })),
    }),
  ];
}

function versionRoutes(setup: StudioRoutesSetup): Route[] {
  const { studio } = setup.studio;
  const side = async (scriptId: string, version: WhichVersion): Promise<Side> => {
    const source = await studio.sourceOf(scriptId, version, setup.now());
    return { which: version, source, script: readableScript(source) };
  };
  return [
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/versions',
      summary: 'Published versions: who, when, why; newest first (VersionRow)',
      roles: ROLES,
      params: scriptParams,
      reply: z.array(reply),
      handle: ({ params }) => versionRows(setup, params.scriptId),
    }),
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/versions/{version}',
      summary: 'One version whole, or the draft (VersionView)',
      roles: ROLES,
      params: scriptParams.extend({ version: which }),
      reply,
      handle: async ({ params: { scriptId, version } }): Promise<VersionView> => {
        const source = await studio.sourceOf(scriptId, version, setup.now());
        const split = splitSource(source);
        const script = split.ok ? scriptData(split.segments) : { id: scriptId, head: {}, steps: [] };
        return { scriptId, version, source, script };
      },
    }),
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/compare',
      summary: 'Two versions compared in words and side by side (ComparisonView)',
      roles: ROLES,
      params: scriptParams,
      query: z.object({ from: which, to: which }),
      reply,
      handle: async ({ params: { scriptId }, query }) =>
        compareVersions(await side(scriptId, query.from), await side(scriptId, query.to)),
    }),
  ];
}

async function versionRows(setup: StudioRoutesSetup, scriptId: string): Promise<VersionRow[]> {
  const { catalogue, sources } = setup.studio.studio.setup;
  const details = await sources.detailsOf(scriptId);
  return (await catalogue.versionsOf(scriptId)).map((each) => {
    const detail = details.get(each.version);
    const approvedBy = each.approvedBy === null ? null : (setup.nameOf(each.approvedBy) ?? each.approvedBy);
    return {
      version: each.version,
      publishedAt: each.publishedAt,
      publishedBy: each.publishedBy,
      publishedByName: detail?.publishedByName ?? setup.nameOf(each.publishedBy) ?? each.publishedBy,
      approvedByName: detail?.approvedByName ?? approvedBy,
      reason: each.reason,
      liveCalls: setup.liveCalls(scriptId, each.version),
      ...(detail?.becauseOf ? { becauseOf: detail.becauseOf } : {}),
      ...(detail?.restores ? { restores: detail.restores } : {}),
    };
  });
}

let imports = 0;
/** A request of a browser as a command's context. */
export const contextOf = (person: Person, at: Instant): CommandContext => {
  imports += 1;
  return { person, at, commandId: `http-${String(at)}-${String(imports)}` };
};

function fileRoutes(setup: StudioRoutesSetup): Route[] {
  const { studio } = setup.studio;
  return [
    route({
      method: 'get',
      path: '/studio/export',
      summary: 'All published scripts as files of the library folder (ScriptFiles)',
      roles: ROLES,
      reply,
      handle: () => exportAll(studio, setup.now()),
    }),
    route({
      method: 'get',
      path: '/studio/scripts/{scriptId}/export',
      summary: 'One script as a file (ScriptFiles)',
      roles: ROLES,
      params: scriptParams,
      query: z.object({ version: which.optional() }),
      reply,
      handle: ({ params: { scriptId }, query }) => {
        const current = studio.setup.catalogue.currentOf(scriptId)?.version;
        return exportOne(studio, scriptId, query.version ?? current ?? 'draft', setup.now());
      },
    }),
    route({
      method: 'post',
      path: '/studio/import',
      summary: 'Files become drafts; nothing is published (ImportView)',
      roles: ROLES,
      body: filesSchema,
      reply,
      handle: ({ body, caller }) => importFiles(studio, body, contextOf(caller.person, setup.now())),
    }),
  ];
}
