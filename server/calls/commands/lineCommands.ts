import { holdNameability } from '../../../machines/promises/index.ts';
import { AppError, as, type CallId, type PromiseId } from '../../../machines/vocabulary/index.ts';
import { command, type Command, type CommandContext } from '../../commands.ts';
import { operatorCommands as schemas } from '../../contract/index.ts';
import type { LiveCall } from '../liveCall.ts';
import type { InquiryBook } from '../ports.ts';
import { deviceInHand, deviceToEnd, kept, ownCall, type CallDesk } from './access.ts';

const ROLES = ['operator'] as const;

export interface LineDesk extends CallDesk {
  /** The operator ends the call, or goes back to the client without the colleague. The answer takes it back. */
  endsByHand(callId: CallId): () => void;
}
/** What the operator does with the line: hold, transfer, hang up, and the wrap-up after it. */
export function lineCommands(desk: LineDesk, inquiries: InquiryBook): Record<string, Command> {
  return { ...holdCommands(desk), ...transferCommands(desk, inquiries), ...endCommands(desk) };
}

function holdCommands(desk: CallDesk): Record<string, Command> {
  return {
    /** The promise starts with the fact of the hold; while the client waits, more time means returning first. */
    'hold.name': command(schemas['hold.name'], ROLES, async ({ callId, promisedMs }, context) => {
      const live = ownCall(desk, callId, context);
      // Sent while the server was away, it may come when the call is over: then there is nobody to promise it to.
      deviceInHand(live, context);
      const type = holdNameability(live.rest.holds) === 'returnFirst' ? 'hold.extended' : 'hold.named';
      const promiseId = as<PromiseId>(`h-${context.commandId}`);
      desk.calls.record(live.callId, 'hold', context.at, {
        type,
        at: context.at,
        promiseId,
        promisedMs,
        by: context.person.id,
      });
      return { ...(await kept(desk)), returnFirst: type === 'hold.extended' };
    }),
    'hold.withdraw': command(schemas['hold.withdraw'], ROLES, async ({ callId }, context) => {
      const live = ownCall(desk, callId, context);
      // The hold may have begun meanwhile: then the promise runs.
      if (holdNameability(live.rest.holds) === 'replacesNamed')
        desk.calls.record(live.callId, 'hold', context.at, { type: 'hold.withdrawn', at: context.at });
      return kept(desk);
    }),
    'hold.start': command(schemas['hold.start'], ROLES, async ({ callId }, context) => {
      const live = ownCall(desk, callId, context);
      await desk.exchangeOf(live).hold(live.callId, deviceInHand(live, context));
    }),
    'hold.resume': command(schemas['hold.resume'], ROLES, async ({ callId }, context) => {
      const live = ownCall(desk, callId, context);
      await desk.exchangeOf(live).resume(live.callId, deviceInHand(live, context));
    }),
  };
}

function transferCommands(desk: LineDesk, inquiries: InquiryBook): Record<string, Command> {
  const allowed = (callId: string, context: CommandContext): LiveCall => {
    const live = ownCall(desk, callId, context);
    const count = live.rest.inquiryId && inquiries.transfers(live.rest.inquiryId);
    if (!count || count.atLimit)
      throw new AppError('transfer.limit', 'the transfers of this inquiry are used up', {
        kind: 'user',
        details: { count: count ? count.count : 0, limit: count ? count.limit : 0 },
      });
    return live;
  };
  return {
    'transfer.blind': command(schemas['transfer.blind'], ROLES, async ({ callId, number }, context) => {
      const live = allowed(callId, context);
      await desk.exchangeOf(live).blindTransfer(live.callId, deviceInHand(live, context), dialable(number));
    }),
    'transfer.consult': command(schemas['transfer.consult'], ROLES, async ({ callId, number }, context) => {
      const live = allowed(callId, context);
      await desk.exchangeOf(live).consult(live.callId, deviceInHand(live, context), dialable(number));
    }),
    'transfer.complete': command(schemas['transfer.complete'], ROLES, async ({ callId }, context) => {
      const live = allowed(callId, context);
      await desk.exchangeOf(live).completeConsult(live.callId, deviceInHand(live, context));
    }),
    'transfer.cancel': command(schemas['transfer.cancel'], ROLES, async ({ callId }, context) => {
      const live = ownCall(desk, callId, context);
      const device = deviceInHand(live, context);
      await byHand(desk, live, () => desk.exchangeOf(live).cancelConsult(live.callId, device));
    }),
  };
}

function endCommands(desk: LineDesk): Record<string, Command> {
  return {
    'call.hangUp': command(schemas['call.hangUp'], ROLES, async ({ callId }, context) => {
      const live = ownCall(desk, callId, context);
      const device = deviceToEnd(live, context);
      await byHand(desk, live, () => desk.exchangeOf(live).hangUp(live.callId, device));
    }),
    'wrapUp.note': command(schemas['wrapUp.note'], ROLES, async ({ callId, disposition, note }, context) => {
      const live = ownCall(desk, callId, context);
      desk.calls.record(live.callId, 'wrapUp', context.at, { disposition, note });
      return kept(desk);
    }),
    'wrapUp.close': command(
      schemas['wrapUp.close'],
      ROLES,
      async ({ callId, disposition, note, satisfied }, context) => {
        const live = ownCall(desk, callId, context);
        if (live.phase !== 'wrapUp') throw new AppError('wrapUp.tooEarly', 'the call is not over', { kind: 'user' });
        desk.calls.record(live.callId, 'wrapUp', context.at, {
          disposition,
          note,
          satisfied,
          closedBy: context.person.id,
        });
        return kept(desk);
      },
    ),
  };
}

/** What a telephone can dial: digits, `+`, `*`, `#`; people's spaces, dashes and brackets are dropped. */
export function dialable(number: string): string {
  const plain = number.replaceAll(/[\s()–-]/g, '');
  if (!/^\+?[\d*#]{1,20}$/.test(plain))
    throw new AppError('number.invalid', 'this is not a number that can be dialled', { kind: 'user' });
  return plain;
}

/** What does not come about is not the operator's doing. */
async function byHand(desk: LineDesk, live: LiveCall, end: () => Promise<void>): Promise<void> {
  const goOn = desk.endsByHand(live.callId);
  await end().catch((fault: unknown) => {
    goOn();
    throw fault;
  });
}
