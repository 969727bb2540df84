import {
  IconPhone,
  IconPhoneEnd,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPhonePause,
  IconPlayerPause,
  IconPlayerPlay,
  IconVolume,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoTelephoneCall, DemoTelephoneView } from '../../../server/contract/demo.ts';
import { Behaviour } from './Behaviour.tsx';
import { Destination } from './Destination.tsx';
import { useDemo } from './demoContext.ts';
import { shownNumber } from './shownNumber.ts';
import { Since } from './Since.tsx';
import styles from './Telephone.module.css';

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** One telephone: its calls and the keys that make sense now. */
export function Telephone({ telephone }: { readonly telephone: DemoTelephoneView }) {
  const { t } = useTranslation('demo');
  const { calls, consult } = telephone;
  const loudest = LOUDNESS.find((state) => calls.some((call) => call.state === state)) ?? 'free';
  const unplugged = telephone.behaviour === 'unplugged';
  return (
    <li className={styles['telephone']} data-state={unplugged ? 'unplugged' : loudest}>
      <header className={styles['head']}>
        <span className={`${styles['number']} figures`}>{telephone.number}</span>
        <div className={styles['who']}>
          <strong title={telephone.name}>{initialled(telephone.name)}</strong>
          <span>{telephone.unit === '' ? t('telephones.colleague') : telephone.unit}</span>
        </div>
        <Behaviour telephone={telephone} />
      </header>
      {calls.length === 0 ? (
        <p className={styles['quiet']}>
          <Idle telephone={telephone} />
        </p>
      ) : (
        <ul className={styles['calls']}>
          {calls.map((call) => (
            <Call key={call.id} call={call} />
          ))}
        </ul>
      )}
      {consult && (
        <p className={styles['consult']}>
          {t(consult.answered ? 'telephones.asks' : 'telephones.asking', { number: consult.number })}
        </p>
      )}
      <Keys telephone={telephone} />
    </li>
  );
}
/** Why nothing happens at a telephone. */
function Idle({ telephone: { behaviour, pausedFor } }: { readonly telephone: DemoTelephoneView }) {
  const { t } = useTranslation('demo');
  if (behaviour === 'unplugged') return t('telephones.unplugged');
  if (pausedFor === undefined) return t('telephones.free');
  const reason = t([`telephones.pauses.${pausedFor}`, 'telephones.pauses.other'], { reason: pausedFor });
  return t('telephones.paused', { reason });
}
/** `Воронцова А. П.`: a telephone's face is narrow. */
const initialled = (name: string): string => {
  const [surname = '', ...rest] = name.split(' ');
  return [surname, ...rest.map((each) => `${each.slice(0, 1)}.`)].join(' ');
};
/** What colours the telephone when it has several calls. */
const LOUDNESS = ['ringing', 'talking', 'dialling', 'listening', 'onHold'] as const;

const CALL_ICONS: Readonly<Record<DemoTelephoneCall['state'], ReactNode>> = {
  ringing: <IconPhoneIncoming {...ICON} />,
  dialling: <IconPhone {...ICON} />,
  talking: <IconPhone {...ICON} />,
  onHold: <IconPhonePause {...ICON} />,
  listening: <IconVolume {...ICON} />,
};

function Call({ call }: { readonly call: DemoTelephoneCall }) {
  const { t } = useTranslation('demo');
  const number = shownNumber(call.number);
  return (
    <li className={styles['call']} data-state={call.state}>
      {CALL_ICONS[call.state]}
      <span className={styles['other']}>
        <span>{call.name === '' ? number : call.name}</span>
        <span className={styles['state']}>
          {t(`telephones.states.${call.state}`)} <Since at={call.since} />
        </span>
      </span>
    </li>
  );
}

/** Keys of the telephone, in the order of a call. What makes no sense now is not there. */
function Keys({ telephone }: { readonly telephone: DemoTelephoneView }) {
  const { t } = useTranslation('demo');
  const { send } = useDemo();
  const { device, calls, consult } = telephone;
  const has = (...states: DemoTelephoneCall['state'][]): boolean => calls.some(({ state }) => states.includes(state));
  const key = (name: KeyName, icon: ReactNode, accent?: 'go' | 'stop'): ReactNode => (
    <button
      type="button"
      className={styles['key']}
      data-accent={accent}
      onClick={() => send(`demo.${name}`, { device })}
    >
      {icon}
      <span>{t(`keys.${name}`)}</span>
    </button>
  );
  if (consult)
    return (
      <div className={styles['keys']}>
        {key('completeConsult', <IconPhone {...ICON} />, 'go')}
        {key('cancelConsult', <IconPlayerPlay {...ICON} />)}
      </div>
    );
  return (
    <>
      {calls.length > 0 && (
        <div className={styles['keys']}>
          {has('ringing') && key('answer', <IconPhone {...ICON} />, 'go')}
          {has('ringing') && key('reject', <IconPhoneOff {...ICON} />)}
          {has('talking') && key('hold', <IconPlayerPause {...ICON} />)}
          {has('onHold') && key('resume', <IconPlayerPlay {...ICON} />, 'go')}
          {has('talking', 'dialling', 'onHold', 'listening') && key('hangUp', <IconPhoneEnd {...ICON} />, 'stop')}
        </div>
      )}
      {has('talking', 'onHold') && <Destination device={device} purpose="transfer" />}
      {calls.length === 0 && telephone.kind === 'staff' && telephone.behaviour !== 'unplugged' && (
        <Destination device={device} purpose="dial" />
      )}
    </>
  );
}
type KeyName = 'answer' | 'reject' | 'hold' | 'resume' | 'hangUp' | 'completeConsult' | 'cancelConsult';
