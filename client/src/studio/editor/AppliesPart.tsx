import { useTranslation } from 'react-i18next';
import { isPlain, type Plain } from '../texts.ts';
import { ChecksField } from './ChecksField.tsx';
import { ConditionField } from './ConditionField.tsx';
import { withKey } from './document.ts';
import styles from './StepForm.module.css';
import { WordsField } from './WordsField.tsx';

const LISTS = [
  ['directions', ['inbound', 'outbound', 'internal']],
  ['clientKinds', ['external', 'internal']],
] as const;

interface Props {
  /** `appliesTo` of the script; undefined: it is never chosen by itself. */
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** For which calls the script opens by itself. */
export function AppliesPart({ value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const claim = isPlain(value) ? value : undefined;
  return (
    <fieldset>
      <legend>{t('applies.title')}</legend>
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={claim !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? { directions: ['inbound'] } : undefined)}
        />
        {t('applies.byItself')}
      </label>
      {claim ? <Claim claim={claim} onChange={onChange} /> : <p className={styles['quiet']}>{t('applies.never')}</p>}
    </fieldset>
  );
}

function Claim({ claim, onChange }: { readonly claim: Plain; readonly onChange: (claim: Plain) => void }) {
  const { t } = useTranslation('studio');
  const set = (key: string, value: unknown): void => onChange(withKey(claim, key, value));
  const hours = claim['workingHours'];
  const chosenHours = typeof hours === 'boolean' ? String(hours) : '';
  return (
    <>
      {LISTS.map(([key, values]) => (
        <ChecksField
          key={key}
          label={t(`applies.${key}`)}
          options={values.map((each) => [each, t(`applies.of.${key}.${each}`)] as const)}
          value={claim[key]}
          onChange={(next) => set(key, next)}
        />
      ))}
      <div className={styles['pair']}>
        <label>
          {t('applies.hours')}
          <select
            value={chosenHours}
            onChange={({ currentTarget }) =>
              set('workingHours', currentTarget.value === '' ? undefined : currentTarget.value === 'true')
            }
          >
            <option value="">{t('applies.anyHours')}</option>
            <option value="true">{t('applies.inHours')}</option>
            <option value="false">{t('applies.outsideHours')}</option>
          </select>
        </label>
        <label>
          {t('applies.priority')}
          <input
            type="number"
            min={0}
            max={100}
            value={Number(claim['priority'] ?? 0)}
            onChange={({ currentTarget }) => set('priority', Number(currentTarget.value) || undefined)}
          />
        </label>
      </div>
      <WordsField
        label={t('applies.queues')}
        value={claim['queues']}
        placeholder={t('applies.queuesAny')}
        onChange={(queues) => set('queues', queues)}
      />
      <ConditionField label={t('applies.when')} value={claim['when']} onChange={(when) => set('when', when)} />
    </>
  );
}
