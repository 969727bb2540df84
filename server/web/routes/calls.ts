import { z } from 'zod';
import { AppError } from '../../../machines/vocabulary/index.ts';
import type { LiveCall } from '../../calls/liveCall.ts';
import type { CallsRoom } from '../../calls/callsRoom.ts';
import type { CallHistoryDocument } from '../../reports/callHistory.ts';
import type { CallNames } from '../../reports/callHistory.ts';
import type { Collection, Condition } from '../../storage/port.ts';
import { presentCall, presentHistory, callReply } from '../presenters/call.ts';
import { route, type Route } from '../route.ts';
import type { Look } from './reports.ts';

export interface CallRoutesSetup {
  readonly calls: CallsRoom;
  readonly history: Collection<CallHistoryDocument>;
  readonly names: CallNames;
  readonly look: Look;
}

const READERS = ['supervisor', 'trainer', 'admin'] as const;
const listQuery = z.object({
  from: z.coerce.number().int().optional().meta({ description: 'instant in ms, inclusive' }),
  to: z.coerce.number().int().optional().meta({ description: 'instant in ms, exclusive' }),
  number: z.string().max(40).optional().meta({ description: "the client's number, from its beginning" }),
  operatorId: z.string().max(100).optional(),
  inquiryId: z.string().max(200).optional(),
  queue: z.string().max(80).optional(),
  direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
  state: z.enum(['live', 'ended']).default('ended'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export function callRoutes(setup: CallRoutesSetup): Route[] {
  return [
    route({
      method: 'get',
      path: '/calls',
      summary: 'Calls: live ones, or the history with filters and paging, newest first',
      roles: READERS,
      query: listQuery,
      reply: z.object({ items: z.array(callReply), next: z.string().optional() }),
      handle: async ({ query, caller }) => {
        setup.look(caller.person, 'calls.listed', query.number ?? '', { state: query.state });
        if (query.state === 'live') {
          const { items, next } = livePage([...setup.calls.all()], query);
          return {
            items: items.map((live) => presentCall(live, setup.names)),
            ...(next === undefined ? {} : { next }),
          };
        }
        const page = await setup.history.find({
          where: filterOf(query),
          orderBy: { column: 'startedAt', descending: true },
          limit: query.limit,
          ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
        });
        return {
          items: page.items.map(({ id, document }) => presentHistory(id, document)),
          ...(page.next === undefined ? {} : { next: page.next }),
        };
      },
    }),
    route({
      method: 'get',
      path: '/calls/{callId}',
      summary: 'One call whole: operators, script and its path, holds, transfers, disposition',
      roles: READERS,
      params: z.object({ callId: z.string().max(200) }),
      reply: callReply,
      handle: async ({ params, caller }) => {
        setup.look(caller.person, 'call.viewed', params.callId);
        const live = setup.calls.get(params.callId);
        if (live) return presentCall(live, setup.names);
        const stored = await setup.history.get(params.callId);
        if (!stored) throw new AppError('call.unknown', 'no such call', { kind: 'user' });
        return presentHistory(params.callId, stored.document);
      },
    }),
  ];
}

const keyOf = ({ record, callId }: LiveCall): string => `${String(record.startedAt).padStart(16, '0')}/${callId}`;

/**
 * By the filters and in the order of the history. A page begins after the last call of the one before, so that calls
 * which end meanwhile shift nothing.
 */
function livePage(
  calls: readonly LiveCall[],
  { number = '', operatorId, inquiryId, queue, direction, limit, cursor, ...query }: z.output<typeof listQuery>,
): { readonly items: readonly LiveCall[]; readonly next?: string } {
  const { from = 0, to = Infinity } = query;
  const found = calls
    .filter(
      (live) =>
        live.record.startedAt >= from &&
        live.record.startedAt < to &&
        live.record.client.number.startsWith(number) &&
        (operatorId ?? live.operatorId) === live.operatorId &&
        (inquiryId ?? live.rest.inquiryId) === live.rest.inquiryId &&
        (queue ?? live.record.queue) === live.record.queue &&
        (direction ?? live.record.direction) === live.record.direction,
    )
    .map((live) => ({ key: keyOf(live), live }))
    .filter(({ key }) => cursor === undefined || key < cursor)
    .sort((a, b) => (a.key < b.key ? 1 : -1));
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1)?.key : undefined;
  return { items: page.map(({ live }) => live), ...(last === undefined ? {} : { next: last }) };
}

function filterOf(query: z.output<typeof listQuery>): Record<string, Condition> {
  const { from, to, number, operatorId, inquiryId, queue, direction } = query;
  return {
    startedAt: { gte: from ?? 0, lt: to ?? Number.MAX_SAFE_INTEGER },
    ...(number === undefined ? {} : { number: { prefix: number } }),
    ...(operatorId === undefined ? {} : { operatorId }),
    ...(inquiryId === undefined ? {} : { inquiryId }),
    ...(queue === undefined ? {} : { queue }),
    ...(direction === undefined ? {} : { direction }),
  };
}
