import type { z } from 'zod';
import { AppError, type Instant, type Role } from '../machines/vocabulary/index.ts';
import type { CommandResult } from './contract/index.ts';
import type { Person } from './people/users.ts';

/** Who asks, and when it came in. `commandId` is chosen by the browser: the same one is never carried out twice. */
export interface CommandContext {
  readonly person: Person;
  readonly at: Instant;
  readonly commandId: string;
}

/**
 * A command: what it takes, who may use it, what it does. A handler throws `AppError` of kind `user` when it must not
 * be done; what it returns reaches the browser as the result's value. It must not return before its entries are flushed.
 */
export interface Command<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly roles: readonly Role[];
  handle(input: z.output<Schema>, context: CommandContext): unknown;
}
export const command = <Schema extends z.ZodType>(
  schema: Schema,
  roles: readonly Role[],
  handle: (input: z.output<Schema>, context: CommandContext) => unknown,
): Command<Schema> => ({ schema, roles, handle });

/**
 * While `isPaused` nothing is carried out and nothing is answered: whoever asked asks again, and then of the instance
 * that is the core by then.
 */
export const pausable = (commands: Pick<Commands, 'run'>, isPaused: () => boolean): Pick<Commands, 'run'> => ({
  run: (name, input, context) => {
    if (isPaused()) return new Promise<never>(() => undefined);
    return commands.run(name, input, context);
  },
});

const REMEMBERED = 5_000;

/** All commands of all rooms. One way in for sockets, other instances and tests. */
export class Commands {
  readonly #table = new Map<string, Command>();
  /** Results by person and command id, so that a retry after a lost acknowledgement changes nothing. */
  readonly #done = new Map<string, Promise<CommandResult>>();
  readonly #onFault: (fault: unknown, name: string) => void;

  constructor(onFault: (fault: unknown, name: string) => void) {
    this.#onFault = onFault;
  }

  add(commands: Readonly<Record<string, Command>>): void {
    for (const [name, each] of Object.entries(commands)) {
      if (this.#table.has(name)) throw new AppError('commands.twice', `the command ${name} is declared twice`);
      this.#table.set(name, each);
    }
  }

  run(name: string, input: unknown, context: CommandContext): Promise<CommandResult> {
    const key = `${context.person.id}/${context.commandId}`;
    const before = this.#done.get(key);
    if (before) return before;
    const result = this.#carryOut(name, input, context);
    this.#done.set(key, result);
    if (this.#done.size > REMEMBERED) this.#done.delete(this.#done.keys().next().value as string);
    return result;
  }

  async #carryOut(name: string, input: unknown, context: CommandContext): Promise<CommandResult> {
    const found = this.#table.get(name);
    if (!found) return refusal('command.unknown', { name: name.slice(0, 60) });
    if (!found.roles.some((role) => context.person.roles.includes(role))) return refusal('command.forbidden', { name });
    const parsed = found.schema.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return refusal('command.badInput', { field: issue?.path.join('.') ?? '', message: issue?.message ?? '' });
    }
    try {
      const value = await found.handle(parsed.data, context);
      return value === undefined ? { ok: true } : { ok: true, value };
    } catch (fault) {
      if (fault instanceof AppError && fault.kind !== 'unexpected') return refusal(fault.code, fault.details);
      this.#onFault(fault, name);
      return refusal('unexpected', {});
    }
  }
}

const refusal = (code: string, details: Readonly<Record<string, string | number | boolean>>): CommandResult => ({
  ok: false,
  error: { code, details },
});
