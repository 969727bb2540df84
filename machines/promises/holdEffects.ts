import { recordOf } from './holdRules.ts';
import type { HoldContext, HoldEffect, HoldOutcome } from './holdTypes.ts';

/** Makers of effects: the machine names them, the states in which they are named guarantee that the values are known. */
const duringWhat = ({ wait }: HoldContext): 'hold' | 'consultation' | 'parking' => {
  if (wait.consult) return 'consultation';
  return wait.parked ? 'parking' : 'hold';
};

interface Now {
  readonly context: HoldContext;
}
export const tellStarted = ({ context }: Now): HoldEffect => ({
  type: 'hold.started',
  promiseId: context.promiseId!,
  heldAt: context.heldAt!,
  dueAt: context.dueAt!,
});
export const tellWarned =
  (secondsLeft: 30 | 10 | 0) =>
  ({ context }: Now): HoldEffect => ({
    type: 'hold.warned',
    promiseId: context.promiseId!,
    secondsLeft,
    dueAt: context.dueAt!,
  });
export const tellUnpromised = ({ context }: Now): HoldEffect => ({
  type: 'hold.unpromised',
  heldAt: context.heldAt!,
  during: duringWhat(context),
});
export const tellReturnFirst = ({ context }: Now): HoldEffect => ({
  type: 'hold.returnFirst',
  promiseId: context.promiseId!,
});
export const tellEnded =
  (outcome: HoldOutcome) =>
  ({ context }: Now): HoldEffect => ({ type: 'hold.ended', record: recordOf(context, outcome) });
