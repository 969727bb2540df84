import { z } from 'zod';
import type { RehearsalRecords } from '../../rehearsal/records.ts';
import { route, type Route } from '../route.ts';

const ROLES = ['operator', 'trainer', 'admin', 'supervisor'] as const;
const reply = z.looseObject({});

/** What was rehearsed. A trainee sees their own, trainers and supervisors everybody's. */
export const rehearsalRoutes = (records: RehearsalRecords): Route[] => [
  route({
    method: 'get',
    path: '/rehearsals',
    summary: 'Rehearsals, newest first (RehearsalRow)',
    roles: ROLES,
    reply: z.array(reply),
    handle: ({ caller }) => records.list(caller.person),
  }),
  route({
    method: 'get',
    path: '/rehearsals/{rehearsalId}',
    summary: 'One rehearsal, panel by panel (RehearsalReplay)',
    roles: ROLES,
    params: z.object({ rehearsalId: z.string().max(100) }),
    reply,
    handle: ({ params, caller }) => records.replay(params.rehearsalId, caller.person),
  }),
];
