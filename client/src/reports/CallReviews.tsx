import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallPage } from '../../../server/contract/reports.ts';
import type { Calibration, ReviewForm, ReviewView } from '../../../server/contract/reviews.ts';
import { useSession } from '../app/session.ts';
import { query } from '../shared/http/api.ts';
import { Button } from '../shared/ui/Button.tsx';
import { useKeptFocus } from '../shared/ui/keptFocus.ts';
import { ReviewEditor } from './ReviewEditor.tsx';
import { ReviewMarks } from './ReviewMarks.tsx';
import { useApi } from './useApi.ts';
import { percent, score } from './words.ts';
import page from './Reports.module.css';
import tables from './Tables.module.css';
import styles from './Call.module.css';

interface Props {
  readonly call: CallPage;
  readonly onChange: () => void;
}

/** Reviews of this call: mine to make, others' to read, two beside each other to calibrate. */
export function CallReviews(props: Props) {
  const form = useApi<ReviewForm>('/reviews/form').value;
  return form ? <Reviews {...props} form={form} /> : null;
}

function Reviews({ call, onChange, form }: Props & { readonly form: ReviewForm }) {
  const { t } = useTranslation('reports');
  const { session } = useSession();
  const [editing, setEditing] = useState(false);
  const kept = useKeptFocus<HTMLElement>();
  const mine = call.reviews.find((review) => review.reviewerId === session.user.id);
  const judge = session.user.roles.includes('supervisor') && call.row.operatorName !== null;
  return (
    <section {...kept} className={page['card']} aria-label={t('review.title')}>
      <h2>{t('review.title')}</h2>
      {editing ? (
        <ReviewEditor
          callId={call.row.callId}
          form={form}
          before={mine}
          onDone={() => {
            setEditing(false);
            onChange();
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        // While judging, nobody sees how others judged.
        <>
          {call.reviews.map((review) => (
            <Review key={review.id} review={review} form={form} />
          ))}
          {call.reviews.length > 1 && <Calibrated callId={call.row.callId} scale={form.scale} />}
          {judge && !mine?.answer && (
            <Button kind={mine ? 'plain' : 'primary'} onClick={() => setEditing(true)}>
              {t(mine ? 'review.again' : 'review.begin')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Review({ review, form }: { readonly review: ReviewView; readonly form: ReviewForm }) {
  const { t } = useTranslation('reports');
  return (
    <article className={styles['review']}>
      <p className={styles['score']}>
        <strong>{review.score === null ? '—' : t('review.score', { score: score(review.score) })}</strong>
        <span className={page['quiet']}>{t('review.by', { name: review.reviewerName })}</span>
      </p>
      {review.comment !== '' && <p>{review.comment}</p>}
      <ReviewMarks review={review} form={form} />
      <p className={page['quiet']}>
        {review.answer
          ? `${t('review.answer')}: ${review.answer.text}`
          : [t('review.noAnswer'), review.seenAt === null && t('review.notSeen')].filter(Boolean).join(', ')}
      </p>
    </article>
  );
}

function Calibrated({ callId, scale }: { readonly callId: string; readonly scale: number }) {
  const { t } = useTranslation('reports');
  const found = useApi<Calibration>(`/reviews/calibration${query({ callId })}`).value;
  if (!found) return null;
  const unlike = found.criteria.filter(({ difference }) => difference > 0);
  return (
    <div>
      <h3>{t('review.calibration')}</h3>
      <p className={page['quiet']}>
        {found.meanDifference === 0 || unlike.length === 0
          ? t('review.calibrationSame')
          : t('review.calibrationAbout', { share: percent(found.meanDifference ?? 0) })}
      </p>
      {unlike.length > 0 && (
        <table className={tables['table']}>
          <thead>
            <tr>
              <th scope="col">{t('review.criterion')}</th>
              {found.reviewers.map(({ name }) => (
                <th key={name} scope="col">
                  {name.split(' ')[0]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {unlike.map(({ id, label, marks, difference }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                {marks.map((mark, index) => (
                  <td key={found.reviewers[index]?.name ?? index} data-worse={difference * 2 >= scale || undefined}>
                    {mark ?? '—'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
