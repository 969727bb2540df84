import { AppError } from '../../machines/vocabulary/index.ts';
import { command, type Command } from '../commands.ts';
import { rehearsalCommands as schemas } from '../contract/index.ts';
import type { RehearsalHall } from './hall.ts';

const ROLES = ['operator', 'trainer', 'supervisor', 'admin'] as const;
const WRITERS = ['trainer', 'admin'] as const;

/** A rehearsal is its person's own: no command names another's. */
export const rehearsalCommands = (hall: RehearsalHall): Readonly<Record<string, Command>> => ({
  'rehearsal.start': command(schemas['rehearsal.start'], ROLES, (input, { person }) => {
    if (input.version === 'draft' && !WRITERS.some((role) => person.roles.includes(role)))
      throw new AppError('rehearsal.draft', 'drafts are for trainers', { kind: 'user' });
    return hall.start(person, input);
  }),
  'rehearsal.key': command(schemas['rehearsal.key'], ROLES, async (input, { person }) => {
    const result = await hall.key(person.id, input);
    if (!result.ok) throw new AppError(result.error.code, 'the demonstration refuses', { kind: 'user' });
  }),
  'rehearsal.speed': command(schemas['rehearsal.speed'], ROLES, ({ speed }, { person }) => {
    hall.speed(person.id, speed);
  }),
  'rehearsal.time': command(schemas['rehearsal.time'], ROLES, ({ to }, { person }) => {
    hall.time(person.id, to);
  }),
  'rehearsal.stop': command(schemas['rehearsal.stop'], ROLES, (_input, { person }) => hall.stop(person.id)),
});
