import { AppError } from '../../../machines/vocabulary/index.ts';
import { command, type Command } from '../../commands.ts';
import { trainingCommands as schemas, type TrainingTask } from '../../contract/index.ts';
import { fullName } from '../../people/users.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Catalogue } from '../../scripts/catalogue.ts';
import type { AuditRoom } from '../../supervision/auditRoom.ts';
import { STUDIO_ROLES } from '../draftCommands.ts';
import { plainOr, type StartOf, type Training } from './training.ts';

const TRAINEES = ['operator', 'trainer', 'admin'] as const;
const refuse = (code: string, message: string): AppError => new AppError(code, message, { kind: 'user' });

/** Nobody has told the trainee who calls and what about: that is for them to find out. */
const STRANGER = { client: { name: null, earlierCalls: 0 }, inquiry: { question: null } };

/** Trainers write tasks; everyone who takes calls may walk them. */
export function trainingCommands(setup: {
  readonly training: Training;
  readonly catalogue: Catalogue;
  readonly audit: AuditRoom;
  readonly ledger: Ledger;
}): Record<string, Command> {
  const { training, catalogue, audit, ledger } = setup;
  const startOf = async (input: {
    taskId?: string | undefined;
    scriptId?: string | undefined;
    version?: number | 'draft' | undefined;
    known?: object | undefined;
  }): Promise<StartOf> => {
    const task = input.taskId === undefined ? null : await training.task(input.taskId);
    const scriptId = task?.scriptId ?? input.scriptId;
    if (scriptId === undefined) throw refuse('training.what', 'name a task or a script');
    const version = input.version ?? catalogue.currentOf(scriptId)?.version;
    if (version === undefined) throw refuse('studio.unknown', 'no such script');
    return { task, scriptId, version, known: { ...STRANGER, ...plainOr(input.known) } };
  };
  return {
    'training.saveTask': command(
      schemas['training.saveTask'],
      STUDIO_ROLES,
      async ({ outcome, ...rest }, { person, at }) => {
        if (!catalogue.currentOf(rest.scriptId)) throw refuse('studio.unknown', 'no such script');
        const task: TrainingTask = { ...rest, ...(outcome === undefined ? {} : { outcome }) };
        await training.saveTask(task);
        audit.note({ who: person.id, whoName: fullName(person), what: 'training.taskSaved', whom: task.taskId }, at);
        await ledger.flush();
      },
    ),
    'training.removeTask': command(schemas['training.removeTask'], STUDIO_ROLES, async ({ taskId }, { person, at }) => {
      await training.removeTask(taskId);
      audit.note({ who: person.id, whoName: fullName(person), what: 'training.taskRemoved', whom: taskId }, at);
      await ledger.flush();
    }),
    'training.start': command(schemas['training.start'], TRAINEES, async (input, { person, at, commandId }) => {
      const wish = await startOf(input);
      const isTrainer = person.roles.some((role) => role === 'trainer' || role === 'admin');
      if (wish.version === 'draft' && !isTrainer) throw refuse('command.forbidden', 'drafts are for trainers');
      return training.start(`${person.id}-${String(at)}-${commandId}`.slice(0, 100), person, wish, at);
    }),
    'training.event': command(schemas['training.event'], TRAINEES, ({ runId, event, known }, { person, at }) =>
      training.event(runId, person.id, event, known, at),
    ),
    'training.finish': command(schemas['training.finish'], TRAINEES, ({ runId }, { person, at }) =>
      training.finish(runId, person.id, at),
    ),
  };
}
