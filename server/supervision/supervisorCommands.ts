import { AppError, as, type DeviceId, extensionOf, type OperatorId } from '../../machines/vocabulary/index.ts';
import type { CallbackDesk } from '../callbacks/desk.ts';
import { command, type Command, type CommandContext } from '../commands.ts';
import { supervisorCommands as schemas, type UsualAnswer } from '../contract/index.ts';
import type { InquiryRoom } from '../inquiries/inquiryRoom.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Notices } from '../notices/notices.ts';
import type { Operators } from '../people/operators.ts';
import { fullName, type Users } from '../people/users.ts';
import type { Exchanges } from '../telephony/exchanges.ts';
import type { AlertsRoom } from './alertsRoom.ts';
import type { AuditRoom } from './auditRoom.ts';
import type { Listening } from './listening.ts';
import { listeningRecord } from './listeningRecord.ts';
import type { ListeningRulebook } from './listeningRules.ts';
import { promiseCommands } from './promiseCommands.ts';
import type { SupervisionSettings } from './settings.ts';
import type { Watch } from './watch.ts';

const ROLES = ['supervisor'] as const;
/** Who keeps the rules of listening and reads its record. */
const KEEPERS = ['supervisor', 'admin'] as const;

export interface SupervisorDesk {
  readonly ledger: Ledger;
  readonly calls: CallsRoom;
  readonly operators: Operators;
  readonly users: Users;
  readonly inquiries: InquiryRoom;
  readonly callbacks: CallbackDesk;
  readonly notices: Notices;
  readonly alerts: AlertsRoom;
  readonly audit: AuditRoom;
  readonly listening: Listening;
  readonly settings: SupervisionSettings;
  readonly listeningRules: ListeningRulebook;
  readonly watch: Watch;
  readonly exchanges: Exchanges;
  onSettings(): Promise<void>;
  watchOperator(supervisor: CommandContext, operatorId: OperatorId | null): void;
}

/** What supervisors do. Every act leaves a row of audit with who, whom and why. */
export function supervisorCommands(desk: SupervisorDesk): Record<string, Command> {
  return { ...operatorActs(desk), ...promiseCommands(desk), ...listeningActs(desk), ...boardActs(desk) };
}

const note = (desk: SupervisorDesk, { person, at }: CommandContext, what: string, whom: string, reason: string): void =>
  desk.audit.note({ who: person.id, whoName: fullName(person), what, whom, reason }, at);

/** The record of an alert that was answered by coming. */
const COMING: UsualAnswer = 'usual.coming';
function comeToHelp(desk: SupervisorDesk, context: CommandContext, operatorId: OperatorId, done: string): void {
  const from = fullName(context.person);
  desk.watch.helpTaken(operatorId, from, done, context.at);
  desk.notices.tell(operatorId, context.at, { level: 'info', code: 'help.coming', from });
  note(desk, context, 'help.taken', operatorId, done);
}

function operatorActs(desk: SupervisorDesk): Record<string, Command> {
  const { operators, notices, ledger } = desk;
  const act =
    (what: string, event: (context: CommandContext, reason: string) => Parameters<Operators['tell']>[1]) =>
    ({ operatorId, reason }: { operatorId: string; reason: string }, context: CommandContext) => {
      const id = as<OperatorId>(operatorId);
      if (!operators.view(id)) throw new AppError('people.unknown', 'nobody has this id', { kind: 'user' });
      operators.tell(id, event(context, reason));
      notices.tell(id, context.at, { level: 'info', code: what, text: reason, from: fullName(context.person) });
      note(desk, context, what, operatorId, reason);
      return ledger.flush();
    };
  return {
    'supervision.endPause': command(
      schemas['supervision.endPause'],
      ROLES,
      act('operator.pauseEnded', ({ at }) => ({ type: 'operator.ready', at })),
    ),
    'supervision.pause': command(
      schemas['supervision.pause'],
      ROLES,
      act('operator.pausedBySupervisor', ({ at }, reason) => ({ type: 'operator.paused', at, reason })),
    ),
    'supervision.signOut': command(
      schemas['supervision.signOut'],
      ROLES,
      act('operator.signedOutBySupervisor', ({ at }) => ({ type: 'operator.signedOut', at })),
    ),
    'supervision.endWrapUp': command(schemas['supervision.endWrapUp'], ROLES, ({ operatorId, reason }, context) => {
      const open = desk.calls.ofOperator(as<OperatorId>(operatorId)).filter((live) => live.phase === 'wrapUp');
      for (const live of open) desk.calls.record(live.callId, 'wrapUp', context.at, { closedBy: context.person.id });
      note(desk, context, 'operator.wrapUpEnded', operatorId, reason);
      return ledger.flush();
    }),
    'supervision.message': command(schemas['supervision.message'], ROLES, ({ to, text }, context) => {
      const { unit } = to;
      const ids =
        to.operatorIds ??
        desk.users
          .all()
          .filter((each) => each.roles.includes('operator') && (unit === undefined || each.unit === unit))
          .map((each) => each.id);
      for (const id of ids)
        notices.tell(as<OperatorId>(id), context.at, {
          level: 'info',
          code: 'message',
          text,
          from: fullName(context.person),
        });
      note(desk, context, 'message.sent', to.unit ?? ids.slice(0, 20).join(','), text);
      return ledger.flush();
    }),
    'supervision.helpTaken': command(schemas['supervision.helpTaken'], ROLES, ({ operatorId }, context) => {
      comeToHelp(desk, context, as<OperatorId>(operatorId), COMING);
      return ledger.flush();
    }),
    'supervision.watch': command(schemas['supervision.watch'], ROLES, ({ operatorId }, context) => {
      desk.watchOperator(context, operatorId === null ? null : as<OperatorId>(operatorId));
      if (operatorId !== null) note(desk, context, 'panel.watched', operatorId, '');
      return ledger.flush();
    }),
  };
}

