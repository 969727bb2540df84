import {
  IconHourglassHigh,
  IconPhoneIncoming,
  IconPhoneCall,
  IconAlertTriangle,
  IconArrowBackUp,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CallbackView, CallView, HoldView, OperatorView } from '../../../../server/contract/panel.ts';
import { useWording } from '../../app/session.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { elapsed, remaining } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { bandOf, shortName, urgencyOf } from '../logic/band.ts';
import { holdStage } from '../logic/hold.ts';
import { formatPhone } from '../logic/phone.ts';
import { otherCalls, waitingCall } from '../logic/stage.ts';
import { usePanel } from '../panelContext.ts';
import styles from './Band.module.css';

const ICON = { size: 18, stroke: 1.7, 'aria-hidden': true } as const;

/**
 * Promises in one line: the nearest callbacks, then a second call and the hold. Three places of equal width: what the
 * line does takes the last ones, so that a promise never moves under the eye. Grey while there is nothing to do.
 */
export function Band() {
  const { t } = useTranslation('operator');
  const { view, call, stage, setUi } = usePanel();
  const held = waitingCall(view) ?? (call?.hold && call);
  const others = otherCalls(view).filter((other) => other !== held);
  // Without a call the promises are listed above: twice would be noise.
  const listed = stage === 'idle';
  const { shown, more } = bandOf(listed ? [] : view.callbacks, others, held !== undefined);
  const nothing = shown.length === 0 && !held && others.length === 0;
  const second = others[0];
  return (
    <section className={styles['band']} aria-label={t('band.label')}>
      {shown.map((callback) => (
        <CallbackItem key={callback.promiseId} callback={callback} />
      ))}
      {nothing && <span className={styles['none']}>{t(listed ? idleWords(view.operator) : 'band.none')}</span>}
      <div className={styles['line']}>
        {second && <SecondCall call={second} />}
        {held?.hold && <HoldItem hold={held.hold} {...(held !== call && { name: nameOf(held, t) })} />}
      </div>
      <button
        type="button"
        className={styles['all']}
        onClick={() => setUi({ dialog: 'promises' })}
        aria-keyshortcuts="L"
      >
        {more > 0 ? t('band.more', { count: more }) : t('band.all')} <Key>L</Key>
      </button>
    </section>
  );
}

/** What will happen now, or what to do so that it will. */
const idleWords = ({ deviceLostAt, state }: OperatorView): string =>
  deviceLostAt !== undefined ? 'idle.deviceLost' : state === 'ready' ? 'idle.waiting' : 'idle.notReady';

/** `name`: of a client who waits while another is talked to. */
function HoldItem({ hold, name }: { readonly hold: HoldView; readonly name?: string }) {
  const { t } = useTranslation('operator');
  const { dueAt, heldAt } = hold;
  const stage = useTimed((now) => (dueAt !== undefined && heldAt !== undefined ? holdStage(dueAt - now) : 'calm'));
  const figures = useTimed((now) => {
    if (dueAt === undefined || heldAt === undefined) return '';
    return dueAt > now ? remaining(dueAt - now) : `+${elapsed(now - dueAt)}`;
  });
  const wording = useWording();
  const text =
    name !== undefined
      ? t('band.secondHeld', { name })
      : hold.state === 'named'
        ? t('band.holdNamed', { time: wording.spoken(hold.promisedMs ?? 0) })
        : t(hold.state === 'unpromised' ? 'band.holdUnpromised' : `band.hold.${stage}`);
  return (
    <div className={styles['item']} data-level={hold.state === 'unpromised' ? 'soon' : stage} data-hold>
      {stage === 'over' ? (
        <IconAlertTriangle {...ICON} />
      ) : stage === 'calm' ? (
        <IconHourglassHigh {...ICON} />
      ) : (
        <IconArrowBackUp {...ICON} />
      )}
      <span className={styles['cut']}>{text}</span>
      {figures !== '' && <strong className="figures">{figures}</strong>}
      {!hold.saved && <span className={styles['unsaved']}>{t('saved.not')}</span>}
    </div>
  );
}

const nameOf = ({ client }: CallView, t: TFunction<'operator'>): string =>
  client.name ?? (shortName(client.callerName) || formatPhone(client.number) || t('client.hidden'));

function SecondCall({ call }: { readonly call: CallView }) {
  const { t } = useTranslation('operator');
  const time = useTimed((now) => elapsed(now - call.phaseSince));
  return (
    <div className={styles['item']} data-level="soon" data-second role="status">
      <IconPhoneIncoming {...ICON} />
      <span className={styles['cut']}>{t('band.second', { name: nameOf(call, t) })}</span>
      <strong className="figures">{time}</strong>
    </div>
  );
}

function CallbackItem({ callback }: { readonly callback: CallbackView }) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  const wording = useWording();
  const urgency = useTimed((now) => urgencyOf(callback, now));
  // What presses says how long, what does not says when: both would leave no room for whom to call.
  const when = useTimed((now) => {
    if (urgencyOf(callback, now) !== 'quiet') return wording.left(callback.dueAt, now);
    const short = wording.short(callback.dueAt, now);
    return short === wording.time(callback.dueAt) ? t('band.until', { when: short }) : short;
  });
  return (
    <button
      type="button"
      className={styles['item']}
      data-level={{ quiet: undefined, soon: 'soon', late: 'over' }[urgency]}
      onClick={() => setUi({ dialog: 'promises', about: callback.promiseId })}
    >
      <IconPhoneCall {...ICON} />
      <span className={styles['cut']}>{shortName(callback.clientName) || formatPhone(callback.number)}</span>
      <span className="figures">{when}</span>
      {!callback.saved && <span className={styles['unsaved']}>{t('saved.not')}</span>}
    </button>
  );
}
