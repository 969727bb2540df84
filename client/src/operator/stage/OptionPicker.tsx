import { TextField } from '../../shared/ui/TextField.tsx';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldView } from '../../../../machines/script/view.ts';
import { filterOptions, type Option } from '../logic/filterOptions.ts';
import type { OnAnswer } from './Fields.tsx';
import styles from './OptionPicker.module.css';

interface Props {
  readonly field: FieldView;
  /** The cursor goes here at once. */
  readonly first: boolean;
  readonly onAnswer: OnAnswer;
  readonly onEnter: () => void;
}
/** From here on the options stand in columns. */
const MANY = 9;

/** One of several: all in sight, found by the first letters and taken by Enter, or clicked. */
export function OptionPicker({ field, first, onAnswer, onEnter }: Props) {
  const { t } = useTranslation('operator');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const options = field.options ?? [];
  const found = filterOptions(options, text);
  const current = text === '' ? undefined : found[Math.min(at, found.length - 1)];
  useEffect(() => {
    if (first) input.current?.focus({ preventScroll: true });
  }, [first]);

  const pick = (value: string): void => {
    setText('');
    setAt(0);
    input.current?.blur();
    onAnswer(field.id, value === field.value ? null : value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) setAt((now) => Math.max(0, Math.min(found.length - 1, now + move)));
    else if (event.key === 'Enter') {
      if (current) pick(current.value);
      // On to the next question, or to the choices; the answer must be in the step first.
      event.currentTarget.blur();
      setTimeout(onEnter, 0);
    } else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles['picker']} data-many={options.length >= MANY || undefined}>
      <div className={styles['head']}>
        <label htmlFor={`${id}/text`} className={styles['label']}>
          {field.label}
          {!field.required && <span className={styles['optional']}> {t('field.optional')}</span>}
        </label>
        <TextField
          ref={input}
          id={`${id}/text`}
          small
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}/list`}
          aria-activedescendant={current && `${id}/${current.value}`}
          placeholder={t('field.pick')}
          value={text}
          autoComplete="off"
          spellCheck={false}
          data-empty={(field.required && field.value === undefined) || undefined}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        {found.length === 0 && (
          <p className={styles['nothing']} role="status">
            {t('field.noOption')}
          </p>
        )}
      </div>
      <Options id={id} field={field} found={found} current={current} onPick={pick} />
    </div>
  );
}

interface OptionsProps {
  readonly id: string;
  readonly field: FieldView;
  /** Those that fit what was typed; the others step back. */
  readonly found: readonly Option[];
  readonly current: Option | undefined;
  readonly onPick: (value: string) => void;
}

function Options({ id, field, found, current, onPick }: OptionsProps) {
  return (
    <ul id={`${id}/list`} role="listbox" aria-label={field.label} className={styles['list']}>
      {(field.options ?? []).map((option) => (
        <li
          key={option.value}
          id={`${id}/${option.value}`}
          role="option"
          aria-selected={option.value === field.value}
          className={styles['option']}
          data-current={option === current || undefined}
          data-out={!found.includes(option) || undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option.value)}
        >
          {option.label}
        </li>
      ))}
    </ul>
  );
}
