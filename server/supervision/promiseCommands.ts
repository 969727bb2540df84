import { AppError, as, type CallId, type InquiryId, type OperatorId } from '../../machines/vocabulary/index.ts';
import type { CallbackState } from '../../machines/promises/index.ts';
import { tellHeirs } from '../callbacks/heirs.ts';
import { clientOf } from '../callbacks/notices.ts';
import { command, type Command, type CommandContext } from '../commands.ts';
import { supervisorCommands as schemas } from '../contract/index.ts';
import { fullName } from '../people/users.ts';
import type { SupervisorDesk } from './supervisorCommands.ts';

const ROLES = ['supervisor'] as const;
type Change = Partial<Record<'from' | 'to' | 'dueBefore' | 'dueAt' | 'count', string | number | null>>;

/** What supervisors do with promises of others. Whoever's promise it was or becomes is told why, and it is on record. */
export function promiseCommands(desk: SupervisorDesk): Record<string, Command> {
  const { ledger } = desk;
  const note = (context: CommandContext, what: string, whom: string, reason: string, details: Change = {}): void =>
    desk.audit.note(
      { who: context.person.id, whoName: fullName(context.person), what, whom, reason, details },
      context.at,
    );
  return {
    'supervision.moveCallback': command(
      schemas['supervision.moveCallback'],
      ROLES,
      ({ promiseId, to, reason, ...term }, context) => {
        if (typeof to === 'string') mustBeOperator(desk, to);
        const before = desk.callbacks.of(promiseId).context;
        // The term first: it may be refused, and then nothing is moved.
        if (term.dueAt !== undefined) {
          const wanted = { dueAt: term.dueAt, clientInformed: term.clientInformed ?? false, reason };
          desk.callbacks.reschedule(promiseId, wanted, actor(context), context.at);
          const details = { dueBefore: before.dueAt, dueAt: term.dueAt };
          note(context, 'callback.rescheduled', promiseId, reason, details);
        }
        if (to !== undefined && to !== before.owner) {
          desk.callbacks.handOver(promiseId, to === null ? null : as(to), reason, actor(context), context.at);
          note(context, 'callback.moved', promiseId, reason, { from: before.owner, to });
        }
        tellOwners(desk, before.owner, desk.callbacks.of(promiseId), reason, context);
        return ledger.flush();
      },
    ),
    'supervision.handOverAll': command(
      schemas['supervision.handOverAll'],
      ROLES,
      async ({ operatorId, to, reason }, context) => {
        const from = as<OperatorId>(operatorId);
        const by = actor(context);
        const { count, heirs } = desk.callbacks.handOverAll(from, to.map(as<OperatorId>), reason, by, context.at);
        const words = { level: 'info', text: reason, from: fullName(context.person) } as const;
        if (count > 0) desk.notices.tell(from, context.at, { ...words, code: 'callback.allTakenFromYou' });
        tellHeirs(desk.notices, heirs, reason, context);
        note(context, 'callback.allMoved', operatorId, reason, { to: to.join(',') || null, count });
        return { ...(await ledger.flush()), count };
      },
    ),
    'supervision.allowTransfer': command(
      schemas['supervision.allowTransfer'],
      ROLES,
      ({ inquiryId, callId, reason }, context) => {
        const forCall = callId === undefined ? undefined : as<CallId>(callId);
        desk.inquiries.allowOneMore(as<InquiryId>(inquiryId), context.person.id, reason, context.at, forCall);
        note(context, 'transfer.allowed', inquiryId, reason);
        return ledger.flush();
      },
    ),
  };
}

const actor = ({ person }: CommandContext): { id: OperatorId; isSupervisor: boolean } => ({
  id: person.id,
  isSupervisor: true,
});

function mustBeOperator({ users }: SupervisorDesk, id: string): void {
  if (!users.get(as<OperatorId>(id))?.roles.includes('operator'))
    throw new AppError('people.unknown', 'no operator has this id', { kind: 'user' });
}

function tellOwners(
  { notices }: SupervisorDesk,
  before: OperatorId | null,
  { context: promise }: CallbackState,
  reason: string,
  { person, at }: CommandContext,
): void {
  const { promiseId, owner, dueAt } = promise;
  const words = { level: 'info', text: reason, from: fullName(person) } as const;
  const callback = { promiseId, client: clientOf(promise), dueAt };
  if (before !== null && before !== owner)
    notices.tell(before, at, { ...words, code: 'callback.takenFromYou', callback });
  if (owner !== null)
    notices.tell(owner, at, {
      ...words,
      code: before === owner ? 'callback.rescheduled' : 'callback.handedToYou',
      callback,
    });
}
