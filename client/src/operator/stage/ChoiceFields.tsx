import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldView } from '../../../../machines/script/view.ts';
import styles from './ChoiceFields.module.css';
import type { OnAnswer } from './Fields.tsx';
import { OptionPicker } from './OptionPicker.tsx';

interface Props {
  /** All of type `choice`. */
  readonly fields: readonly FieldView[];
  /** The field that gets the cursor when the step comes. */
  readonly first: FieldView | undefined;
  readonly onAnswer: OnAnswer;
  readonly onEnter: () => void;
}

/**
 * Questions with ready answers, one at a time: the first that is open stands with its options, the others wait or lie
 * answered in one row. So a step with five of them still does not scroll.
 */
export function ChoiceFields({ fields, first, onAnswer, onEnter }: Props) {
  const { t } = useTranslation('operator');
  const [asked, setAsked] = useState<string>();
  const open =
    fields.find((field) => field.id === asked) ??
    fields.find((field) => field.required && field.value === undefined) ??
    fields.find((field) => field.value === undefined);
  const folded = fields.filter((field) => field !== open);
  return (
    <div className={styles['fields']}>
      {folded.length > 0 && (
        <div className={styles['row']}>
          {folded.map((field) => {
            const chosen = field.options?.find(({ value }) => value === field.value);
            return (
              <button
                key={field.id}
                type="button"
                className={styles['folded']}
                data-answered={chosen !== undefined}
                title={t('field.change')}
                onClick={() => setAsked(field.id)}
              >
                <span className={styles['label']}>{field.label}</span>
                {chosen ? <span>{chosen.label}</span> : <span aria-hidden="true">…</span>}
              </button>
            );
          })}
        </div>
      )}
      {open && (
        <OptionPicker
          key={open.id}
          field={open}
          first={open === first || open.id === asked}
          onAnswer={(id, value) => {
            setAsked(undefined);
            onAnswer(id, value);
          }}
          onEnter={onEnter}
        />
      )}
    </div>
  );
}
