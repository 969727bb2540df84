import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../app/session.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';
import { Key } from '../../shared/ui/Key.tsx';
import { useHotkeys, type KeyMap } from '../hotkeys.tsx';
import { offersOf, parseHoldTime, USUAL_HOLDS, type HoldOffer } from '../logic/hold.ts';
import { useCall, useCommand, usePanel } from '../panelContext.ts';
import styles from './Hold.module.css';
import { Refusal } from './Refusal.tsx';
import { Spoken } from './Spoken.tsx';
import { useNotObeyed } from './useNotObeyed.ts';
import { useSpoken } from './useSpoken.ts';

/** Before a hold the client is told for how long (3.5.5-б): keys for the usual times, or another. */
export function NamingStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { setUi } = usePanel();
  const { send, refused, forget } = useCommand();
  const name = (promisedMs: number): void => void send('hold.name', { callId: call.callId, promisedMs });
  const close = (): void => setUi({ naming: false });
  const offers = offersOf(call.script?.step.asks?.holdOfferMs ?? USUAL_HOLDS);
  useHotkeys({
    ...offerKeys(offers, name),
    back: close,
    escape: close,
  });
  return (
    <div className={styles['stage']}>
      <h1 className={styles['title']}>{t('hold.nameTitle')}</h1>
      <p className={styles['quiet']}>{t('hold.nameWhat')}</p>
      <TimeChoices offers={offers} onName={name} />
      <Refusal refused={refused} onClose={forget} />
      <div className={styles['row']}>
        <Button kind="quiet" onClick={close} hotkey="⌫">
          {t('hold.notNow')}
        </Button>
      </div>
    </div>
  );
}

/** Keys that name the offered times. */
export const offerKeys = (offers: readonly HoldOffer[], onName: (ms: number) => void): KeyMap =>
  Object.fromEntries(offers.flatMap(({ key, ms }) => (key === undefined ? [] : [[key, () => onName(ms)]])));

export interface TimesProps {
  readonly offers: readonly HoldOffer[];
  readonly onName: (ms: number) => void;
}

/** The offered times by their keys, or any other time. */
export function TimeChoices({ offers, onName }: TimesProps) {
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
      {offers.map(({ key, ms }) => (
        <button key={ms} type="button" className={styles['time']} onClick={() => onName(ms)} aria-keyshortcuts={key}>
          {key !== undefined && <Key>{key}</Key>}
          {wording.spoken(ms)}
        </button>
      ))}
      <TextField
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

/** The offered times in one quiet line, where something else comes first. */
export function Times({ label, offers, onName }: TimesProps & { readonly label: string }) {
  const wording = useWording();
  return (
    <div className={styles['more']}>
      <span>{label}</span>
      {offers.map(({ key, ms }) => (
        <Button key={ms} kind="quiet" hotkey={key} onClick={() => onName(ms)}>
          {wording.spoken(ms)}
        </Button>
      ))}
    </div>
  );
}

/** The time is named: ask the client, then hold. */
export function ConsentStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { setUi } = usePanel();
  const { send, busy, refused, forget } = useCommand();
  const say = useSpoken(call.script?.language);
  const [byHand, expect] = useNotObeyed();
  const { promisedMs = 0, prolongs } = call.hold ?? {};
  const time = say.wording.spoken(promisedMs);
  const name = call.client.name;
  const ask = (): string => say.t(name === undefined ? 'hold.consentUnnamed' : 'hold.consent', { name, time });
  const start = (): void => {
    void send('hold.start', { callId: call.callId }).then((result) => result.ok && expect());
  };
  /** The client was told of no time that still stands: the hold that comes next begins anew. */
  const close = (): void => {
    setUi({ naming: false });
    void send('hold.withdraw', { callId: call.callId });
  };
  const rename = (ms: number): void => void send('hold.name', { callId: call.callId, promisedMs: ms });
  const others = offersOf(call.script?.step.asks?.holdOfferMs ?? USUAL_HOLDS).filter(({ ms }) => ms !== promisedMs);
  useHotkeys({ enter: start, H: start, back: close, escape: close, ...offerKeys(others, rename) });
  return (
    <div className={styles['stage']}>
      <h1 className={styles['title']}>{t('hold.consentTitle')}</h1>
      <p className={styles['say']}>
        <Spoken>{prolongs ? say.moreTime(name, promisedMs) : ask()}</Spoken>
      </p>
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
      <Times label={t('hold.otherTime')} offers={others} onName={rename} />
      {call.hold?.saved === false && <p className={styles['unsaved']}>{t('saved.notYet')}</p>}
      <p className={styles['quiet']}>{t('hold.byTelephoneToo')}</p>
    </div>
  );
}
