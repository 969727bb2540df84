import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ABOUT } from '../../../../machines/script/about.ts';
import { KNOWN_NAMES } from '../../../../machines/script/variables.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { useSiteLists } from '../siteLists.ts';
import { isList, OPERATORS, type Test } from './conditions.ts';
import { ConditionValue } from './ConditionValue.tsx';
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
  const lists = useSiteLists();
  const infoOf = (subject: string): SubjectInfo => subjectInfo(subject, fields, (value) => t(`value.${value}`), lists);
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
      <ConditionValue test={test} info={info} onChange={(value) => onChange({ ...test, value })} />
    </div>
  );
}

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
