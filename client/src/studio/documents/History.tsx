import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteDocumentKind, SiteDocumentRevision } from '../../../../server/contract/siteDocuments.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { shortName } from '../../supervisor/words.ts';
import { useMoment } from '../versions/moment.ts';
import { ReasonDialog } from '../versions/ReasonDialog.tsx';
import { differences } from './differences.ts';
import styles from './History.module.css';
import type { OpenDocument } from './useDocument.ts';

/** All revisions: who, when, why, and what each changed; any of them can become the next one. */
export function History(props: {
  readonly kind: SiteDocumentKind;
  readonly id: string;
  readonly document: OpenDocument;
}) {
  const { kind, id, document } = props;
  const { t, i18n } = useTranslation('documents');
  const words = useErrorWords();
  const moment = useMoment();
  const [rows, setRows] = useState<readonly SiteDocumentRevision[]>([]);
  const [fault, setFault] = useState<string>();
  const [back, setBack] = useState<number>();
  const { revision } = document;
  useEffect(() => {
    api<SiteDocumentRevision[]>(`/site-documents/${kind}/${encodeURIComponent(id)}/history`).then(
      setRows,
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        setFault(cause.code);
      },
    );
    // A new revision is a new row.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [kind, id, revision]);
  const named = (part: string): string =>
    i18n.exists(`field.${part}`, { ns: 'documents' }) ? t(`field.${part}`) : part;
  return (
    <ol className={styles['revisions']}>
      {fault !== undefined && <li role="alert">{words(fault)}</li>}
      {rows.map((row, index) => (
        <li key={row.revision}>
          <header>
            <strong>{t('revision', { number: row.revision })}</strong>
            <span>
              {moment(row.at)}, {row.byName ? shortName(row.byName) : t('fromLibrary')}
            </span>
            {row.revision !== revision && (
              <Button kind="quiet" onClick={() => setBack(row.revision)}>
                {t('restore')}
              </Button>
            )}
          </header>
          {row.reason !== '' && <p>{row.reason}</p>}
          {row.removed && <p>{t('removed')}</p>}
          <ul>
            {differences(
              rows[index + 1]?.content ?? row.content,
              row.content,
              i18n.language === 'en' ? 'en' : 'ru',
            ).map((each) => (
              <li key={`${each.place.join('/')} ${each.before} ${each.after}`}>
                <span>{each.place.map(named).join(' → ')}</span> {each.before !== '' && <del>{each.before}</del>}{' '}
                {each.after !== '' && <ins>{each.after}</ins>}
              </li>
            ))}
          </ul>
        </li>
      ))}
      {back !== undefined && (
        <ReasonDialog
          title={t('restoreTo', { number: back })}
          what={t('restoreWhat')}
          act={t('restore')}
          onClose={() => setBack(undefined)}
          onDone={(reason) => {
            setBack(undefined);
            void document.act('siteDocument.restore', { from: back, reason });
          }}
        />
      )}
    </ol>
  );
}
