import { holdViewOf, type HoldBook } from '../../machines/promises/index.ts';
import type { Known, KnownPhase } from '../../machines/script/index.ts';
import type { ClientKind, Direction, Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { Phase } from '../../machines/call/index.ts';
import type { InquiryBook } from './ports.ts';
import type { LiveCall } from './liveCall.ts';
import type { KnownOf } from './scriptWorld.ts';

/** Where the parts of `Known` come from. */
export interface KnownSources {
  readonly timeZone: string;
  readonly organization: string;
  readonly inquiries: InquiryBook;
  operator(
    operatorId: OperatorId,
  ): { readonly fullName: string; readonly position?: string; readonly unit?: string } | undefined;
  colleague(number: string): { readonly name: string } | undefined;
  hours(at: Instant): { readonly working: boolean; readonly schedule?: string; readonly nextOpenAt?: Instant };
  deadlines(at: Instant): NonNullable<Known['deadlines']>;
  callback(live: LiveCall): Known['callback'];
  contactPoints(): NonNullable<Known['contactPoints']>;
}

const PHASES: Readonly<Record<Phase, KnownPhase>> = {
  arriving: 'ringing',
  queued: 'queued',
  ringing: 'ringing',
  talking: 'talking',
  onHold: 'onHold',
  consulting: 'consulting',
  parked: 'onHold',
  transferring: 'transferring',
  wrapUp: 'wrapUp',
  closed: 'closed',
};

/** Puts together what a script may read of one call at one moment. */
export const createKnownOf =
  (sources: KnownSources): KnownOf =>
  (live, operatorId, at) => {
    const { record, rest } = live;
    const operator = operatorId && sources.operator(operatorId);
    const { working, ...hours } = sources.hours(at);
    const callback = sources.callback(live);
    return {
      now: at,
      timeZone: sources.timeZone,
      workingHours: working,
      hours,
      organization: sources.organization,
      operator: operator ?? { fullName: '' },
      ...aboutClient(sources, live),
      call: {
        id: record.callId,
        phase: PHASES[live.phase],
        direction: record.direction,
        ...(record.queue === undefined ? {} : { queue: record.queue }),
        dialled: record.dialled,
        isCallback: rest.callbackId !== null,
      },
      transfers: rest.inquiryId ? sources.inquiries.transfers(rest.inquiryId) : { count: 0, limit: 0, extra: 0 },
      ...aboutHold(live),
      holds: rest.holds.finished.filter((hold) => hold.heldAt !== null).length,
      ...(callback ? { callback } : {}),
      deadlines: sources.deadlines(at),
      contactPoints: sources.contactPoints(),
    };
  };

function aboutClient(sources: KnownSources, live: LiveCall): Pick<Known, 'client' | 'inquiry'> {
  const { record, rest } = live;
  const known = rest.inquiryId ? sources.inquiries.known(rest.inquiryId) : undefined;
  const colleague = sources.colleague(record.client.number);
  const name = known?.name ?? colleague?.name;
  return {
    client: {
      kind: kindOf(record.direction, colleague !== undefined),
      number: record.client.number,
      ...(name ? { name } : {}),
      earlierCalls: known?.earlierCalls ?? 0,
    },
    inquiry: known?.inquiry ?? { callNumber: rest.callNumber },
  };
}
const kindOf = (direction: Direction, colleague: boolean): ClientKind =>
  direction === 'internal' || colleague ? 'internal' : 'external';

/** Back on the line the apology is still to be said. Who asked for more time has made the client wait longer as well. */
function wasLate({ finished }: HoldBook): boolean {
  const last = finished.findLast((hold) => hold.heldAt !== null);
  return last !== undefined && (last.lateMs > 0 || last.prolongs !== null);
}

function aboutHold({ rest }: LiveCall): { hold?: NonNullable<Known['hold']> } {
  if (rest.holds.current === null) return wasLate(rest.holds) ? { hold: { state: 'overdue' } } : {};
  const hold = holdViewOf(rest.holds, { language: 'ru', saved: true });
  if (!hold) return {};
  return {
    hold: {
      state: hold.state,
      ...(hold.promisedMs === undefined ? {} : { promisedMs: hold.promisedMs }),
      ...(hold.dueAt === undefined ? {} : { dueAt: hold.dueAt }),
    },
  };
}
