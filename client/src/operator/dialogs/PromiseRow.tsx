import { IconPhoneCall } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallbackView } from '../../../../server/contract/panel.ts';
import { useWording } from '../../app/session.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Key } from '../../shared/ui/Key.tsx';
import { useTimed } from '../../shared/time/ticker.ts';
import { shortName, urgencyOf } from '../logic/band.ts';
import { formatPhone } from '../logic/phone.ts';
import { usePanel } from '../panelContext.ts';
import { PromiseActs } from './PromiseActs.tsx';
import styles from './PromiseRow.module.css';

interface Props {
  readonly callback: CallbackView;
  readonly hotkey?: string | undefined;
  readonly onCall: () => void;
  /** Shown with everything that can be done, from the start. */
  readonly open?: boolean;
}

/** One promise to call back: to whom, about what, by when, whose; the rest of what can be done unfolds. */
export function PromiseRow({ callback, hotkey, onCall, open: startsOpen = false }: Props) {
  const { t } = useTranslation('operator');
  const { view } = usePanel();
  const wording = useWording();
  const [open, setOpen] = useState(startsOpen);
  const urgency = useTimed((now) => urgencyOf(callback, now));
  const until = useTimed((now) => wording.until(callback.dueAt, now));
  const left = useTimed((now) => wording.left(callback.dueAt, now));
  const next = callback.nextAttemptAt;
  const wait = useTimed((now) => (next !== undefined && next > now ? wording.short(next, now) : ''));
  const mine = callback.owner?.id === view.operator.id;
  const owner = mine ? t('promise.mine') : callback.owner ? shortName(callback.owner.name) : t('promise.nobody');
  return (
    <li className={styles['row']} data-urgency={urgency}>
      <div className={styles['line']}>
        <span className={styles['key']}>{hotkey !== undefined && <Key>{hotkey}</Key>}</span>
        <button
          type="button"
          className={styles['what']}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          title={t('promise.more')}
        >
          <span className={styles['name']}>{callback.clientName || t('client.unnamed')}</span>
          <span className={styles['question']}>{callback.question}</span>
        </button>
        <span className={styles['when']}>
          <span className={styles['until']}>{until}</span>
          <span className={styles['left']}>{left}</span>
        </span>
        <span className={styles['whose']}>
          <span className="figures">
            {formatPhone(callback.number)}
            {callback.extension !== undefined && ` ${t('promise.extension', { number: callback.extension })}`}
          </span>
          <span className={styles['owner']}>
            {[owner, callback.attempts > 0 && t('promise.attempts', { count: callback.attempts })]
              .filter(Boolean)
              .join(', ')}
            {!callback.saved && <span className={styles['unsaved']}>, {t('saved.not')}</span>}
          </span>
          {wait !== '' && <span className={styles['owner']}>{t('promise.again', { time: wait })}</span>}
        </span>
        <Button
          icon={<IconPhoneCall size={18} stroke={1.7} aria-hidden />}
          onClick={onCall}
          disabled={callback.state === 'calling'}
        >
          {t(callback.state === 'calling' ? 'promise.calling' : 'promise.call')}
        </Button>
      </div>
      {open && <PromiseActs callback={callback} mine={mine} />}
    </li>
  );
}
