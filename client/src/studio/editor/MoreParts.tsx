import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DEADLINE_RULES } from '../../../../machines/script/names.ts';
import { AddButton } from './AddButton.tsx';
import { withKey } from './document.ts';
import { ListItem } from './ListItem.tsx';
import type { PartProps } from './StepForm.tsx';
import styles from './StepForm.module.css';
import { StepSelect } from './StepSelect.tsx';
import { WordsField } from './WordsField.tsx';
import { isPlain, str, strings, type Plain } from '../texts.ts';
import { LocalField } from './LocalField.tsx';

/** How long the operator may stay on the step, and what then. */
export function LimitPart({ step, language, set }: PartProps) {
  const { t } = useTranslation('studio');
  const limit = isPlain(step['limit']) ? step['limit'] : undefined;
  if (!limit)
    return (
      <button
        type="button"
        className={styles['plus']}
        onClick={() => set('limit', { after: '20с', remind: t('limit.remindNew') })}
      >
        <IconPlus size={14} /> {t('limit.add')}
      </button>
    );
  return (
    <fieldset>
      <legend>{t('limit.title')}</legend>
      <ListItem acts={{ remove: () => set('limit', undefined) }}>
        <div className={styles['pair']}>
          <label>
            {t('limit.after')}
            <input
              type="text"
              value={str(limit['after'])}
              placeholder="90с, 2мин"
              onChange={(event) => set('limit', { ...limit, after: event.currentTarget.value })}
            />
          </label>
          <StepSelect
            label={t('limit.to')}
            value={str(limit['to'])}
            none={t('limit.nowhere')}
            onChange={(to) => set('limit', withKey(limit, 'to', to || undefined))}
          />
        </div>
        <LocalField
          label={t('limit.remind')}
          value={limit['remind']}
          language={language}
          onChange={(remind) => set('limit', withKey(limit, 'remind', remind))}
        />
      </ListItem>
    </fieldset>
  );
}

/** What only some kinds of steps have: terms of a hold, the rule of a callback, how the conversation ends. */
export function EndPart({ step, language, set }: PartProps) {
  const { t } = useTranslation('studio');
  const kind = str(step['kind']);
  const hold = isPlain(step['hold']) ? strings(step['hold']['offer']) : undefined;
  const next: Plain = isPlain(step['next']) ? step['next'] : {};
  const isEnd = kind === 'farewell' || step['outcome'] !== undefined || step['next'] !== undefined;
  const setNext = (key: string) => (value: unknown) => {
    const changed = withKey(next, key, value);
    set('next', Object.keys(changed).length > 0 ? changed : undefined);
  };
  return (
    <>
      {(kind === 'hold' || hold) && (
        <WordsField
          label={t('hold.offer')}
          value={hold}
          placeholder="1мин, 2мин"
          onChange={(offer) => set('hold', offer && { offer })}
        />
      )}
      {(kind === 'callback' || step['callback'] !== undefined) && (
        <label>
          {t('callback.rule')}
          <select
            value={isPlain(step['callback']) ? str(step['callback']['rule']) : ''}
            onChange={(event) =>
              set('callback', event.currentTarget.value ? { rule: event.currentTarget.value } : undefined)
            }
          >
            <option value="">{t('callback.none')}</option>
            {DEADLINE_RULES.map((rule) => (
              <option key={rule} value={rule}>
                {t(`callback.rules.${rule}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      <fieldset>
        <legend>{t('end.title')}</legend>
        <label>
          {t('end.outcome')}
          <select
            value={str(step['outcome'])}
            onChange={(event) => set('outcome', event.currentTarget.value || undefined)}
          >
            <option value="">{t('end.goesOn')}</option>
            {(['satisfied', 'unsatisfied', 'none'] as const).map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(`end.${outcome}`)}
              </option>
            ))}
          </select>
        </label>
        {(step['outcome'] === 'none' || step['because'] !== undefined) && (
          <LocalField
            label={t('end.because')}
            value={step['because']}
            language={language}
            onChange={(value) => set('because', value)}
          />
        )}
        {isEnd ? (
          <>
            <LocalField label={t('end.what')} value={next['what']} language={language} onChange={setNext('what')} />
            <div className={styles['pair']}>
              <LocalField label={t('end.by')} value={next['by']} language={language} onChange={setNext('by')} />
              <LocalField label={t('end.who')} value={next['who']} language={language} onChange={setNext('who')} />
            </div>
          </>
        ) : (
          <AddButton onAdd={() => set('next', { what: t('end.whatNew') })}>{t('end.whatAdd')}</AddButton>
        )}
      </fieldset>
    </>
  );
}
