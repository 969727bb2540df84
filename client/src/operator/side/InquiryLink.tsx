import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../../server/contract/panel.ts';
import { useSite } from '../../app/session.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { useCommand } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import styles from './Known.module.css';

/**
 * The same number has an open question: one inquiry over many calls, if the operator says so; and the way back from a
 * wrong press while the call is not written up.
 */
export function InquiryLink({ call: { callId, inquiry } }: { readonly call: CallView }) {
  const { t } = useTranslation('operator');
  const { wording, nameOf } = useSite();
  const { send, busy, refused, forget } = useCommand();
  const { linked, proposed } = inquiry;
  const other = linked ?? proposed;
  if (!other) return null;
  const about = {
    topic: other.topic ? nameOf('topics', other.topic) : t('inquiry.noTopic'),
    when: wording.brief(other.lastCallAt, serverClock.now()),
  };
  return (
    <section className={styles['link']} data-linked={linked !== undefined || undefined} aria-label={t('link.title')}>
      <p>{t(linked ? 'link.done' : 'link.ask', about)}</p>
      <Refusal refused={refused} onClose={forget} />
      {linked ? (
        <Button kind="quiet" small onClick={() => void send('inquiry.unlink', { callId })} disabled={busy}>
          {t('link.undo')}
        </Button>
      ) : (
        <Button onClick={() => void send('inquiry.link', { callId, inquiryId: other.id })} disabled={busy}>
          {t('link.yes')}
        </Button>
      )}
    </section>
  );
}
