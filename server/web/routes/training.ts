import { z } from 'zod';
import type { Training } from '../../studio/training/training.ts';
import { route, type Route } from '../route.ts';

const ROLES = ['operator', 'trainer', 'admin', 'supervisor'] as const;
const reply = z.looseObject({});

/** Tasks, results and replays. A trainee sees their own runs, trainers and supervisors everybody's. */
export const trainingRoutes = (training: Training): Route[] => [
  route({
    method: 'get',
    path: '/training/tasks',
    summary: 'Training tasks (TrainingTask)',
    roles: ROLES,
    reply: z.array(reply),
    handle: () => training.tasks(),
  }),
  route({
    method: 'get',
    path: '/training/runs',
    summary: 'Runs and their marks, newest first (TrainingRunRow)',
    roles: ROLES,
    query: z.object({ personId: z.string().max(100).optional(), taskId: z.string().max(60).optional() }),
    reply: z.array(reply),
    handle: ({ query, caller: { person } }) => {
      const seesAll = person.roles.some((role) => role !== 'operator');
      return training.rows({ taskId: query.taskId, personId: seesAll ? query.personId : person.id });
    },
  }),
  route({
    method: 'get',
    path: '/training/runs/{runId}',
    summary: 'One run step by step (TrainingReplay)',
    roles: ROLES,
    params: z.object({ runId: z.string().max(100) }),
    reply,
    handle: ({ params, caller }) => training.replay(params.runId, caller.person),
  }),
];
