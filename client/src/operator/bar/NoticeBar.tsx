import { IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../../server/contract/panel.ts';
import { useNoticeWords } from '../../app/noticeWords.ts';
import { useWording } from '../../app/session.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { useTimed } from '../../shared/time/ticker.ts';
import { usePanel } from '../panelContext.ts';
import styles from './NoticeBar.module.css';

const ICON = { size: 18, stroke: 1.7, 'aria-hidden': true } as const;

/** The newest; what is put away makes room for the next. */
const SHOWN = 3;

/** Messages of people and of the product, above what is known, until they are put away. */
export function NoticeBar() {
  const { t } = useTranslation('operator');
  const words = useNoticeWords();
  const { view, send } = usePanel();
  return (
    <div className={styles['stack']} role="status">
      {view.notices.slice(0, SHOWN).map((notice, place) => (
        <div key={notice.id} className={styles['line']} data-level={notice.level}>
          {notice.level === 'info' ? <IconInfoCircle {...ICON} /> : <IconAlertTriangle {...ICON} />}
          <p>
            {notice.callback && <AboutPromise callback={notice.callback} />}
            {notice.from !== undefined && <strong>{notice.from}: </strong>}
            {words(notice)}
          </p>
          <button
            type="button"
            className={styles['close']}
            onClick={() => void send('notice.dismiss', { id: notice.id })}
            aria-label={t('notice.close')}
            aria-keyshortcuts={place === 0 ? 'Z' : undefined}
          >
            {place === 0 && <Key>Z</Key>}
            <IconX size={16} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}

/** Whom to call and by when; a click shows the promise with everything that can be done. */
function AboutPromise({ callback }: { readonly callback: NonNullable<Notice['callback']> }) {
  const { setUi } = usePanel();
  const wording = useWording();
  const { promiseId, client, dueAt } = callback;
  const until = useTimed((now) => wording.until(dueAt, now));
  return (
    <button type="button" className={styles['about']} onClick={() => setUi({ dialog: 'promises', about: promiseId })}>
      {client}, {until}
    </button>
  );
}
