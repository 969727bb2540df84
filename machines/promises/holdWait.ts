import type { DeviceId } from '../vocabulary/index.ts';
import { seenIn } from './holdRules.ts';
import type { HoldContext, HoldEvent, WaitReasons } from './holdTypes.ts';

export const NOT_WAITING: WaitReasons = {
  heldBy: null,
  held: false,
  forTransfer: false,
  consult: false,
  parked: false,
};

/** A fact that makes the client wait: the operator's hold key, a consultation, parking, or a wait seen after a gap. */
export const waitBegunBy = (event: HoldEvent): WaitReasons | undefined => {
  if (event.type === 'call.consultStarted') return { ...NOT_WAITING, consult: true };
  if (event.type === 'call.parked') return { ...NOT_WAITING, parked: true };
  // Held by the client: he listens to nobody, but nobody promised him anything.
  if (event.type === 'call.held' && event.by === 'operator') {
    return { ...NOT_WAITING, held: true, heldBy: event.device ?? null, forTransfer: event.forTransfer === true };
  }
  if (event.type !== 'call.confirmed' || seenIn(event) !== 'onHold') return undefined;
  const holder = event.devices.find((one) => one.state === 'onHold');
  return { ...NOT_WAITING, held: true, heldBy: holder?.device ?? null };
};

/** The wait goes on with one reason more or fewer. */
export const waitAfter = (wait: WaitReasons, event: HoldEvent): WaitReasons => {
  if (event.type === 'call.consultEnded') return { ...wait, consult: false };
  const begun = waitBegunBy(event);
  if (begun === undefined) return wait;
  return {
    heldBy: wait.heldBy ?? begun.heldBy,
    held: wait.held || begun.held,
    forTransfer: begun.held ? begun.forTransfer : wait.forTransfer,
    consult: wait.consult || begun.consult,
    parked: wait.parked || begun.parked,
  };
};

const sameDevice = (device: DeviceId | undefined, holder: DeviceId | null): boolean =>
  device === undefined || holder === null || device === holder;

type Of<Type extends HoldEvent['type']> = Extract<HoldEvent, { type: Type }>;
/** How each kind of fact can put a person on the line with the waiting client; the others never do. */
const RETURNS: { readonly [Type in HoldEvent['type']]?: (context: HoldContext, event: Of<Type>) => boolean } = {
  'call.answered': () => true,
  'call.resumed': ({ handedOverAt, wait }, event) =>
    event.by === 'operator' && (handedOverAt !== null || sameDevice(event.device, wait.heldBy)),
  'call.unparked': (_context, event) => event.device !== undefined,
  'call.transferred': (_context, event) => event.kind === 'attended',
  // With the telephone's own hold the client waits until the operator lets go of the key.
  'call.consultEnded': ({ handedOverAt, wait }, event) =>
    event.outcome !== 'transferred' && wait.consult && !wait.held && !wait.parked && handedOverAt === null,
  'call.confirmed': (_context, event) => seenIn(event) === 'talking',
};

/** This event puts a person on the line with the waiting client. */
export const isReturn = (context: HoldContext, event: HoldEvent): boolean => {
  const rule = RETURNS[event.type] as ((context: HoldContext, event: HoldEvent) => boolean) | undefined;
  return rule?.(context, event) ?? false;
};
