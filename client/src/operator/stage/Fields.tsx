import { useEffect, useRef } from 'react';
import type { FieldValue, FieldView, StepView } from '../../../../machines/script/view.ts';
import { Checklist } from './Checklist.tsx';
import { ChoiceFields } from './ChoiceFields.tsx';
import styles from './Fields.module.css';
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

const isEmpty = ({ value }: FieldView): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Where the cursor goes: to what must be answered; where one asks who is calling, to the name in any case. */
const firstToFill = ({ kind, fields }: StepView): FieldView | undefined =>
  fields.find((field) => field.required && isEmpty(field)) ??
  (kind === 'identity' ? fields.find((field) => field.type === 'text' && isEmpty(field)) : undefined);

/**
 * The questions of a step: those with ready answers first, then what is typed, two in a row, then the checklists. Where
 * one asks who is calling, the name comes first, as it is said.
 */
export function Fields({ step, focus, onAnswer, onEnter }: Props) {
  const place = useRef<HTMLDivElement>(null);
  // The client is already speaking: the hands must not look for the mouse.
  useEffect(() => {
    if (focus) place.current?.querySelector<HTMLInputElement>('input[data-first]')?.focus({ preventScroll: true });
  }, [focus]);
  if (step.fields.length === 0) return null;
  const first = focus ? firstToFill(step) : undefined;
  const choices = step.fields.filter((field) => field.type === 'choice');
  const ready = choices.length > 0 && (
    <ChoiceFields fields={choices} first={first} onAnswer={onAnswer} onEnter={onEnter} />
  );
  const nameFirst = step.kind === 'identity';
  return (
    <div className={styles['fields']} ref={place}>
      {!nameFirst && ready}
      {step.fields.map((field) => {
        if (field.type === 'choice') return null;
        if (field.type === 'checklist') return <Checklist key={field.id} field={field} onAnswer={onAnswer} />;
        return (
          <TypedField
            key={field.id}
            step={step}
            field={field}
            first={field === first}
            onAnswer={onAnswer}
            onEnter={onEnter}
          />
        );
      })}
      {nameFirst && ready}
    </div>
  );
}
