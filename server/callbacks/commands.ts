import { as } from '../../machines/vocabulary/index.ts';
import type { Instant, OperatorId, PromiseId } from '../../machines/vocabulary/index.ts';
import { command, type Command, type CommandContext } from '../commands.ts';
import { operatorCommands as schemas } from '../contract/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Notices } from '../notices/notices.ts';
import type { Actor, CallbackDesk } from './desk.ts';
import { tellHeirs } from './heirs.ts';
import type { PromisingCall } from './ports.ts';

const ROLES = ['operator', 'supervisor'] as const;

export interface CallbackCommandsSetup {
  readonly desk: CallbackDesk;
  readonly ledger: Ledger;
  readonly notices: Notices;
  /** The call on this person's panel. Throws `call.unknown`, `call.notYours`. */
  promisingCall(callId: string, context: CommandContext): PromisingCall;
  /** The promise is recorded; the call in which it was made takes note, in the same flush. */
  onPromised(call: PromisingCall, promiseId: PromiseId, at: Instant): void;
}

const actorOf = ({ person }: CommandContext): Actor => ({
  id: person.id,
  isSupervisor: person.roles.includes('supervisor'),
});

/** The panel's commands about callbacks. Each is acknowledged when the journal has it, or says that it waits. */
export function callbackCommands(setup: CallbackCommandsSetup): Record<string, Command> {
  const { desk, ledger, notices } = setup;
  const done = (act: () => void): Promise<{ saved: boolean }> => {
    act();
    return ledger.flush();
  };
  return {
    'callback.promise': command(schemas['callback.promise'], ROLES, async ({ callId, ...wanted }, context) => {
      const promiseId = as<PromiseId>(`c-${context.commandId}`);
      const call = setup.promisingCall(callId, context);
      const saved = await done(() => {
        desk.create(call, { promiseId, ...wanted }, actorOf(context), context.at);
        setup.onPromised(call, promiseId, context.at);
      });
      return { ...saved, promiseId };
    }),
    'callback.take': command(schemas['callback.take'], ROLES, ({ promiseId }, context) =>
      done(() => desk.take(promiseId, actorOf(context), context.at)),
    ),
    'callback.handOver': command(schemas['callback.handOver'], ROLES, ({ promiseId, to, reason }, context) =>
      done(() => desk.handOver(promiseId, to === null ? null : as(to), reason, actorOf(context), context.at)),
    ),
    'callback.handOverAll': command(schemas['callback.handOverAll'], ROLES, async ({ from, to, reason }, context) => {
      const owner = from === undefined ? context.person.id : as<OperatorId>(from);
      const handed = desk.handOverAll(owner, to.map(as<OperatorId>), reason, actorOf(context), context.at);
      tellHeirs(notices, handed.heirs, reason, context);
      return { ...(await ledger.flush()), count: handed.count };
    }),
    'callback.reschedule': command(schemas['callback.reschedule'], ROLES, ({ promiseId, ...wanted }, context) =>
      done(() =>
        desk.reschedule(
          promiseId,
          { ...wanted, clientInformed: wanted.clientInformed ?? false },
          actorOf(context),
          context.at,
        ),
      ),
    ),
    'callback.call': command(schemas['callback.call'], ROLES, async ({ promiseId }, context) => {
      await desk.call(promiseId, actorOf(context), context.at);
    }),
    'callback.attempt': command(schemas['callback.attempt'], ROLES, ({ promiseId, outcome, note }, context) =>
      done(() => desk.attempt(promiseId, outcome, note, actorOf(context), context.at)),
    ),
    'callback.confirm': command(schemas['callback.confirm'], ROLES, ({ promiseId }, context) =>
      done(() => desk.confirm(promiseId, actorOf(context), context.at)),
    ),
    'callback.cancel': command(schemas['callback.cancel'], ROLES, ({ promiseId, reason }, context) =>
      done(() => desk.cancel(promiseId, reason, actorOf(context), context.at)),
    ),
    'callback.giveUp': command(schemas['callback.giveUp'], ROLES, ({ promiseId, reason }, context) =>
      done(() => desk.giveUp(promiseId, reason, actorOf(context), context.at)),
    ),
    'callback.correctNumber': command(schemas['callback.correctNumber'], ROLES, (input, context) =>
      done(() => desk.correctNumber(input.promiseId, input.number, input.reason, actorOf(context), context.at)),
    ),
  };
}
