import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhichVersion } from '../../../../server/contract/studio.ts';
import type { VersionRow } from '../../../../server/contract/studioVersions.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { shortName } from '../../supervisor/words.ts';
import { downloadOne } from '../files.ts';
import { Compare } from './Compare.tsx';
import { useMoment } from './moment.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { DraftHistory } from './DraftHistory.tsx';
import { ReviewPart } from './ReviewPart.tsx';
import { useDesk } from '../studioContext.ts';
import styles from './Versions.module.css';

/** From the draft to the published version and back: review, publication, what there was, what differs. */
export function Versions() {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const moment = useMoment();
  const { session, open } = useDesk();
  const { scriptId, basedOn, review } = open.draft;
  const [rows, setRows] = useState<readonly VersionRow[]>();
  const [fault, setFault] = useState<string>();
  const [back, setBack] = useState<number>();
  const [sides, setSides] = useState<readonly [WhichVersion, WhichVersion]>();
  const read = useCallback(() => {
    api<VersionRow[]>(`/studio/scripts/${scriptId}/versions`).then(setRows, (cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      setFault(cause.code);
    });
  }, [scriptId]);
  // Who publishes changes the draft's base and its stage: then there is a new row.
  useEffect(read, [read, basedOn, review.state]);
  const download = (version: number): void => {
    downloadOne(scriptId, version).catch((cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      setFault(cause.code);
    });
  };
  const current = rows?.[0]?.version;
  const [from, to] = sides ?? (current === undefined ? [undefined, undefined] : [current, 'draft' as const]);
  const names: readonly WhichVersion[] = [
    'draft',
    ...(review.state === 'editing' ? [] : ['submitted' as const]),
    ...(rows ?? []).map(({ version }) => version),
  ];
  return (
    <div className={styles['page']}>
      <section className={styles['left']}>
        <ReviewPart onDone={read} />
        <h2>{t('versions.title')}</h2>
        {fault !== undefined && <p role="alert">{words(fault)}</p>}
        {rows?.length === 0 && <p className={styles['quiet']}>{t('versions.none')}</p>}
        <ul className={styles['versions']}>
          {rows?.map((row) => (
            <li key={row.version}>
              <h3>
                {t('version', { number: row.version })}
                {row.version === current && <span>{t('versions.current')}</span>}
                {row.liveCalls > 0 && <span>{t('versions.live', { count: row.liveCalls })}</span>}
              </h3>
              <p>{row.reason}</p>
              <p className={styles['quiet']}>
                {moment(row.publishedAt)},{' '}
                {row.publishedBy === 'library'
                  ? t('versions.fromLibrary')
                  : t('versions.published', { name: shortName(row.publishedByName) })}
                {row.approvedByName !== null && `, ${t('versions.approved', { name: shortName(row.approvedByName) })}`}
                {row.restores !== undefined && `, ${t('versions.restores', { number: row.restores })}`}
                {row.becauseOf !== undefined && `, ${t('versions.because', { id: row.becauseOf })}`}
              </p>
              <div className={styles['acts']}>
                <Button
                  kind="quiet"
                  onClick={() => setSides([row.version, row.version === current ? 'draft' : (current ?? 'draft')])}
                >
                  {t('versions.compare')}
                </Button>
                <Button kind="quiet" onClick={() => download(row.version)}>
                  {t('transfer.one')}
                </Button>
                {row.version !== current && (
                  <Button kind="quiet" onClick={() => setBack(row.version)}>
                    {t('versions.rollBack')}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
        <DraftHistory />
      </section>
      <section className={styles['right']}>
        {from !== undefined && to !== undefined && (
          <Compare
            scriptId={scriptId}
            revision={open.draft.revision}
            from={from}
            to={to}
            names={names}
            onChange={(left, right) => setSides([left, right])}
          />
        )}
      </section>
      {back !== undefined && (
        <ReasonDialog
          title={t('versions.rollBackTo', { number: back })}
          what={t('versions.rollBackWhat')}
          act={t('versions.rollBack')}
          onClose={() => setBack(undefined)}
          onDone={(reason) =>
            void session.ask('studio.rollBack', { version: back, reason }).then(() => {
              setBack(undefined);
              read();
            })
          }
        />
      )}
    </div>
  );
}
