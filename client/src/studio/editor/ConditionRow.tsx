import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ABOUT } from '../../../../machines/script/about.ts';
import { KNOWN_NAMES } from '../../../../machines/script/variables.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { OPERATORS, type Operator, type Test } from './conditions.ts';
import styles from './Condition.module.css';
import { operatorsFor, subjectInfo, typedOf, valueOf, type FieldMap, type SubjectInfo } from './subjects.ts';

interface Props {
  readonly test: Test;
  readonly fields: FieldMap;
  readonly isFresh: boolean;
  readonly onChange: (test: Test | undefined) => void;
}

/** A comparison to begin with: of the first answer that is asked for, else of working hours. */
export const firstTest = (fields: FieldMap): Test => {
  const [field] = fields.keys();
  return { subject: field === undefined ? 'known:workingHours' : `field:${field}`, operator: 'filled', value: true };
};

/** One comparison: what, how, with what. */
export function ConditionRow({ test, fields, isFresh, onChange }: Props) {
  const { t } = useTranslation('studio');
  const said = useSaid();
  const infoOf = (subject: string): SubjectInfo => subjectInfo(subject, fields, (value) => t(`value.${value}`));
  const info = infoOf(test.subject);
  const operators = operatorsFor(info);
  const isKnown = test.subject.startsWith('known:') || fields.has(test.subject.replace('field:', ''));
  return (
    <div className={styles['test']}>
      <select
        // Whoever added the line goes on in it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={isFresh}
        aria-label={t('condition.subject')}
        value={test.subject}
        onChange={({ currentTarget: { value: subject } }) => onChange(fitted({ ...test, subject }, infoOf(subject)))}
      >
        {!isKnown && <option value={test.subject}>{test.subject.replace('field:', '')}</option>}
        <optgroup label={t('condition.answers')}>
          {[...fields].map(([field, { label }]) => (
            <option key={field} value={`field:${field}`}>
              {label}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('condition.known')}>
          {KNOWN_NAMES.map((name) => (
            <option key={name} value={`known:${name}`}>
              {said(ABOUT[name])}
            </option>
          ))}
        </optgroup>
      </select>
      <button type="button" aria-label={t('condition.remove')} onClick={() => onChange(undefined)}>
        <IconX size={14} />
      </button>
      <select
        aria-label={t('condition.operator')}
        value={test.operator}
        onChange={({ currentTarget }) => {
          const operator = OPERATORS.find((each) => each === currentTarget.value) ?? test.operator;
          onChange(fitted({ ...test, operator }, info));
        }}
      >
        {(operators.includes(test.operator) ? operators : [test.operator, ...operators]).map((operator) => (
          <option key={operator} value={operator}>
            {t(`condition.${operator}`)}
          </option>
        ))}
      </select>
      <Value test={test} info={info} onChange={(value) => onChange({ ...test, value })} />
    </div>
  );
}

const isList = (operator: Operator): boolean => operator === 'in' || operator === 'notIn';

/** With a comparison and a value that mean something for its subject. */
function fitted(test: Test, info: SubjectInfo): Test {
  const operators = operatorsFor(info);
  const operator = operators.includes(test.operator) ? test.operator : (operators[0] ?? test.operator);
  if (operator === 'filled' || operator === 'unfilled') return { ...test, operator, value: true };
  const kept = Array.isArray(test.value) ? (test.value as unknown[]) : [test.value];
  const [first] = info.values.keys();
  const fits = kept.filter((each) => info.values.size === 0 || info.values.has(String(each)));
  const values = fits.length > 0 ? fits : [first];
  const typed = (value: unknown): unknown => valueOf('is', info.type, typeof value === 'boolean' ? '' : typedOf(value));
  return { ...test, operator, value: isList(operator) ? values.map(typed) : typed(values[0]) };
}

interface ValueProps {
  readonly test: Test;
  readonly info: SubjectInfo;
  readonly onChange: (value: unknown) => void;
}
function Value({ test: { operator, value }, info: { type, values }, onChange }: ValueProps) {
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
