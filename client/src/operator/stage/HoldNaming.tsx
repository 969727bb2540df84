import { TextInput } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../app/session.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Key } from '../../shared/ui/Key.tsx';
import { useHotkeys } from '../hotkeys.tsx';
import { HOLD_KEYS, parseHoldTime } from '../logic/hold.ts';
import { useCall, useCommand, usePanel } from '../panelContext.ts';
import styles from './Hold.module.css';
import { Refusal } from './Refusal.tsx';

/** Before a hold the client is told for how long (3.5.5-б): keys for the usual times, or another. */
export function NamingStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { setUi } = usePanel();
  const { send, refused, forget } = useCommand();
  const name = (promisedMs: number): void => void send('hold.name', { callId: call.callId, promisedMs });
  const close = (): void => setUi({ naming: false });
  useHotkeys({
    ...Object.fromEntries(HOLD_KEYS.map(({ key, ms }) => [key, () => name(ms)])),
    back: close,
    escape: close,
    enter: () => name(HOLD_KEYS[1].ms),
  });
  return (
    <div className={styles['stage']}>
      <h1 className={styles['title']}>{t('hold.nameTitle')}</h1>
      <p className={styles['quiet']}>{t('hold.nameWhat')}</p>
      <TimeChoices onName={name} />
      <Refusal refused={refused} onClose={forget} />
      <div className={styles['row']}>
        <Button kind="quiet" onClick={close} hotkey="⌫">
          {t('hold.notNow')}
        </Button>
      </div>
    </div>
  );
}

/** 1, 2, 3, 5 minutes by their keys, or any other time. */
export function TimeChoices({ onName }: { readonly onName: (ms: number) => void }) {
  const { t } = useTranslation('operator');
  const wording = useWording();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const other = (): void => {
    const ms = parseHoldTime(text);
    if (ms === undefined) setProblem(t('hold.otherProblem'));
    else onName(ms);
  };
  return (
    <div className={styles['times']}>
      {HOLD_KEYS.map(({ key, ms }) => (
        <button key={key} type="button" className={styles['time']} onClick={() => onName(ms)} aria-keyshortcuts={key}>
          <Key>{key}</Key>
          {wording.spoken(ms)}
        </button>
      ))}
      <TextInput
        className={styles['other'] ?? ''}
        aria-label={t('hold.other')}
        placeholder={t('hold.other')}
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            other();
          } else if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </div>
  );
}

/** The time is named: ask the client, then hold. */
export function ConsentStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const wording = useWording();
  const { setUi } = usePanel();
  const { send, busy, refused, forget } = useCommand();
  const [byHand, setByHand] = useState(false);
  const time = wording.spoken(call.hold?.promisedMs ?? 0);
  const name = call.client.name;
  const start = (): void => {
    void send('hold.start', { callId: call.callId }).then((result) => {
      if (result.ok && isByTelephone(result.value)) setByHand(true);
    });
  };
  const close = (): void => setUi({ naming: false });
  useHotkeys({ enter: start, H: start, back: close, escape: close });
  return (
    <div className={styles['stage']}>
      <h1 className={styles['title']}>{t('hold.consentTitle')}</h1>
      <p className={styles['say']}>{t(name === undefined ? 'hold.consentUnnamed' : 'hold.consent', { name, time })}</p>
      <Refusal refused={refused} onClose={forget} />
      {byHand && (
        <p className={styles['byHand']} role="status">
          {t('hold.pressTelephone')}
        </p>
      )}
      <div className={styles['row']}>
        <Button
          kind="primary"
          icon={<IconPlayerPause size={18} aria-hidden />}
          onClick={start}
          disabled={busy}
          hotkey="Enter"
        >
          {t('hold.start')}
        </Button>
        <Button onClick={() => setUi({ dialog: 'callback' })} hotkey="C">
          {t('hold.declined')}
        </Button>
        <Button kind="quiet" onClick={close} hotkey="⌫">
          {t('hold.notNow')}
        </Button>
      </div>
      {call.hold?.saved === false && <p className={styles['unsaved']}>{t('saved.notYet')}</p>}
      <p className={styles['quiet']}>{t('hold.byTelephoneToo')}</p>
    </div>
  );
}

/** The telephone does not obey commands of the exchange: the person presses its key. */
const isByTelephone = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { by?: unknown }).by === 'telephone';
