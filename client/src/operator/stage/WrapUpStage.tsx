import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../app/session.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextArea } from '../../shared/ui/TextField.tsx';
import { Key } from '../../shared/ui/Key.tsx';
import { remaining } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { drafts, useDraft } from '../drafts.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { useCall, useCommand } from '../panelContext.ts';
import { Refusal } from './Refusal.tsx';
import { WasItClient } from './WasItClient.tsx';
import styles from './WrapUpStage.module.css';

const PAUSE_MS = 600;
const SOLVED = [true, false, null] as const;
const codeOf = (solved: boolean | null): 'yes' | 'no' | 'unknown' =>
  solved === null ? 'unknown' : solved ? 'yes' : 'no';

/** After the call: how it ended and what is worth noting. Kept as typed; the server closes it when the time is out. */
export function WrapUpStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const site = useSite();
  const { send, busy, refused, forget } = useCommand();
  const { callId, wrapUp } = call;
  const ended = call.script?.step.ended;
  const [note, setNote, forgetNote] = useDraft(callId, 'note', wrapUp?.note ?? '');
  const [disposition, setDisposition] = useState(() => drafts.read(callId, 'disposition') ?? wrapUp?.disposition);
  const [solved, setSolved] = useState<boolean | null>(ended?.satisfied ?? null);
  const [asked, setAsked] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const until = wrapUp?.until;
  const left = useTimed((now) => (until === undefined ? '' : remaining(until - now)));

  const pick = (code: string): void => {
    drafts.write(callId, 'disposition', code);
    setDisposition(code);
    setAsked(false);
  };
  // What is chosen and typed goes to the server as it comes: the time may run out at any moment.
  useEffect(() => {
    const timer = setTimeout(() => {
      if (note !== (wrapUp?.note ?? '') || (disposition ?? null) !== (wrapUp?.disposition ?? null)) {
        void send('wrapUp.note', { callId, disposition: disposition ?? null, note });
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [note, disposition]);

  const close = (): void => {
    if (disposition === undefined) {
      setAsked(true);
      return;
    }
    void send('wrapUp.close', { callId, disposition, note, satisfied: solved }).then((result) => {
      if (result.ok) forgetNote();
    });
  };
  useHotkeys({
    ...Object.fromEntries(
      site.dispositions.slice(0, 9).map(({ code }, index) => [String(index + 1), () => pick(code)]),
    ),
    enter: close,
    W: () => noteField.current?.focus(),
  });
  return (
    <div className={styles['stage']}>
      <div className={styles['head']}>
        <h1>{t('wrapUp.title')}</h1>
        {left !== '' && (
          <span className={styles['left']}>
            {t('wrapUp.left')} <strong className="figures">{left}</strong>
          </span>
        )}
      </div>
      <WasItClient />
      <fieldset className={styles['group']}>
        <legend>{t('wrapUp.disposition')}</legend>
        <div className={styles['choices']} data-many={site.dispositions.length > 9 || undefined}>
          {site.dispositions.map(({ code, label }, index) => (
            <button
              key={code}
              type="button"
              className={styles['choice']}
              aria-pressed={disposition === code}
              onClick={() => pick(code)}
            >
              {index < 9 && <Key>{index + 1}</Key>}
              {label}
            </button>
          ))}
        </div>
        {asked && (
          <p className={styles['problem']} role="alert">
            {t('wrapUp.chooseFirst')}
          </p>
        )}
      </fieldset>
      <fieldset className={styles['group']}>
        <legend>{t('wrapUp.solved')}</legend>
        <div className={styles['solved']}>
          {SOLVED.map((value) => (
            <label key={codeOf(value)}>
              <input type="radio" name="solved" checked={solved === value} onChange={() => setSolved(value)} />
              {t(`wrapUp.solvedIs.${codeOf(value)}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        ref={noteField}
        label={
          <>
            {t('wrapUp.note')} <Key>W</Key>
          </>
        }
        value={note}
        rows={2}
        maxLength={4000}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) close();
        }}
      />
      <Refusal refused={refused} onClose={forget} />
      <div className={styles['foot']}>
        <Button kind="primary" onClick={close} disabled={busy} hotkey="Enter">
          {t('wrapUp.close')}
        </Button>
        <span className={styles['quiet']}>{t('wrapUp.what')}</span>
      </div>
    </div>
  );
}
