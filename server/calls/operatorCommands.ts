import { command, type Command } from '../commands.ts';
import { operatorCommands as schemas } from '../contract/index.ts';
import { AppError, as, type DeviceId, type OperatorId } from '../../machines/vocabulary/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Operators } from '../people/operators.ts';

const ROLES = ['operator'] as const;

export interface OperatorDesk {
  readonly operators: Operators;
  readonly ledger: Ledger;
  askHelp(operatorId: OperatorId, reason: string, at: number): void;
  /** How many promises to call back are this operator's. */
  promisesOf(operatorId: OperatorId): number;
  dismissNotice(operatorId: OperatorId, id: string): void;
}

/** What an operator says of himself: where he sits, ready, paused, gone, in need of help. */
export const operatorCommands = (desk: OperatorDesk): Record<string, Command> => ({
  'operator.chooseDevice': command(schemas['operator.chooseDevice'], ROLES, ({ device }, { person, at }) => {
    desk.operators.chooseDevice(person.id, as<DeviceId>(device), at);
    return desk.ledger.flush();
  }),
  'operator.ready': command(schemas['operator.ready'], ROLES, (_input, { person, at }) => {
    desk.operators.goReady(person.id, at);
    return desk.ledger.flush();
  }),
  'operator.pause': command(schemas['operator.pause'], ROLES, ({ reason }, { person, at }) => {
    desk.operators.tell(person.id, { type: 'operator.paused', at, reason });
    return desk.ledger.flush();
  }),
  'operator.signOut': command(schemas['operator.signOut'], ROLES, ({ keepsPromises }, { person, at }) => {
    const count = keepsPromises === true ? 0 : desk.promisesOf(person.id);
    if (count > 0)
      throw new AppError('operator.promisesOpen', 'say who keeps your promises', { kind: 'user', details: { count } });
    desk.operators.endShift(person.id, at);
    return desk.ledger.flush();
  }),
  'operator.askHelp': command(schemas['operator.askHelp'], ROLES, ({ reason }, { person, at }) => {
    desk.askHelp(person.id, reason, at);
    return desk.ledger.flush();
  }),
  // Reviewers are told of answers.
  'notice.dismiss': command(schemas['notice.dismiss'], [...ROLES, 'supervisor'], ({ id }, { person }) => {
    desk.dismissNotice(person.id, id);
    return desk.ledger.flush();
  }),
});
