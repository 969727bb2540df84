import { TextInput } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldView } from '../../../../machines/script/view.ts';
import { filterOptions } from '../logic/filterOptions.ts';
import type { OnAnswer } from './Fields.tsx';
import styles from './OptionPicker.module.css';

interface Props {
  readonly field: FieldView;
  /** The cursor goes here when the step comes. */
  readonly first: boolean;
  readonly onAnswer: OnAnswer;
  readonly onEnter: () => void;
}

/** One of many: all in sight in narrow columns, found by the first letters, taken by Enter. */
export function OptionPicker({ field, first, onAnswer, onEnter }: Props) {
  const { t } = useTranslation('operator');
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [changing, setChanging] = useState(false);
  const options = field.options ?? [];
  const chosen = options.find(({ value }) => value === field.value);
  const found = filterOptions(options, text);
  const current = found[Math.min(at, found.length - 1)];
  const pick = (value: string): void => {
    setText('');
    setAt(0);
    setChanging(false);
    onAnswer(field.id, value);
  };
  if (chosen && !changing) {
    return (
      <div className={styles['chosen']}>
        <span className={styles['label']}>{field.label}</span>
        <span className={styles['value']}>{chosen.label}</span>
        <button type="button" className={styles['change']} onClick={() => setChanging(true)}>
          {t('field.change')}
        </button>
      </div>
    );
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) setAt((now) => Math.max(0, Math.min(found.length - 1, now + move)));
    else if (event.key === 'Enter' && current && text !== '') {
      pick(current.value);
      // The choices wait below; the field gives way to what was picked.
      queueMicrotask(onEnter);
    } else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles['picker']}>
      <TextInput
        label={
          <>
            {field.label}
            {!field.required && <span className={styles['optional']}> {t('field.optional')}</span>}
          </>
        }
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={current && `${id}/${current.value}`}
        placeholder={t('field.pick')}
        value={text}
        autoComplete="off"
        spellCheck={false}
        data-first={first || undefined}
        data-empty={field.required || undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" aria-label={field.label} className={styles['list']}>
        {found.map((option) => (
          <li
            key={option.value}
            id={`${id}/${option.value}`}
            role="option"
            aria-selected={option === current && text !== ''}
            className={styles['option']}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(option.value)}
          >
            {option.label}
          </li>
        ))}
        {found.length === 0 && <li className={styles['none']}>{t('field.noOption')}</li>}
      </ul>
    </div>
  );
}
