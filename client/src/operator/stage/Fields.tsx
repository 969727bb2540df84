import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldValue, FieldView, StepView } from '../../../../machines/script/view.ts';
import styles from './Fields.module.css';
import { OptionPicker } from './OptionPicker.tsx';
import { TypedField } from './TypedField.tsx';

export type OnAnswer = (fieldId: string, value: FieldValue | null) => void;

interface Props {
  readonly step: StepView;
  /** Whether the first question that must be answered gets the cursor when the step comes. */
  readonly focus: boolean;
  readonly onAnswer: OnAnswer;
  /** Enter in a field that is filled: on to the next one, or to the choices. */
  readonly onEnter: () => void;
}

/** The questions of a step, two in a row; a list takes the whole width. */
export function Fields({ step, focus, onAnswer, onEnter }: Props) {
  const place = useRef<HTMLDivElement>(null);
  // The client is already speaking: the hands must not look for the mouse.
  useEffect(() => {
    if (focus) place.current?.querySelector<HTMLInputElement>('input[data-first]')?.focus({ preventScroll: true });
  }, [focus]);
  if (step.fields.length === 0) return null;
  const first = step.fields.find((field) => field.required && isEmpty(field) && (isTyped(field) || isMany(field)));
  return (
    <div className={styles['fields']} ref={place}>
      {step.fields.map((field) => {
        const shared = { field, first: field === first, onAnswer, onEnter };
        if (isTyped(field)) return <TypedField key={field.id} step={step} {...shared} />;
        return isMany(field) ? (
          <OptionPicker key={field.id} {...shared} />
        ) : (
          <Options key={field.id} field={field} onAnswer={onAnswer} />
        );
      })}
    </div>
  );
}

/** From here on options are looked for, not looked over. */
const MANY = 8;
const isMany = (field: FieldView): boolean => field.type === 'choice' && (field.options?.length ?? 0) > MANY;
const isTyped = (field: FieldView): boolean => field.type !== 'choice' && field.type !== 'checklist';
const isEmpty = (field: FieldView): boolean => field.value === undefined || field.value === '';

/** One of a few, or several of them: all in sight, one click or Space each. */
function Options({ field, onAnswer }: { readonly field: FieldView; readonly onAnswer: OnAnswer }) {
  const { t } = useTranslation('operator');
  const several = field.type === 'checklist';
  const chosen: readonly string[] = Array.isArray(field.value)
    ? (field.value as readonly string[])
    : typeof field.value === 'string'
      ? [field.value]
      : [];
  const toggle = (value: string): void => {
    if (!several) onAnswer(field.id, chosen.includes(value) ? null : value);
    else onAnswer(field.id, chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  };
  return (
    <fieldset className={styles['options']}>
      <legend className={styles['label']}>
        {field.label}
        {!field.required && <span className={styles['optional']}> {t('field.optional')}</span>}
      </legend>
      <div className={styles['pills']} data-list={several || undefined}>
        {(field.options ?? []).map((option, index) => (
          <label key={option.value} className={styles['pill']} data-several={several || undefined}>
            <input
              type={several ? 'checkbox' : 'radio'}
              name={field.id}
              checked={chosen.includes(option.value)}
              data-empty={(index === 0 && field.required && chosen.length === 0) || undefined}
              onChange={() => toggle(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {field.problem !== undefined && chosen.length > 0 && <p className={styles['problem']}>{field.problem}</p>}
    </fieldset>
  );
}
