import { useTranslation } from 'react-i18next';
import type { ReviewForm, ReviewView } from '../../../server/contract/reviews.ts';
import styles from './Call.module.css';

/** Marks below the top, the lowest first: what there is to talk about. */
export function ReviewMarks({ review, form }: { readonly review: ReviewView; readonly form: ReviewForm }) {
  const { t } = useTranslation('reports');
  const scale = review.scale ?? form.scale;
  const marked = form.groups
    .flatMap((group) => group.criteria)
    .flatMap((criterion) => {
      const mark = review.marks[criterion.id];
      return mark === undefined || mark === null || mark === scale ? [] : [{ criterion, mark }];
    })
    .toSorted((a, b) => a.mark - b.mark);
  return (
    <ul className={styles['marks']}>
      {marked.map(({ criterion, mark }) => (
        <li key={criterion.id} title={`${t('review.clause', { clause: criterion.clause })}: ${criterion.about}`}>
          <span>{criterion.label}</span>
          <strong data-level={mark * 2 <= scale ? 'warning' : undefined}>
            {mark}/{scale}
          </strong>
        </li>
      ))}
    </ul>
  );
}
