import { useTranslation } from 'react-i18next';
import { useDesk } from '../studioContext.ts';
import { str, type Plain } from '../texts.ts';
import { CodeField } from './CodeField.tsx';
import { withKey } from './document.ts';
import { Fold } from './Fold.tsx';
import { LIMITS, limitWords, type Limit } from './questionLimits.ts';
import styles from './StepForm.module.css';

interface Props {
  readonly question: Plain;
  readonly onChange: (question: Plain) => void;
}

/** Which answers fit, whether the answer is shown as known, under which name it is kept. */
export function QuestionMore({ question, onChange }: Props) {
  const { t } = useTranslation('studio');
  const { fields } = useDesk();
  const put = (key: string, value: unknown): void => onChange(withKey(question, key, value));
  return (
    <Fold label={t('question.more')} words={limitWords(question, t) || t('question.anyAnswer')}>
      <div className={styles['pair']}>
        {(LIMITS[str(question['type'])] ?? []).map((limit) => (
          <LimitField
            key={limit.key}
            limit={limit}
            value={question[limit.key]}
            onChange={(value) => put(limit.key, value)}
          />
        ))}
      </div>
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={question['learned'] !== false}
          onChange={({ currentTarget }) => put('learned', currentTarget.checked ? undefined : false)}
        />
        {t('question.learned')}
      </label>
      <CodeField
        label={t('question.field')}
        hint={t('question.fieldWhat')}
        value={str(question['field'])}
        known={[...fields].map(([field, { label }]) => [field, label] as const)}
        onChange={(field) => put('field', field)}
      />
    </Fold>
  );
}

interface LimitProps {
  readonly limit: Limit;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
function LimitField({ limit, value, onChange }: LimitProps) {
  const { t } = useTranslation('studio');
  const label = t(`question.limit.${limit.key}`);
  if (limit.as === 'flag')
    return (
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked || undefined)}
        />
        {label}
      </label>
    );
  if (limit.as === 'number')
    return (
      <label>
        {label}
        <input
          type="number"
          step="any"
          value={typeof value === 'number' ? value : ''}
          placeholder={t('question.noLimit')}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))
          }
        />
      </label>
    );
  if (limit.as === 'one')
    return (
      <label>
        {label}
        <select value={str(value)} onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}>
          <option value="">{t('question.noLimit')}</option>
          {limit.of.map((each) => (
            <option key={each} value={each}>
              {t(`question.limitValue.${each}`)}
            </option>
          ))}
        </select>
      </label>
    );
  return <DayLimit label={label} value={str(value)} onChange={onChange} />;
}

/** No limit, the day of the call, or a day of the calendar. */
function DayLimit(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: LimitProps['onChange'];
}) {
  const { t } = useTranslation('studio');
  const { label, value, onChange } = props;
  const way = value === '' || value === 'today' ? value : 'day';
  return (
    <span className={styles['day']}>
      <label>
        {label}
        <select
          value={way}
          onChange={({ currentTarget }) =>
            onChange(
              currentTarget.value === 'day' ? `${new Date().getFullYear()}-01-01` : currentTarget.value || undefined,
            )
          }
        >
          <option value="">{t('question.noLimit')}</option>
          <option value="today">{t('question.limitValue.today')}</option>
          <option value="day">{t('question.limitValue.day')}</option>
        </select>
      </label>
      {way === 'day' && (
        <input
          type="date"
          aria-label={`${label}: ${t('question.limitValue.day')}`}
          value={value}
          onChange={({ currentTarget }) => currentTarget.value !== '' && onChange(currentTarget.value)}
        />
      )}
    </span>
  );
}
