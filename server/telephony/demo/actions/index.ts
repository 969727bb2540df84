import { headerOf, type WirePacket } from '../../connection/wire.ts';
import type { AmiSession } from '../amiSession.ts';
import { Request, type Actions } from './action.ts';
import { CALL_ACTIONS } from './calls.ts';
import { LIST_ACTIONS } from './lists.ts';
import { QUEUE_ACTIONS } from './queues.ts';
import { BEFORE_LOGIN, SESSION_ACTIONS } from './session.ts';
import { VALUE_ACTIONS } from './values.ts';

const ACTIONS: Actions = {
  ...SESSION_ACTIONS,
  ...LIST_ACTIONS,
  ...CALL_ACTIONS,
  ...QUEUE_ACTIONS,
  ...VALUE_ACTIONS,
};
const BY_NAME = new Map(Object.entries(ACTIONS).map(([name, action]) => [name.toLowerCase(), action]));

/** Carries out one action of a client, or refuses it in Asterisk's words. */
export const carryOut = (session: AmiSession, packet: WirePacket): void => {
  const request = new Request(session, packet);
  const name = headerOf(packet, 'Action') ?? '';
  if (name === '') {
    request.fail('Missing action in request');
    return;
  }
  const action = BY_NAME.get(name.toLowerCase());
  if (session.account === undefined && !BEFORE_LOGIN.has(name.toLowerCase())) {
    request.fail('Permission denied');
    return;
  }
  if (action === undefined) {
    request.fail(`Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`);
    return;
  }
  const { account } = session;
  if (action.rights.length > 0 && !action.rights.some((right) => account?.write.includes(right))) {
    request.fail('Permission denied');
    return;
  }
  action.run(request);
};
