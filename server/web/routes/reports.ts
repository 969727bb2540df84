import { basename, dirname } from 'node:path';
import type { Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../../machines/vocabulary/index.ts';
import { REPORT_DIMENSIONS } from '../../contract/reports.ts';
import type { Person } from '../../people/users.ts';
import { inLanguage, reportFilterSchema, type ReportFilter } from '../../reports/reportFilter.ts';
import type { ReportsRoom } from '../../reports/reportsRoom.ts';
import { inquirySheet, stepSheet } from '../../reports/listSheets.ts';
import { historySheet, reportSheet } from '../../reports/reportSheet.ts';
import { MAX_ROWS, toCsv, tooManyRows, toXlsx, type Sheet } from '../../reports/sheet.ts';
import type { ReviewRoom } from '../../reviews/reviewRoom.ts';
import { route, type Route } from '../route.ts';

export type Look = (person: Person, what: string, whom: string, details?: Record<string, string | number>) => void;
export interface ReportRoutesSetup {
  readonly reports: ReportsRoom;
  readonly reviews: ReviewRoom;
  /** A look at personal data leaves a row of audit (3.7.4). */
  readonly look: Look;
}
const READERS = ['supervisor', 'admin'] as const;
const any = z.looseObject({});
const paged = reportFilterSchema.extend({
  ...inLanguage,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
const by = z.enum(REPORT_DIMENSIONS).default('operator');
const format = z.enum(['xlsx', 'csv']).default('xlsx');
const callId = z.object({ callId: z.string().max(200) });

export const reportRoutes = (setup: ReportRoutesSetup): Route[] => [
  ...figureRoutes(setup),
  // Before `/reports/calls/{callId}`, which would take `export` for a call.
  ...exportRoutes(setup),
  ...historyRoutes(setup),
  recordingRoute(setup),
];

const figureRoutes = ({ reports }: ReportRoutesSetup): Route[] => [
  route({
    method: 'get',
    path: '/reports/options',
    summary: 'What the filters of reports offer',
    roles: READERS,
    query: z.object(inLanguage),
    reply: any,
    handle: ({ query }) => reports.options(query.language),
  }),
  route({
    method: 'get',
    path: '/reports/summary',
    summary: 'Figures of a period beside the period before, by operator, unit, queue, topic, hour or day',
    roles: READERS,
    query: reportFilterSchema.extend({ by, ...inLanguage }),
    reply: any,
    handle: ({ query: { by: dimension, language, ...filter } }) => reports.reader.read(filter, dimension, language),
  }),
  route({
    method: 'get',
    path: '/reports/steps',
    summary: 'Steps of the scripts: visits, time, where calls end and where no answer fits',
    roles: READERS,
    query: reportFilterSchema.extend(inLanguage),
    reply: any,
    handle: ({ query: { language, ...filter } }) => reports.steps(filter, language),
  }),
];

/** What was asked for, without the person it was about. */
const asked = (filter: ReportFilter): Record<string, string | number> =>
  Object.fromEntries(Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

const historyRoutes = ({ reports, reviews, look }: ReportRoutesSetup): Route[] => [
  route({
    method: 'get',
    path: '/reports/calls',
    summary: 'Closed calls with filters, newest first',
    roles: READERS,
    query: paged,
    reply: any,
    handle: ({ query: { limit, cursor, language, ...filter }, caller }) => {
      look(caller.person, 'calls.listed', filter.number ?? '', asked(filter));
      return reports.history(filter, { limit, cursor, language });
    },
  }),
  route({
    method: 'get',
    path: '/reports/inquiries',
    summary: 'Inquiries with filters, newest first',
    roles: READERS,
    query: paged,
    reply: any,
    handle: ({ query: { limit, cursor, language, ...filter }, caller }) => {
      look(caller.person, 'inquiries.listed', filter.number ?? '', asked(filter));
      return reports.inquiries(filter, { limit, cursor, language });
    },
  }),
  route({
    method: 'get',
    path: '/reports/calls/{callId}',
    summary: 'One closed call on a time line: line, script, holds, promises, notes; its recordings and reviews',
    roles: READERS,
    params: callId,
    query: z.object(inLanguage),
    reply: any,
    handle: async ({ params, query, caller }) => {
      const page = await reports.call(params.callId, await reviews.ofCall(params.callId), query.language);
      look(caller.person, 'call.viewed', params.callId);
      return page;
    },
  }),
];

async function send(response: Response, sheet: Sheet, kind: 'xlsx' | 'csv', name: string): Promise<void> {
  if (sheet.rows.length > MAX_ROWS) throw tooManyRows();
  const file = `${name}.${kind}`;
  response.attachment(file);
  if (kind === 'csv') response.type('text/csv; charset=utf-8').send(toCsv(sheet));
  else response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(await toXlsx(sheet));
}

const exportRoutes = ({ reports, look }: ReportRoutesSetup): Route[] => [
  route({
    method: 'get',
    path: '/reports/summary/export',
    summary: 'The report as a table: XLSX or CSV, the filter in words inside',
    roles: READERS,
    query: reportFilterSchema.extend({ by, format, ...inLanguage }),
    reply: null,
    handle: async ({ query: { by: dimension, format: kind, language, ...filter }, response, caller }) => {
      const view = await reports.reader.read(filter, dimension, language);
      look(caller.person, 'report.exported', dimension, asked(filter));
      await send(response, reportSheet(view, reports.names(language)), kind, `report-${dimension}`);
    },
  }),
  route({
    method: 'get',
    path: '/reports/calls/export',
    summary: 'The list of calls as a table: XLSX or CSV, the filter in words inside',
    roles: READERS,
    query: reportFilterSchema.extend({ format, ...inLanguage }),
    reply: null,
    handle: async ({ query: { format: kind, language, ...filter }, response, caller }) => {
      look(caller.person, 'calls.exported', filter.number ?? '', asked(filter));
      const rows = await all((cursor) => reports.history(filter, { limit: 1_000, cursor }));
      const about = reports.words(filter, language);
      await send(response, historySheet(rows, about, reports.names(language)), kind, 'calls');
    },
  }),
  route({
    method: 'get',
    path: '/reports/inquiries/export',
    summary: 'The list of inquiries as a table: XLSX or CSV, the filter in words inside',
    roles: READERS,
    query: reportFilterSchema.extend({ format, ...inLanguage }),
    reply: null,
    handle: async ({ query: { format: kind, language, ...filter }, response, caller }) => {
      look(caller.person, 'inquiries.exported', filter.number ?? '', asked(filter));
      const rows = await all((cursor) => reports.inquiries(filter, { limit: 1_000, cursor }));
      const about = reports.words(filter, language);
      await send(response, inquirySheet(rows, about, reports.names(language)), kind, 'inquiries');
    },
  }),
  route({
    method: 'get',
    path: '/reports/steps/export',
    summary: 'Steps of the scripts as a table: XLSX or CSV, the filter in words inside',
    roles: READERS,
    query: reportFilterSchema.extend({ format, ...inLanguage }),
    reply: null,
    handle: async ({ query: { format: kind, language, ...filter }, response, caller }) => {
      look(caller.person, 'report.exported', 'steps', asked(filter));
      const steps = await reports.steps(filter, language);
      const sheet = stepSheet(steps, reports.words(filter, language), reports.names(language));
      await send(response, sheet, kind, 'steps');
    },
  }),
];

/** Every row of a list; refuses what is no table for a person any more. */
async function all<Row>(
  read: (cursor: string | undefined) => Promise<{ readonly items: readonly Row[]; readonly next?: string }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    rows.push(...page.items);
    cursor = page.next;
    if (rows.length > MAX_ROWS) throw tooManyRows();
  } while (cursor !== undefined);
  return rows;
}

/** A player asks for a recording in many ranges: one row of audit a listening is enough. */
const LISTENED_KEPT = 500;
function recordingRoute({ reports, look }: ReportRoutesSetup): Route {
  const listened = new Set<string>();
  return route({
    method: 'get',
    path: '/calls/{callId}/recordings/{n}',
    summary: 'The nth recording of a call, from 0; ranges are served. Operators hear their own calls',
    roles: ['supervisor', 'operator'],
    params: callId.extend({ n: z.coerce.number().int().min(0).max(99) }),
    reply: null,
    handle: async ({ params, caller, raw, response }) => {
      const { person } = caller;
      const { file, document } = await reports.recording(params.callId, params.n);
      const own = document.record.segments.some(({ operatorId }) => operatorId === person.id);
      if (!own && !person.roles.includes('supervisor'))
        throw new AppError('session.forbidden', 'not your call', { kind: 'user' });
      const key = `${caller.token}/${params.callId}/${params.n}`;
      const range = raw.headers.range;
      if (!listened.has(key) || range === undefined || range.startsWith('bytes=0-'))
        look(person, 'recording.heard', params.callId, { recording: params.n });
      listened.add(key);
      if (listened.size > LISTENED_KEPT) listened.clear();
      await new Promise<void>((resolve, reject) => {
        const options = {
          root: dirname(file),
          dotfiles: 'deny' as const,
          cacheControl: false,
          headers: { 'cache-control': 'no-store' },
        };
        response.sendFile(basename(file), options, (fault) => {
          // A listener who goes away in the middle is nothing to report.
          if (fault && !response.headersSent) reject(fault);
          else resolve();
        });
      });
    },
  });
}
