import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { Key } from '../../shared/ui/Key.tsx';
import { TextArea } from '../../shared/ui/TextField.tsx';
import { remaining } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { digitKeys } from '../logic/keys.ts';
import { recordsAfter } from '../logic/stage.ts';
import { useCall, usePanel } from '../panelContext.ts';
import { Refusal } from './Refusal.tsx';
import { useWrapUp, type WrapUpForm } from './useWrapUp.ts';
import { WasItClient } from './WasItClient.tsx';
import styles from './WrapUpStage.module.css';

/** After the call: how it ended and what is worth noting. The server closes it when the time is out. */
export function WrapUpStage() {
  const { t } = useTranslation('operator');
  const form = useWrapUp();
  const more = recordsAfter(usePanel().view);
  const noteField = useRef<HTMLTextAreaElement>(null);
  useHotkeys({
    ...digitKeys(form.offered, ({ code }) => form.pick(code)),
    enter: form.close,
    W: () => noteField.current?.focus(),
  });
  useEffect(() => {
    if (form.asked === 'note') noteField.current?.focus();
  }, [form.asked]);
  return (
    <div className={styles['stage']}>
      <Head more={more} />
      <WasItClient />
      <Dispositions form={form} />
      <Solved form={form} />
      <TextArea
        ref={noteField}
        label={
          <>
            {t('wrapUp.note')} <Key>W</Key>
          </>
        }
        value={form.note}
        {...(form.asked === 'note' && form.note.trim() === '' ? { error: t('wrapUp.noteFirst') } : {})}
        rows={2}
        maxLength={4000}
        onChange={(event) => form.setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          form.close();
        }}
      />
      <Refusal refused={form.refused} onClose={form.forget} />
      <div className={styles['foot']}>
        <Button kind="primary" onClick={form.close} disabled={form.busy} hotkey="Enter">
          {t(more > 0 ? 'wrapUp.closeOne' : 'wrapUp.close')}
        </Button>
        <span className={styles['quiet']}>{t('wrapUp.what')}</span>
      </div>
    </div>
  );
}

/** `more`: records that wait behind this one; the time is one for all. */
function Head({ more }: { readonly more: number }) {
  const { t } = useTranslation('operator');
  const until = useCall().wrapUp?.until;
  const left = useTimed((now) => (until === undefined ? '' : remaining(until - now)));
  return (
    <div className={styles['head']}>
      <h1>{t('wrapUp.title')}</h1>
      {left !== '' && (
        <span className={styles['left']}>
          {t('wrapUp.left')} <strong className="figures">{left}</strong>
        </span>
      )}
      {more > 0 && <span className={styles['left']}>{t('wrapUp.more', { count: more })}</span>}
    </div>
  );
}

function Dispositions({ form }: { readonly form: WrapUpForm }) {
  const { t } = useTranslation('operator');
  return (
    <fieldset className={styles['group']}>
      <legend>{t('wrapUp.disposition')}</legend>
      <div className={styles['choices']} data-many={form.offered.length > 9 || undefined}>
        {form.offered.map(({ code, label }, index) => (
          <button
            key={code}
            type="button"
            className={styles['choice']}
            aria-pressed={form.disposition === code}
            onClick={() => form.pick(code)}
          >
            {index < 9 && <Key>{index + 1}</Key>}
            {label}
          </button>
        ))}
      </div>
      {form.asked === 'result' && (
        <p className={styles['problem']} role="alert">
          {t('wrapUp.chooseFirst')}
        </p>
      )}
    </fieldset>
  );
}

const SOLVED = [
  [true, 'yes'],
  [false, 'no'],
  [null, 'unknown'],
] as const;

function Solved({ form }: { readonly form: WrapUpForm }) {
  const { t } = useTranslation('operator');
  return (
    <fieldset className={styles['group']}>
      <legend>{t('wrapUp.solved')}</legend>
      <div className={styles['solved']}>
        {SOLVED.map(([value, code]) => (
          <label key={code}>
            <input type="radio" name="solved" checked={form.solved === value} onChange={() => form.setSolved(value)} />
            {t(`wrapUp.solvedIs.${code}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
