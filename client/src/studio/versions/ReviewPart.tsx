import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudioView } from '../../../../server/contract/studio.ts';
import { useSession, useSite } from '../../app/session.ts';
import { useTopic } from '../../shared/realtime/context.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { shortName } from '../../supervisor/words.ts';
import { useMoment } from './moment.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { useDesk } from '../studioContext.ts';
import styles from './Versions.module.css';
import { fromWallClock } from '../../shared/time/siteTime.ts';

type Act = 'submit' | 'withdraw' | 'approve' | 'reject' | 'publish' | 'unschedule' | 'discard';

/** Where the draft stands and the next thing to do with it. */
export function ReviewPart({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('studio');
  const moment = useMoment();
  const { session, open } = useDesk();
  const me = useSession().session.user.id;
  const { timeZone } = useSite();
  const [act, setAct] = useState<Act>();
  const [when, setWhen] = useState('');
  const { review, findings, conflicts, revision, basedOn } = open.draft;
  const rows = useTopic<StudioView>('studio')?.scripts;
  const unchanged = rows !== undefined && !rows.find((row) => row.scriptId === open.draft.scriptId)?.draft;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const own = review.authors.includes(me) || review.submitted?.by === me;
  const acts: Readonly<Record<typeof review.state, readonly Act[]>> = {
    editing: ['submit', ...(basedOn > 0 ? (['discard'] as const) : [])],
    inReview: own ? ['withdraw'] : ['approve', 'reject'],
    approved: ['publish', 'withdraw'],
    scheduled: ['publish', 'unschedule'],
  };
  const barred = open.unsent > 0 || errors > 0 || conflicts.length > 0;
  const run = (text: string): void => {
    if (!act) return;
    const at = act === 'publish' && when !== '' ? fromWallClock(when, timeZone) : undefined;
    const input: Readonly<Record<Act, object>> = {
      submit: { revision, reason: text },
      approve: { revision: review.revision ?? revision, note: text },
      reject: { note: text },
      publish: { revision: review.revision ?? revision, reason: text, ...(at === undefined ? {} : { at }) },
      withdraw: { reason: text },
      unschedule: { reason: text },
      discard: { reason: text },
    };
    void session.ask(`studio.${act}`, input[act]).then(onDone);
    setAct(undefined);
  };
  return (
    <section className={styles['review']}>
      <h2>{t(`state.${review.state}`)}</h2>
      {review.submitted && (
        <p>
          {t('review.submitted', {
            name: shortName(review.submitted.byName),
            time: moment(review.submitted.at),
            reason: review.submitted.reason,
          })}
        </p>
      )}
      {review.approved && (
        <p>
          {t('review.approved', {
            name: shortName(review.approved.byName),
            time: moment(review.approved.at),
            note: review.approved.note,
          })}
        </p>
      )}
      {review.rejected && (
        <p className={styles['amber']}>
          {t('review.rejected', {
            name: shortName(review.rejected.byName),
            time: moment(review.rejected.at),
            note: review.rejected.note,
          })}
        </p>
      )}
      {review.publishAt !== undefined && <p>{t('review.scheduled', { time: moment(review.publishAt) })}</p>}
      {review.failed && <p className={styles['amber']}>{t('review.failed', { time: moment(review.failed.at) })}</p>}
      {review.state === 'editing' && errors > 0 && (
        <p className={styles['amber']}>{t('review.errors', { count: errors })}</p>
      )}
      {review.state === 'editing' && conflicts.length > 0 && (
        <p className={styles['amber']}>{t('refused.conflicts', { count: conflicts.length })}</p>
      )}
      {review.state === 'inReview' && own && <p className={styles['quiet']}>{t('review.ownWork')}</p>}
      {review.state === 'editing' && unchanged && <p className={styles['quiet']}>{t('review.unchanged')}</p>}
      <div className={styles['acts']}>
        {acts[review.state].map((each, index) => (
          <Button
            key={each}
            kind={index === 0 ? 'primary' : 'plain'}
            disabled={(each === 'submit' && (barred || unchanged)) || (each === 'discard' && unchanged)}
            onClick={() => setAct(each)}
          >
            {t(`review.${each}`)}
          </Button>
        ))}
      </div>
      {act && (
        <ReasonDialog
          title={t(`review.${act}`)}
          what={t(`review.what.${act}`)}
          act={t(`review.${act}`)}
          optional={act === 'approve'}
          onClose={() => setAct(undefined)}
          onDone={run}
        >
          {act === 'publish' && (
            <label className={styles['when']}>
              {t('review.when')}
              <input type="datetime-local" value={when} onChange={(event) => setWhen(event.currentTarget.value)} />
            </label>
          )}
        </ReasonDialog>
      )}
    </section>
  );
}
