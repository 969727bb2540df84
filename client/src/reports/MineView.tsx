import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewForm, ReviewView } from '../../../server/contract/reviews.ts';
import { useWording } from '../app/session.ts';
import { api, ApiProblem } from '../shared/http/api.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { serverClock } from '../shared/time/serverClock.ts';
import { Button } from '../shared/ui/Button.tsx';
import { useKeptFocus } from '../shared/ui/keptFocus.ts';
import { TextArea } from '../shared/ui/TextField.tsx';
import { ReviewMarks } from './ReviewMarks.tsx';
import { useApi } from './useApi.ts';
import { useReviewNews } from './useReviewNews.ts';
import { score } from './words.ts';
import { Waiting } from './Waiting.tsx';
import page from './Reports.module.css';
import styles from './Reviews.module.css';

/** What supervisors said of the operator's calls, and a place to answer. */
export function MineView() {
  const { t } = useTranslation('reports');
  const loaded = useApi<readonly ReviewView[]>('/reviews/mine');
  const form = useApi<ReviewForm>('/reviews/form').value;
  useReviewNews(loaded.again);
  return (
    <div className={page['body']}>
      <Waiting of={loaded} />
      {loaded.value?.length === 0 && <p className={page['quiet']}>{t('review.mineEmpty')}</p>}
      {form &&
        loaded.value?.map((review) => (
          <Mine key={review.id} review={review} form={form} onChange={() => loaded.again()} />
        ))}
    </div>
  );
}

function Mine(props: { readonly review: ReviewView; readonly form: ReviewForm; readonly onChange: () => void }) {
  const { review, form, onChange } = props;
  const { t } = useTranslation('reports');
  const errorWords = useErrorWords();
  const wording = useWording();
  const kept = useKeptFocus<HTMLElement>();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const address = `/reviews/${encodeURIComponent(review.id)}`;
  useEffect(() => {
    // Not seen is only a mark for the supervisor: nothing to tell the operator when it did not arrive.
    if (review.seenAt === null) api(`${address}/seen`, { method: 'POST' }).catch(() => undefined);
  }, [address, review.seenAt]);
  const answer = async (): Promise<void> => {
    try {
      await api(`${address}/answer`, { method: 'POST', body: { text } });
      onChange();
    } catch (fault) {
      setProblem(errorWords(fault instanceof ApiProblem ? fault.code : 'unexpected'));
    }
  };
  return (
    <section {...kept} className={page['card']}>
      <h2>
        {t('call.title', { when: wording.short(review.callAt, serverClock.now()) })}{' '}
        <small>
          {t('review.score', { score: score(review.score) })}, {t('review.by', { name: review.reviewerName })}
        </small>
      </h2>
      {review.comment !== '' && <p>{review.comment}</p>}
      <ReviewMarks review={review} form={form} />
      {review.answer ? (
        <p className={page['quiet']}>
          {t('review.answer')}: {review.answer.text}
        </p>
      ) : (
        <div className={styles['answer']}>
          <TextArea
            label={t('review.answerLabel')}
            rows={2}
            maxLength={4_000}
            value={text}
            error={problem}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button kind="primary" disabled={text.trim() === ''} onClick={() => void answer()}>
            {t('review.send')}
          </Button>
        </div>
      )}
    </section>
  );
}
