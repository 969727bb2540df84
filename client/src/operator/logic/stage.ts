import type { CallView, PanelView } from '../../../../server/contract/panel.ts';

/** What stands in the middle of the panel: exactly one of these answers "what do I say now?". */
export type Stage =
  | 'device'
  | 'idle'
  | 'ringing'
  | 'script'
  | 'naming'
  | 'consent'
  | 'held'
  | 'consulting'
  | 'transferring'
  | 'wrapUp';

/** The call in hand: the server puts it first. */
export const callInHand = (view: Pick<PanelView, 'calls'>): CallView | undefined =>
  view.calls.find((call) => call.phase !== 'queued');

/** A colleague keeps the client and asks here, be it that the receiver is lifted already. */
export const isAsked = ({ phase, consult }: CallView): boolean => phase === 'ringing' && consult !== undefined;

/** The client who waits on hold, be it that another is talked to meanwhile. */
export const waitingCall = (view: PanelView): CallView | undefined =>
  view.calls.find(({ hold }) => hold?.heldAt !== undefined);

/** Others that ring or wait at the same telephone. */
export const otherCalls = (view: PanelView): readonly CallView[] => {
  const inHand = callInHand(view);
  return view.calls.filter((call) => call !== inHand && call.phase !== 'closed' && call.phase !== 'wrapUp');
};

/** Others that are over and still to be written up. */
export const recordsAfter = (view: PanelView): number => {
  const inHand = callInHand(view);
  return view.calls.filter((call) => call !== inHand && call.phase === 'wrapUp').length;
};

/** `naming`: the operator has opened the choice of a time to hold, which the server does not know of. */
export function stageOf(view: PanelView, naming: boolean): Stage {
  const call = callInHand(view);
  if (!call || call.phase === 'closed') return view.operator.device === undefined ? 'device' : 'idle';
  switch (call.phase) {
    case 'queued':
    case 'ringing':
      return 'ringing';
    case 'onHold':
      return call.keying ? 'transferring' : 'held';
    case 'consulting':
      return 'consulting';
    case 'transferring':
      return 'transferring';
    case 'wrapUp':
      return 'wrapUp';
    case 'talking':
      // Back on the line with the wish for more time: the client is asked for it before anything else.
      if (call.hold?.state === 'named' && (naming || call.hold.prolongs)) return 'consent';
      return naming ? 'naming' : 'script';
  }
}
