import { IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../app/session.ts';
import type { CallView } from '../../../../server/contract/panel.ts';
import { elapsed } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { formatPhone } from '../logic/phone.ts';
import { isAsked } from '../logic/stage.ts';
import { usePanel } from '../panelContext.ts';
import { useActions } from '../useActions.ts';
import { BarAction } from './BarAction.tsx';
import { EndCall } from './EndCall.tsx';
import styles from './LineBar.module.css';

const ICON = { size: 18, stroke: 1.7, 'aria-hidden': true } as const;

/** Who is on the line, since when, and what can be done with the call. */
export function CallBar({ call }: { readonly call: CallView }) {
  const { t } = useTranslation('operator');
  const { nameOf } = useSite();
  const { stage, setUi } = usePanel();
  const actions = useActions();
  const since = stage === 'ringing' ? call.phaseSince : (call.answeredAt ?? call.phaseSince);
  const time = useTimed((now) => elapsed((stage === 'wrapUp' ? call.phaseSince : now) - since));
  const name = call.client.name ?? call.client.callerName;
  const { count, limit, extra, atLimit } = call.transfers;
  const isCalling = call.phase === 'ringing' && call.direction === 'outbound';
  const phase = isAsked(call) ? 'asked' : isCalling ? 'calling' : call.phase;
  return (
    <>
      <div className={styles['state']}>
        <span className={styles['label']}>
          <i className={styles['dot']} data-phase={call.phase} data-confirmed={call.confirmed} />
          {t(call.confirmed ? `phase.${phase}` : 'phase.unconfirmed')}
        </span>
        <span className={`${styles['timer']} figures`}>{time}</span>
      </div>
      <div className={styles['who']}>
        <span className={styles['name']}>{name || t('client.unnamed')}</span>
        <span className={styles['sub']}>
          <span className="figures">{call.client.number ? formatPhone(call.client.number) : t('client.hidden')}</span>
          {' · '}
          {call.queue ? t('client.queue', { queue: call.queue }) : t(`direction.${call.direction}`)}
        </span>
      </div>
      <button
        type="button"
        className={styles['fact']}
        onClick={() => setUi({ dialog: 'history', about: call.inquiry.id })}
        aria-keyshortcuts="I"
        title={t('inquiry.open')}
      >
        <span>{t('inquiry.nth', { count: call.inquiry.callNumber, ordinal: true })}</span>
        <span className={styles['sub']}>
          {call.inquiry.topic ? nameOf('topics', call.inquiry.topic) : t('inquiry.noTopic')}
        </span>
      </button>
      <div className={styles['fact']} data-level={atLimit ? 'limit' : undefined}>
        <span className="figures">{t('transfer.count', { count, limit: limit + extra })}</span>
        <span className={styles['sub']}>{t(atLimit ? 'transfer.noneLeft' : 'transfer.perInquiry')}</span>
      </div>
      <div className={styles['actions']}>
        {actions.help && (
          <BarAction
            icon={<IconUserQuestion {...ICON} />}
            label={t('action.askHelp')}
            hotkey="S"
            onClick={actions.help}
            narrow
          />
        )}
        {stage !== 'wrapUp' && (stage !== 'ringing' || (isCalling && call.answeredAt === undefined)) && (
          <EndCall callId={call.callId} />
        )}
      </div>
    </>
  );
}
