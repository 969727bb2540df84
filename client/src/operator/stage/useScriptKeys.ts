import type { RefObject } from 'react';
import type { ChoiceView, StepView } from '../../../../machines/script/view.ts';
import { useHotkeys, type KeyMap } from '../hotkeys.tsx';
import { offersOf } from '../logic/hold.ts';
import type { PanelKey } from '../logic/keys.ts';
import { useCall, usePanel } from '../panelContext.ts';
import { offerKeys } from './HoldNaming.tsx';

/** The first question that keeps the step open: what is typed wrong, or must be answered and is empty. */
export const openQuestion = (place: HTMLElement | null): HTMLInputElement | null | undefined =>
  place?.querySelector<HTMLInputElement>('input[aria-invalid="true"]') ??
  place?.querySelector<HTMLInputElement>('input[data-empty]');

/** To the question that keeps the step open, else to the choices. Reads the page: it is what the person sees. */
export function toNext(place: HTMLElement | null): void {
  const next =
    openQuestion(place) ?? place?.querySelector<HTMLElement>('button[data-choice]:not([aria-disabled="true"])');
  next?.focus({ preventScroll: true });
}

interface Setup {
  /** Undefined: no keys of a script now. */
  readonly step: StepView | undefined;
  /** Times that the number keys name before they mean choices. */
  readonly times: readonly number[] | undefined;
  /** A prepared answer stands in place of the line. */
  readonly answered: boolean;
  readonly choose: (choice: ChoiceView) => void;
  readonly back: () => void;
  readonly place: RefObject<HTMLDivElement | null>;
}

/** The keys of a step: numbers choose, Enter goes on, Backspace back. */
export function useScriptKeys({ step, times, answered, choose, back, place }: Setup): void {
  const { callId } = useCall();
  const { setUi, send } = usePanel();
  const goOn = (): void => {
    const open = step?.choices.filter((choice) => choice.enabled) ?? [];
    if (open.length === 1 && !openQuestion(place.current)) choose(open[0]!);
    else toNext(place.current);
  };
  const numbers = (): KeyMap =>
    times
      ? offerKeys(offersOf(times), (promisedMs) => void send('hold.name', { callId, promisedMs }))
      : Object.fromEntries(
          (step?.choices ?? [])
            .filter(({ key }) => key !== '')
            .map((choice) => [choice.key as PanelKey, () => choose(choice)]),
        );
  const toScript = (): void => setUi({ answer: undefined });
  useHotkeys(
    step
      ? {
          ...numbers(),
          ...(step.side && { X: () => setUi({ dialog: 'situations' }) }),
          '0': () => setUi({ dialog: 'noAnswer' }),
          enter: goOn,
          ...(answered ? { back: toScript, escape: toScript } : step.canGoBack && { back }),
          R: () => setUi({ dialog: 'restart' }),
        }
      : {},
  );
}
