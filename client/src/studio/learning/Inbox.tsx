import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnansweredItem } from '../../../../server/contract/learning.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useConnection } from '../../shared/realtime/context.ts';
import { Link } from '../../shared/router.tsx';
import { Button } from '../../shared/ui/Button.tsx';
import styles from './Inbox.module.css';
import { useMoment } from '../versions/moment.ts';
import { ReasonDialog } from '../versions/ReasonDialog.tsx';

/** «Нет нужного ответа»: what callers said where the script had nothing, to become a choice or to be put aside. */
export default function Inbox() {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const connection = useConnection();
  const moment = useMoment();
  const [items, setItems] = useState<readonly UnansweredItem[]>();
  const [fault, setFault] = useState<string>();
  const [aside, setAside] = useState<string>();
  const read = useCallback(() => {
    api<UnansweredItem[]>('/studio/unanswered?state=open').then(setItems, (cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      setFault(cause.code);
    });
  }, []);
  useEffect(read, [read]);
  const run = (name: string, input: object): void =>
    void connection.send(name, input).then((result) => {
      setFault(result.ok ? undefined : result.error.code);
      if (result.ok) read();
    });
  return (
    <div className={styles['page']}>
      <header>
        <Link href="/studio">{t('back')}</Link>
        <h1>{t('inbox.title')}</h1>
      </header>
      {fault !== undefined && <p role="alert">{words(fault)}</p>}
      {items?.length === 0 && <p className={styles['empty']}>{t('inbox.empty')}</p>}
      <ul>
        {items?.map((item) => (
          <li key={item.itemId}>
            <p className={styles['said']}>«{item.said}»</p>
            <p className={styles['where']}>
              <Link href={`/studio/${item.scriptId}`}>{item.stepTitle}</Link>, {t('version', { number: item.version })},{' '}
              {moment(item.at)}
            </p>
            <div className={styles['acts']}>
              <Button
                kind="primary"
                onClick={() =>
                  run('studio.toChoice', { itemId: item.itemId, label: item.said.slice(0, 200), to: 'stay' })
                }
              >
                {t('inbox.toChoice')}
              </Button>
              <Button onClick={() => setAside(item.itemId)}>{t('inbox.dismiss')}</Button>
            </div>
          </li>
        ))}
      </ul>
      {aside !== undefined && (
        <ReasonDialog
          title={t('inbox.dismiss')}
          act={t('inbox.dismiss')}
          onClose={() => setAside(undefined)}
          onDone={(reason) => {
            run('studio.dismissUnanswered', { itemId: aside, reason });
            setAside(undefined);
          }}
        />
      )}
    </div>
  );
}
