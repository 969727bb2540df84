import { useEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldView, StepView } from '../../../../machines/script/view.ts';
import { useSite } from '../../app/session.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import { TextField } from '../../shared/ui/TextField.tsx';
import { drafts } from '../drafts.ts';
import { codecOf } from '../logic/fieldCodec.ts';
import { formatPhone } from '../logic/phone.ts';
import { useCall } from '../panelContext.ts';
import type { OnAnswer } from './Fields.tsx';
import styles from './Fields.module.css';

interface Props {
  readonly step: StepView;
  readonly field: FieldView;
  /** The cursor goes here when the step comes. */
  readonly first: boolean;
  readonly onAnswer: OnAnswer;
  readonly onEnter: () => void;
}
/** After a pause in typing the answer is sent, so that choices and lines that depend on it are right. */
const PAUSE_MS = 400;

export function TypedField({ step, field, first, onAnswer, onEnter }: Props) {
  const { t } = useTranslation('operator');
  const call = useCall();
  const site = useSite();
  const codec = codecOf(field.type, () => dateAt(site.timeZone));
  const name = `${step.stepId}/${field.id}`;
  const [typed, setTyped] = useState<string | undefined>(() => drafts.read(call.callId, name));
  const known = codec.show(field.value);
  const text = typed ?? known;

  // Most clients are to be reached where they call from.
  const offered =
    field.type === 'phone' && text === '' && call.client.number !== '' ? formatPhone(call.client.number) : undefined;

  const commit = (value: string): void => {
    drafts.write(call.callId, name, undefined);
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

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const value = text === '' && offered !== undefined ? offered : text;
      commit(value);
      setTyped(codec.tidy(value));
      const field = event.currentTarget;
      // Where one goes depends on what is empty, which the answer just changed.
      field.blur();
      setTimeout(onEnter, 0);
    } else if (event.key === 'Escape') {
      event.currentTarget.blur();
    }
  };
  return (
    <TextField
      label={
        <>
          {field.label}
          {!field.required && <span className={styles['optional']}> {t('field.optional')}</span>}
        </>
      }
      value={text}
      inputMode={codec.inputMode}
      placeholder={
        offered === undefined
          ? t(`field.placeholder.${field.type}`, { defaultValue: '' })
          : t('field.callersNumber', { number: offered })
      }
      autoComplete="off"
      spellCheck={field.type === 'text'}
      error={typed !== undefined && typed !== known ? undefined : text === '' ? undefined : field.problem}
      data-first={first || undefined}
      data-empty={(field.required && text.trim() === '') || undefined}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setTyped(value);
        drafts.write(call.callId, name, value);
      }}
      onBlur={() => {
        if (typed === undefined) return;
        if (typed !== known) commit(typed);
        setTyped(undefined);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

/** Today at the site, as `YYYY-MM-DD`. */
const dateAt = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    serverClock.now(),
  );
