import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './StepForm.module.css';

interface Props {
  readonly label: string;
  /** What it is for, and what changing it means. */
  readonly hint?: string;
  readonly value: string;
  /** Names that are there already, with their words. */
  readonly known?: readonly (readonly [string, string])[];
  readonly onChange: (code: string) => void;
}
/** As `idSchema` of the format. */
const CODE = /^[a-z][A-Za-z0-9-]{0,59}$/;

/** A name by which other places know the thing: taken as a whole when one leaves the field, never half-typed. */
export function CodeField({ label, hint, value, known = [], onChange }: Props) {
  const { t } = useTranslation('studio');
  const list = useId();
  const [typed, setTyped] = useState<string>();
  const isWrong = typed !== undefined && !CODE.test(typed);
  return (
    <label>
      {label}
      <input
        type="text"
        list={list}
        spellCheck={false}
        value={typed ?? value}
        aria-invalid={isWrong || undefined}
        onChange={({ currentTarget }) => setTyped(currentTarget.value.trim())}
        onBlur={() => {
          if (typed === undefined || isWrong) return;
          if (typed !== value) onChange(typed);
          setTyped(undefined);
        }}
      />
      <datalist id={list}>
        {known.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </datalist>
      {isWrong ? (
        <small role="alert">{t('code.wrong')}</small>
      ) : (
        hint && <small className={styles['quiet']}>{hint}</small>
      )}
    </label>
  );
}
