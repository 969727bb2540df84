import { useTranslation } from 'react-i18next';
import { isList, type Test } from './conditions.ts';
import styles from './Condition.module.css';
import { typedOf, valueOf, type SubjectInfo } from './subjects.ts';

interface Props {
  readonly test: Test;
  readonly info: SubjectInfo;
  readonly onChange: (value: unknown) => void;
}
/** What is compared with: chosen where there is a list of all that it can be, else typed. */
export function ConditionValue({ test: { operator, value }, info: { type, values }, onChange }: Props) {
  const { t } = useTranslation('studio');
  if (operator === 'filled' || operator === 'unfilled') return null;
  const label = t('condition.value');
  if (type === 'boolean')
    return (
      <select
        aria-label={label}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value === 'true')}
      >
        <option value="true">{t('condition.yes')}</option>
        <option value="false">{t('condition.no')}</option>
      </select>
    );
  if (values.size > 0 && isList(operator)) {
    const chosen = Array.isArray(value) ? value.map(String) : [];
    const turned = (one: string, isOn: boolean): readonly string[] =>
      [...values.keys(), ...chosen.filter((each) => !values.has(each))].filter((each) =>
        each === one ? isOn : chosen.includes(each),
      );
    return (
      <div className={styles['many']} role="group" aria-label={label}>
        {[...values].map(([one, words]) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              // The last one stays: a comparison with nothing would not be read.
              disabled={chosen.length === 1 && chosen[0] === one}
              onChange={(event) => onChange(turned(one, event.currentTarget.checked))}
            />
            {words}
          </label>
        ))}
      </div>
    );
  }
  if (values.size > 0)
    return (
      <select aria-label={label} value={typedOf(value)} onChange={(event) => onChange(event.currentTarget.value)}>
        {!values.has(typedOf(value)) && <option value={typedOf(value)}>{typedOf(value)}</option>}
        {[...values].map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    );
  return (
    <input
      type="text"
      aria-label={label}
      placeholder={t(`condition.example.${isList(operator) ? 'list' : (type ?? 'text')}`)}
      value={typedOf(value)}
      onChange={(event) => onChange(valueOf(operator, type, event.currentTarget.value))}
    />
  );
}
