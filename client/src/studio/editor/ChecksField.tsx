import styles from './StepForm.module.css';
import { strings } from '../texts.ts';

interface Props {
  readonly label: string;
  /** Value and words of each that can be ticked. */
  readonly options: Iterable<readonly [string, string]>;
  readonly value: unknown;
  /** Undefined: none is ticked. */
  readonly onChange: (value: readonly string[] | undefined) => void;
}

/** Some of a few. What is chosen and in no list stays, and can be taken away. */
export function ChecksField({ label, options, value, onChange }: Props) {
  const chosen = strings(value);
  const known = new Map(options);
  const all = [...known, ...chosen.filter((each) => !known.has(each)).map((each) => [each, each] as const)];
  return (
    <div role="group" aria-label={label} className={styles['checks']}>
      <span className={styles['quiet']}>{label}</span>
      {all.map(([each, words]) => (
        <label key={each} className={styles['check']}>
          <input
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={({ currentTarget }) => {
              const rest = chosen.filter((one) => one !== each);
              const next = currentTarget.checked ? [...rest, each] : rest;
              onChange(next.length > 0 ? next : undefined);
            }}
          />
          {words}
        </label>
      ))}
    </div>
  );
}
