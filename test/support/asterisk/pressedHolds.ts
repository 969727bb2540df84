import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { PhoneCall } from '../sip/phoneCall.ts';
import type { Signal } from '../sip/signal.ts';

export const STAFF = ['101', '102', '103', '104'] as const;
export type Extension = (typeof STAFF)[number];

/** Between these two instants of the telephone the exchange did it. */
export interface Moment {
  readonly from: Instant;
  readonly to: Instant;
}
/** One waiting on hold in a conversation: `79001000017` with that client, `101 asks 102 #1` among colleagues. */
export interface ExpectedHold {
  readonly talk: string;
  readonly device: string;
  readonly begin: Moment;
  readonly end: Moment;
  /** Somebody talked to the client again: the key was let go, or a transfer joined him with who was asked. */
  readonly returned: boolean;
}
/** A telephone in a talk. */
export interface Leg {
  readonly extension: Extension;
  readonly call: PhoneCall;
  readonly client: string;
  /** This telephone is asked about the client. */
  readonly consult: Consult | undefined;
}
export interface Consult {
  readonly talk: string;
  readonly client: string;
  readonly over: Signal<'joined' | 'returned'>;
  /** The client became that of who was asked. */
  joined?: Moment;
  /** One key at a time: a hold pressed in the very moment of joining could belong to either conversation. */
  turn: Promise<unknown>;
}
export interface PressedHold {
  readonly leg: Leg;
  readonly pressed: Moment;
  released?: Moment;
  returned: boolean;
}

/** Of who is asked a hold belongs to the talk among colleagues until they are joined, then to the client's. */
export const expectedOf = ({ leg, pressed, released = pressed, returned }: PressedHold): ExpectedHold[] => {
  const { client, consult } = leg;
  const hold = { talk: client, device: `PJSIP/${leg.extension}`, begin: pressed, end: released, returned };
  if (consult === undefined) return [hold];
  const { talk, joined } = consult;
  if (joined === undefined || released.to <= joined.from) return [{ ...hold, talk }];
  if (pressed.from >= joined.to) return [hold];
  return [
    { ...hold, talk, end: joined },
    { ...hold, begin: joined },
  ];
};
