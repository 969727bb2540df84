import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftHistoryRow } from '../../../../server/contract/studioVersions.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { shortName } from '../../supervisor/words.ts';
import { useDesk } from '../studioContext.ts';
import { useMoment } from './moment.ts';
import styles from './Versions.module.css';

/** Who changed what in the draft, read when somebody opens it. */
export function DraftHistory() {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const moment = useMoment();
  const said = useSaid();
  const { scriptId, revision } = useDesk().open.draft;
  const [isOpen, setOpen] = useState(false);
  const [rows, setRows] = useState<readonly DraftHistoryRow[]>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    if (!isOpen) return;
    api<DraftHistoryRow[]>(`/studio/scripts/${scriptId}/history`).then(setRows, (cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      setFault(cause.code);
    });
    // Each edit is a new row.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [isOpen, scriptId, revision]);
  return (
    <details className={styles['edits']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('edits.title')}</summary>
      {fault !== undefined && <p role="alert">{words(fault)}</p>}
      {rows?.length === 0 && <p className={styles['quiet']}>{t('edits.none')}</p>}
      <ol>
        {rows?.map((row) => (
          <li key={row.revision}>
            {row.words.map(said).join(', ')}
            <small>
              {shortName(row.byName)}, {moment(row.at)}
            </small>
          </li>
        ))}
      </ol>
    </details>
  );
}
