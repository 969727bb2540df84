import { useTranslation } from 'react-i18next';
import type { FieldView, StepView } from '../../../../machines/script/view.ts';
import { TextField } from '../../shared/ui/TextField.tsx';
import type { OnAnswer } from './Fields.tsx';
import styles from './Fields.module.css';
import { useTypedField } from './useTypedField.ts';

export interface TypedFieldProps {
  readonly step: StepView;
  readonly field: FieldView;
  /** The cursor goes here when the step comes. */
  readonly first: boolean;
  readonly onAnswer: OnAnswer;
  readonly onEnter: () => void;
}

/** A question whose answer is typed: a name, a number, a date. */
export function TypedField(props: TypedFieldProps) {
  const { t } = useTranslation('operator');
  const { field, first } = props;
  const { text, unsent, inputMode, offered, type, leave, onKeyDown } = useTypedField(props);
  return (
    <TextField
      label={
        <>
          {field.label}
          {!field.required && <span className={styles['optional']}> {t('field.optional')}</span>}
        </>
      }
      value={text}
      inputMode={inputMode}
      placeholder={
        offered === undefined
          ? t(`field.placeholder.${field.type}`, { defaultValue: '' })
          : t('field.callersNumber', { number: offered })
      }
      autoComplete="off"
      spellCheck={field.type === 'text'}
      error={unsent || text === '' ? undefined : field.problem}
      data-first={first || undefined}
      data-empty={(field.required && text.trim() === '') || undefined}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
}
