import type { Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { Joined } from '../appSetup.ts';
import { callbackCommands } from '../callbacks/commands.ts';
import { CallbackDesk } from '../callbacks/desk.ts';
import { inquiryCommands } from '../calls/commands/inquiryCommands.ts';
import { lineCommands } from '../calls/commands/lineCommands.ts';
import { promisingCall } from '../calls/commands/promisingCall.ts';
import { scriptCommands } from '../calls/commands/scriptCommands.ts';
import { dialling } from '../calls/dialling.ts';
import { operatorCommands } from '../calls/operatorCommands.ts';
import { ScriptEffects } from '../calls/scriptEffects.ts';
import { Commands } from '../commands.ts';
import type { Mirrors } from '../supervision/mirrors.ts';
import { rehearsalCommands } from '../rehearsal/commands.ts';
import { supervisorCommands } from '../supervision/supervisorCommands.ts';
import type { Exchange } from '../telephony/exchange.ts';
import type { Rehearsals } from './rehearsals.ts';

/** Everything people can ask for, and what scripts do by themselves on a call. */
export function joinCommands(
  { setup, rooms, life, exchanges }: Joined,
  mirrors: Mirrors,
  rehearsals: Rehearsals | undefined,
): Commands {
  const { config, log } = setup;
  const { ledger, calls, callbacks, operators, inquiries, notices, world } = rooms;
  const askHelp = (operatorId: OperatorId, reason: string, at: Instant): void =>
    rooms.watch.askHelp(operatorId, reason, at);
  const exchangeOf = (live: { record: { exchangeId: Exchange['id'] } }): Exchange =>
    exchanges.get(live.record.exchangeId);
  const desk = { calls, ledger, exchangeOf };
  const dial = dialling({ exchanges, operators, callerId: config.callerId });
  const callbackDesk = new CallbackDesk(callbacks, dial);

  calls.addListener(
    new ScriptEffects({
      calls,
      inquiries,
      callbacks: callbackDesk,
      timeZone: config.timeZone,
      log,
      exchangeOf,
      clientKindOf: (live, at) => rooms.knownOf(live, live.operatorId, at).client.kind,
      notify: (operatorId, at, notice) => notices.tell(operatorId, at, notice),
      askHelp,
    }),
  );

  const commands = new Commands((fault, name) => setup.faults.tell(fault, 'command', { name }));
  commands.add(scriptCommands(desk, world));
  commands.add(lineCommands({ ...desk, endsByHand: (callId) => rooms.tidings.endsByHand(callId) }, inquiries));
  commands.add(
    callbackCommands({
      desk: callbackDesk,
      ledger,
      notices,
      promisingCall: promisingCall(calls, rooms.knownOf),
      onPromised: ({ callId, inquiryId }, promiseId, at) => {
        const { question = '', clientName = '' } = callbacks.get(promiseId)?.context ?? {};
        // The name that the exchange showed is no way to address a person; what the operator wrote instead is.
        const isWritten = clientName !== calls.get(callId)?.callerName;
        inquiries.learnMissing(inquiryId, { question, ...(isWritten ? { name: clientName } : {}) }, at, callId);
        calls.record(callId, 'promised', at, { promiseId });
      },
    }),
  );
  commands.add(inquiryCommands({ calls, inquiries, ledger, dial }));
  commands.add(
    operatorCommands({
      operators,
      ledger,
      askHelp,
      promisesOf: (operatorId) => callbacks.ownedBy(operatorId).length,
      dismissNotice: (personId, id) => {
        notices.dismiss(personId, id);
        ledger.touch('reminders');
      },
    }),
  );
  commands.add(
    supervisorCommands({
      ...rooms,
      callbacks: callbackDesk,
      exchanges,
      onSettings: async () => {
        rooms.watch.limitsChanged();
        await life.recount();
      },
      watchOperator: ({ person }, operatorId) => mirrors.watch(person.id, operatorId),
    }),
  );
  commands.add(rooms.studio.commands);
  if (setup.demo) commands.add(setup.demo.commands);
  if (rehearsals) commands.add(rehearsalCommands(rehearsals.hall));
  return commands;
}
