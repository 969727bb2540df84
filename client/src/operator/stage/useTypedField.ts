import { useEffect, useState, type KeyboardEvent } from 'react';
import { useSite } from '../../app/session.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import { drafts } from '../drafts.ts';
import { codecOf } from '../logic/fieldCodec.ts';
import { formatPhone } from '../logic/phone.ts';
import { useCall } from '../panelContext.ts';
import type { TypedFieldProps } from './TypedField.tsx';

/** After a pause in typing the answer is sent, so that choices and lines that depend on it are right. */
const PAUSE_MS = 400;

export interface TypedFieldState {
  readonly text: string;
  /** What is typed and not yet the answer; its problem would be told too early. */
  readonly unsent: boolean;
  readonly inputMode: 'text' | 'tel' | 'numeric' | 'decimal';
  /** The number that the client calls from, taken by Enter. */
  readonly offered: string | undefined;
  readonly type: (text: string) => void;
  readonly leave: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** A question's text between the keyboard and the script: kept over a reload, sent after a pause, on leaving, on Enter. */
export function useTypedField({ step, field, onAnswer, onEnter }: TypedFieldProps): TypedFieldState {
  const { callId, client } = useCall();
  const { timeZone } = useSite();
  const codec = codecOf(field.type, () => dateAt(timeZone));
  const name = `${step.stepId}/${field.id}`;
  const [typed, setTyped] = useState<string | undefined>(() => drafts.read(callId, name));
  const known = codec.show(field.value);
  const text = typed ?? known;
  const unsent = typed !== undefined && typed !== known;
  // Most clients are to be reached where they call from.
  const offered =
    field.type === 'phone' && text === '' && client.number !== '' ? formatPhone(client.number) : undefined;

  const commit = (value: string): void => {
    drafts.write(callId, name, undefined);
    const tidy = codec.tidy(value);
    onAnswer(field.id, tidy.trim() === '' ? null : codec.read(tidy));
  };
  useEffect(() => {
    if (typed === undefined || typed === known) return undefined;
    const timer = setTimeout(() => commit(typed), PAUSE_MS);
    return () => clearTimeout(timer);
    // Only typing starts the pause anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed]);
  return {
    ...{ text, unsent, offered, inputMode: codec.inputMode },
    type(next) {
      setTyped(next);
      drafts.write(callId, name, next);
    },
    leave() {
      if (unsent) commit(typed);
      setTyped(undefined);
    },
    onKeyDown(event) {
      if (event.key === 'Escape') event.currentTarget.blur();
      if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
      event.preventDefault();
      const value = offered ?? text;
      commit(value);
      setTyped(codec.tidy(value));
      event.currentTarget.blur();
      // Where one goes depends on what is empty, which the answer just changed.
      setTimeout(onEnter, 0);
    },
  };
}

/** Today at the site, as `YYYY-MM-DD`. */
const dateAt = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    serverClock.now(),
  );
