import { IconX } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import styles from './SeveralField.module.css';

interface Props {
  readonly label: string;
  /** What it means that nobody is chosen. */
  readonly none: string;
  readonly more: string;
  readonly remove: (name: string) => string;
  readonly options: readonly { readonly value: string; readonly name: string; readonly about: string }[];
  /** In the order in which they were chosen. */
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** One or several of a long list: each choice goes above the list and can be taken back there. */
export function SeveralField({ label, none, more, remove, options, value, onChange }: Props) {
  const id = useId();
  const select = useRef<HTMLSelectElement>(null);
  const chosen = value.flatMap((each) => options.find((option) => option.value === each) ?? []);
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      {chosen.length > 0 && (
        <ul className={styles['chosen']} aria-label={label}>
          {chosen.map((each) => (
            <li key={each.value}>
              {each.name}
              <button
                type="button"
                aria-label={remove(each.name)}
                onClick={() => {
                  onChange(value.filter((other) => other !== each.value));
                  select.current?.focus();
                }}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        ref={select}
        id={id}
        className={styles['select']}
        value=""
        onChange={(event) => onChange([...value, event.currentTarget.value])}
      >
        <option value="">{chosen.length === 0 ? none : more}</option>
        {options
          .filter((option) => !value.includes(option.value))
          .map((option) => (
            <option key={option.value} value={option.value}>
              {`${option.name}, ${option.about}`}
            </option>
          ))}
      </select>
    </div>
  );
}
