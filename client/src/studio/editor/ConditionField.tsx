import { IconPlus, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { conditionOf, conditionWords, OPERATORS, rowsOf, subjects, typedOf, valueOf, type Row } from './conditions.ts';
import styles from './StepForm.module.css';
import { useDesk } from '../studioContext.ts';
import { anyText, plainList, str, type Plain } from '../texts.ts';

interface Props {
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (condition: unknown) => void;
}

export interface FieldInfo {
  readonly label: string;
  /** Ready answers by their values; none for what is typed. */
  readonly options: ReadonlyMap<string, string>;
}
/** Fields that the questions of the script ask for. */
export function useFields(): ReadonlyMap<string, FieldInfo> {
  const { open } = useDesk();
  return useMemo(
    () =>
      new Map(
        open.script.steps
          .flatMap((step) => plainList(step['questions']))
          .map((question) => [
            str(question['field']),
            { label: anyText(question['label']), options: optionsOf(question) },
          ]),
      ),
    [open.script.steps],
  );
}
const optionsOf = (question: Plain): ReadonlyMap<string, string> =>
  new Map(plainList(question['options']).map((option) => [str(option['value']), anyText(option['label'])]));

/** A condition in words, with rows to change it. */
export function ConditionField({ label, value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const fields = useFields();
  const words = conditionWords(value, fields, (key) => t(`condition.${key}`));
  const rows = rowsOf(value);
  const options = useMemo(() => subjects(fields), [fields]);
  const put = (index: number, row: Row | undefined): void => {
    if (!rows) return;
    const next = row
      ? rows.rows.map((each, at) => (at === index ? row : each))
      : rows.rows.filter((_, at) => at !== index);
    onChange(conditionOf({ ...rows, rows: next }));
  };
  const add = (): void =>
    onChange(
      conditionOf({
        join: rows?.join ?? 'all',
        rows: [
          ...(rows?.rows ?? []),
          { subject: options[0]?.value ?? 'known:workingHours', operator: 'filled', value: true },
        ],
      }),
    );
  return (
    <details className={styles['condition']}>
      <summary>
        {label}: {words === '' ? t('condition.always') : words}
      </summary>
      {rows ? (
        <div className={styles['rows']}>
          {rows.rows.length > 1 && (
            <select
              aria-label={t('condition.join')}
              value={rows.join}
              onChange={(event) =>
                onChange(conditionOf({ ...rows, join: event.currentTarget.value === 'any' ? 'any' : 'all' }))
              }
            >
              <option value="all">{t('condition.joinAll')}</option>
              <option value="any">{t('condition.joinAny')}</option>
            </select>
          )}
          {rows.rows.map((row, index) => (
            // Rows of a condition have no names.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className={styles['row']}>
              <select
                aria-label={t('condition.subject')}
                value={row.subject}
                onChange={(event) => put(index, { ...row, subject: event.currentTarget.value })}
              >
                {options.every((option) => option.value !== row.subject) && <option>{row.subject}</option>}
                {options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
              <select
                aria-label={t('condition.operator')}
                value={row.operator}
                onChange={(event) => {
                  const operator = OPERATORS.find((each) => each === event.currentTarget.value) ?? 'is';
                  put(index, { ...row, operator, value: valueOf(operator, typedOf(row.value)) });
                }}
              >
                {OPERATORS.map((operator) => (
                  <option key={operator} value={operator}>
                    {t(`condition.${operator}`)}
                  </option>
                ))}
              </select>
              {row.operator !== 'filled' && choicesOf(row, fields) && (
                <select
                  aria-label={t('condition.value')}
                  value={typedOf(row.value)}
                  onChange={(event) => put(index, { ...row, value: event.currentTarget.value })}
                >
                  {[...(choicesOf(row, fields) ?? [])].map(([value, name]) => (
                    <option key={value} value={value}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
              {row.operator !== 'filled' && !choicesOf(row, fields) && (
                <input
                  aria-label={t('condition.value')}
                  value={typedOf(row.value)}
                  onChange={(event) => put(index, { ...row, value: valueOf(row.operator, event.currentTarget.value) })}
                />
              )}
              <button type="button" aria-label={t('remove')} onClick={() => put(index, undefined)}>
                <IconX size={14} />
              </button>
            </div>
          ))}
          <button type="button" className={styles['plus']} onClick={add}>
            <IconPlus size={14} /> {t('condition.add')}
          </button>
        </div>
      ) : (
        <p className={styles['quiet']}>{t('condition.deep')}</p>
      )}
    </details>
  );
}

/** Ready answers, where one of them is compared with; undefined where a value is typed. */
function choicesOf({ subject, operator, value }: Row, fields: ReadonlyMap<string, FieldInfo>) {
  const options = fields.get(subject.replace('field:', ''))?.options;
  const isOne = operator === 'is' || operator === 'isNot' || operator === 'includes';
  return options && options.size > 0 && isOne && options.has(typedOf(value)) ? options : undefined;
}