function listeningActs(desk: SupervisorDesk): Record<string, Command> {
  const { listening, ledger } = desk;
  return {
    'listening.start': command(schemas['listening.start'], ROLES, async (input, { person }) => {
      await listening.start(input, person);
      return ledger.flush();
    }),
    'listening.stop': command(schemas['listening.stop'], ROLES, ({ device }) => listening.stop(device)),
    /** The client comes to the supervisor's telephone. It is a transfer, and one more is allowed for it if need be. */
    'listening.takeOver': command(
      schemas['listening.takeOver'],
      ROLES,
      async ({ operatorId, device, reason }, context) => {
        const id = as<OperatorId>(operatorId);
        const live = desk.calls.ofOperator(id).find((each) => each.operatorId === id && each.phase !== 'wrapUp');
        const line = desk.operators.deviceOf(id);
        if (!live || !line) throw new AppError('call.unknown', 'this operator has no call now', { kind: 'user' });
        listening.allow('takeOver', context.person, desk.operators.view(id)?.unit ?? '', reason);
        listening.mustServe(as<DeviceId>(device), line, context.person);
        const { inquiryId } = live.rest;
        if (inquiryId && desk.inquiries.transfers(inquiryId).atLimit)
          desk.inquiries.allowOneMore(inquiryId, context.person.id, reason, context.at, live.callId);
        await desk.exchanges
          .get(live.record.exchangeId)
          .blindTransfer(live.callId, line, extensionOf(as<DeviceId>(device)));
        const { person: supervisor, at: startedAt } = context;
        listening.tookOver(live.callId, { operatorId: id, supervisor, device, reason, startedAt });
        const from = fullName(supervisor);
        desk.notices.tell(id, startedAt, { level: 'info', code: 'call.takenOver', text: reason, from });
        return ledger.flush();
      },
    ),
  };
}

function boardActs(desk: SupervisorDesk): Record<string, Command> {
  const { ledger, alerts, settings } = desk;
  return {
    'supervision.acknowledge': command(schemas['supervision.acknowledge'], ROLES, ({ alertKeys, done }, context) => {
      const by = fullName(context.person);
      const answered = alertKeys.filter((key) => alerts.acknowledge(key, by, done, context.at));
      for (const key of answered) {
        const { code, operatorId } = alerts.get(key) ?? {};
        if (code === 'helpAsked' && operatorId) comeToHelp(desk, context, operatorId, done);
      }
      if (answered.length === 0) throw new AppError('alert.gone', 'this alert is answered already', { kind: 'user' });
      for (const key of answered) note(desk, context, 'alert.acknowledged', key, done);
      return ledger.flush();
    }),
    'supervision.settings': command(
      schemas['supervision.settings'],
      KEEPERS,
      async ({ formula, queue, thresholds }, context) => {
        await settings.change(formula, queue, thresholds);
        await desk.onSettings();
        note(desk, context, 'board.settings', queue ?? '*', formula);
        ledger.touch('boardSettings');
        return ledger.flush();
      },
    ),
    'supervision.listeningRules': command(
      schemas['supervision.listeningRules'],
      KEEPERS,
      async ({ rules }, context) => {
        await desk.listeningRules.change(rules);
        note(desk, context, 'listening.rules', '*', JSON.stringify(rules).slice(0, 2_000));
        for (const id of desk.operators.all()) ledger.touch(`operator/${id}`);
        ledger.touch('listeningRules');
        return ledger.flush();
      },
    ),
    'supervision.listeningRecord': command(schemas['supervision.listeningRecord'], KEEPERS, () =>
      listeningRecord(desk.audit.collection, (id) => desk.operators.view(as<OperatorId>(id))?.name ?? id),
    ),
  };
}
