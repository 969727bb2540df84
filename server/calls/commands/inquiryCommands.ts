import { AppError } from '../../../machines/vocabulary/index.ts';
import { command, type Command } from '../../commands.ts';
import { operatorCommands as schemas } from '../../contract/index.ts';
import type { InquiryRoom } from '../../inquiries/inquiryRoom.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { CallsRoom } from '../callsRoom.ts';
import type { Dialler } from '../dialling.ts';
import { ownCall } from './access.ts';
import { dialable } from './lineCommands.ts';

const ROLES = ['operator', 'supervisor'] as const;

/** Linking a repeat caller to what he called about before and undoing it, closing an inquiry, calling a number. */
export function inquiryCommands(setup: {
  readonly calls: CallsRoom;
  readonly inquiries: InquiryRoom;
  readonly ledger: Ledger;
  readonly dial: Dialler;
}): Record<string, Command> {
  const { calls, inquiries, ledger } = setup;
  return {
    'inquiry.link': command(schemas['inquiry.link'], ROLES, async ({ callId, inquiryId }, context) => {
      const live = ownCall({ calls }, callId, context);
      const found = await inquiries.load(inquiryId, context.at);
      if (!found) throw new AppError('inquiry.unknown', 'no such inquiry', { kind: 'user' });
      inquiries.linking.link(found.id, live, context.at);
      return ledger.flush();
    }),
    'inquiry.unlink': command(schemas['inquiry.unlink'], ROLES, ({ callId }, context) => {
      inquiries.linking.unlink(ownCall({ calls }, callId, context), context.at);
      return ledger.flush();
    }),
    'inquiry.close': command(schemas['inquiry.close'], ROLES, async ({ inquiryId, satisfied }, { person, at }) => {
      const found = await inquiries.load(inquiryId, at);
      if (!found) throw new AppError('inquiry.unknown', 'no such inquiry', { kind: 'user' });
      inquiries.close(found.id, satisfied, person.id, at);
      return ledger.flush();
    }),
    'call.dial': command(schemas['call.dial'], ['operator'], async ({ number }, { person, commandId }) => {
      await setup.dial.dial({ operatorId: person.id, number: dialable(number), token: `d-${commandId}` });
    }),
  };
}
