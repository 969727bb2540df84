import { useTranslation } from 'react-i18next';
import { isPlain, strings, type Plain } from '../texts.ts';
import { ConditionField } from './ConditionField.tsx';
import { withKey } from './document.ts';
import styles from './StepForm.module.css';

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
        <div key={key} role="group" aria-label={t(`applies.${key}`)} className={styles['checks']}>
          <span className={styles['quiet']}>{t(`applies.${key}`)}</span>
          {values.map((each) => (
            <label key={each} className={styles['check']}>
              <input
                type="checkbox"
                checked={strings(claim[key]).includes(each)}
                onChange={({ currentTarget }) => {
                  const rest = strings(claim[key]).filter((one) => one !== each);
                  const next = currentTarget.checked ? [...rest, each] : rest;
                  set(key, next.length > 0 ? next : undefined);
                }}
              />
              {t(`applies.of.${key}.${each}`)}
            </label>
          ))}
        </div>
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
      <label>
        {t('applies.queues')}
        <input
          type="text"
          defaultValue={strings(claim['queues']).join(', ')}
          placeholder={t('applies.queuesAny')}
          onBlur={({ currentTarget }) => {
            const queues = currentTarget.value.split(',').flatMap((each) => each.trim() || []);
            set('queues', queues.length > 0 ? queues : undefined);
          }}
        />
      </label>
      <ConditionField label={t('applies.when')} value={claim['when']} onChange={(when) => set('when', when)} />
    </>
  );
}
