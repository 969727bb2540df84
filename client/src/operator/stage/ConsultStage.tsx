import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { elapsed } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { formatPhone } from '../logic/phone.ts';
import { useCall, useCommand } from '../panelContext.ts';
import styles from './Hold.module.css';
import { Refusal } from './Refusal.tsx';

/** As many facts as fit above the buttons: what exactly is asked comes after who asks and of what. */
const BRIEF = 8;

/** A colleague is asked while the client waits: hand over, or come back. */
export function ConsultStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { send, busy, refused, forget } = useCommand();
  const since = call.consult?.since ?? call.phaseSince;
  const time = useTimed((now) => elapsed(now - since));
  const { callId } = call;
  const complete = (): void => void send('transfer.complete', { callId });
  const cancel = (): void => void send('transfer.cancel', { callId });
  useHotkeys({ enter: complete, back: cancel });
  const who = call.consult ? [call.consult.name, formatPhone(call.consult.number)].filter(Boolean).join(', ') : '';
  return (
    <div className={styles['stage']}>
      <h1 className={styles['title']}>
        {t('consult.title', { who })} · <span className="figures">{time}</span>
      </h1>
      <p className={styles['say']}>{t('consult.line', { name: call.client.name ?? t('client.theClient') })}</p>
      <dl className={styles['brief']}>
        {call.learned.slice(0, BRIEF).map((item) => (
          <div key={item.label}>
            <dt>{item.label}</dt>
            <dd>{item.value}</dd>
          </div>
        ))}
      </dl>
      <Refusal refused={refused} onClose={forget} />
      <div className={styles['row']}>
        <Button
          kind="primary"
          icon={<IconArrowForwardUp size={18} aria-hidden />}
          onClick={complete}
          disabled={busy}
          hotkey="Enter"
        >
          {t('consult.complete')}
        </Button>
        <Button icon={<IconArrowBackUp size={18} aria-hidden />} onClick={cancel} disabled={busy} hotkey="⌫">
          {t('consult.cancel')}
        </Button>
      </div>
      <p className={styles['quiet']}>{t('consult.what')}</p>
    </div>
  );
}
