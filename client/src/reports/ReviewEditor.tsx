import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewCriterionView, ReviewForm, ReviewView } from '../../../server/contract/reviews.ts';
import { api, ApiProblem } from '../shared/http/api.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextArea } from '../shared/ui/TextField.tsx';
import { marksToKeep, type Marks } from './marks.ts';
import styles from './Call.module.css';

/** The form of 3.5.2 and 3.5.7: a mark for each criterion with the two ends of the scale in words. */
export function ReviewEditor(props: {
  readonly callId: string;
  readonly form: ReviewForm;
  readonly before: ReviewView | undefined;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const { callId, form, before } = props;
  const { t } = useTranslation('reports');
  const errorWords = useErrorWords();
  const [marks, setMarks] = useState<Marks>(() => marksToKeep(form, before));
  const [comment, setComment] = useState(before?.comment ?? '');
  const [problem, setProblem] = useState<string>();
  // A button that is disabled loses the focus: a second press while the first is on its way does nothing instead.
  const busy = useRef(false);
  const save = async (): Promise<void> => {
    if (!Object.values(marks).some((mark) => mark !== null)) {
      setProblem(t('review.needMark'));
      return;
    }
    if (busy.current) return;
    busy.current = true;
    try {
      await api('/reviews', { method: 'POST', body: { callId, marks, comment } });
      props.onDone();
    } catch (fault) {
      setProblem(errorWords(fault instanceof ApiProblem ? fault.code : 'unexpected'));
      busy.current = false;
    }
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {form.groups.map((group) => (
        <fieldset key={group.id}>
          <legend>{group.label}</legend>
          {group.criteria.map((criterion) => (
            <Criterion
              key={criterion.id}
              criterion={criterion}
              scale={form.scale}
              mark={marks[criterion.id]}
              onMark={(mark) => setMarks((all) => ({ ...all, [criterion.id]: mark }))}
            />
          ))}
        </fieldset>
      ))}
      <TextArea
        label={t('review.comment')}
        value={comment}
        rows={3}
        maxLength={4_000}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <div className={styles['buttons']}>
        <Button kind="primary" type="submit">
          {t('review.save')}
        </Button>
        <Button onClick={() => props.onCancel()}>{t('review.cancel')}</Button>
        {problem !== undefined && <p role="alert">{problem}</p>}
      </div>
    </form>
  );
}

function Criterion(props: {
  readonly criterion: ReviewCriterionView;
  readonly scale: number;
  readonly mark: number | null | undefined;
  readonly onMark: (mark: number | null) => void;
}) {
  const { criterion, scale, mark, onMark } = props;
  const { t } = useTranslation('reports');
  const name = useId();
  const end =
    mark === 0
      ? t('review.none', { text: criterion.none })
      : mark === scale
        ? t('review.full', { scale, text: criterion.full })
        : criterion.about;
  return (
    <div className={styles['criterion']}>
      <p>
        <span>{criterion.label}</span>
        <small>{t('review.clause', { clause: criterion.clause })}</small>
      </p>
      <div className={styles['scale']} role="radiogroup" aria-label={criterion.label}>
        {Array.from({ length: scale + 1 }, (_, value) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              checked={mark === value}
              aria-label={t('review.mark', { mark: value, scale, label: criterion.label })}
              onChange={() => onMark(value)}
            />
            <span>{value}</span>
          </label>
        ))}
        {criterion.appliesWhen !== undefined && (
          <label title={criterion.appliesWhen}>
            <input type="radio" name={name} checked={mark === null} onChange={() => onMark(null)} />
            <span>{t('review.notApplicable')}</span>
          </label>
        )}
      </div>
      <small>{end}</small>
    </div>
  );
}
