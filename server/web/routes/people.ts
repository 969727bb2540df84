import { z } from 'zod';
import type { Operators } from '../../people/operators.ts';
import { fullName, type Users } from '../../people/users.ts';
import { route, type Route } from '../route.ts';

const operatorReply = z.object({
  operatorId: z.string(),
  name: z.string(),
  unit: z.string(),
  device: z.string().nullable(),
  state: z.enum(['offline', 'ready', 'paused', 'ringing', 'onCall', 'wrapUp']),
  since: z.number().int(),
  pauseReason: z.string().nullable(),
});

export function peopleRoutes(setup: { operators: Operators; users: Users }): Route[] {
  return [
    route({
      method: 'get',
      path: '/operators',
      summary: 'Everyone who takes calls, with the state of readiness now',
      roles: ['supervisor', 'trainer', 'admin'],
      reply: z.array(operatorReply),
      handle: () =>
        setup.users
          .all()
          .filter((person) => person.roles.includes('operator'))
          .map((person) => {
            const view = setup.operators.view(person.id);
            return {
              operatorId: person.id,
              name: fullName(person),
              unit: person.unit,
              device: view?.device ?? null,
              state: view?.state ?? 'offline',
              since: view?.since ?? 0,
              pauseReason: view?.pauseReason ?? null,
            };
          }),
    }),
  ];
}
