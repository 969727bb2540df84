import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ASKED_EFFECTS } from '../../../../machines/script/names.ts';
import { ConditionField } from './ConditionField.tsx';
import { freeId, withKey } from './document.ts';
import type { PartProps } from './StepForm.tsx';
import styles from './StepForm.module.css';
import { TargetField } from './TargetField.tsx';
import { plainList, str, strings, type Plain } from '../texts.ts';
import { LocalField } from './WordedPart.tsx';

/** The operator's buttons: what is on them, where they lead, when they work and why not, what they do. */
export function ChoicesPart({ step, language, set }: PartProps) {
  const { t } = useTranslation('studio');
  const list = plainList(step['choices']);
  const put = (next: readonly Plain[]): void => set('choices', next.length > 0 ? next : undefined);
  const add = (): void =>
    put([
      ...list,
      {
        id: freeId(
          'choice',
          list.map((each) => str(each['id'])),
        ),
        label: t('choice.new'),
        to: 'stay',
      },
    ]);
  return (
    <fieldset>
      <legend>{t('choice.title')}</legend>
      {list.map((choice, index) => {
        const change = (next: Plain): void => put(list.map((each, at) => (at === index ? next : each)));
        const key = (name: string) => (value: unknown) => change(withKey(choice, name, value));
        return (
          <div key={str(choice['id']) || index} className={styles['item']}>
            <div className={styles['pair']}>
              <LocalField
                label={t('choice.label', { number: index + 1 })}
                value={choice['label']}
                language={language}
                onChange={key('label')}
              />
              <TargetField label={t('choice.to')} value={choice} onChange={change} />
            </div>
            <ConditionField label={t('choice.when')} value={choice['when']} onChange={key('when')} />
            {choice['when'] !== undefined && (
              <LocalField
                label={t('choice.whyNot')}
                value={choice['whyNot']}
                language={language}
                onChange={key('whyNot')}
              />
            )}
            <ConditionField label={t('choice.shown')} value={choice['shown']} onChange={key('shown')} />
            <Effects value={choice['effects']} onChange={key('effects')} />
            <button
              type="button"
              className={styles['cross']}
              aria-label={t('remove')}
              onClick={() => put(list.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </button>
          </div>
        );
      })}
      <button type="button" className={styles['plus']} onClick={add}>
        <IconPlus size={14} /> {t('choice.add')}
      </button>
    </fieldset>
  );
}

function Effects({ value, onChange }: { readonly value: unknown; readonly onChange: (value: unknown) => void }) {
  const { t } = useTranslation('studio');
  const chosen = strings(value);
  const words = chosen.map((effect) => t(`effect.${effect.replace('.', '-')}`)).join(', ');
  return (
    <details className={styles['condition']}>
      <summary>
        {t('choice.effects')}: {words || t('choice.noEffects')}
      </summary>
      {ASKED_EFFECTS.map((effect) => (
        <label key={effect} className={styles['check']}>
          <input
            type="checkbox"
            checked={chosen.includes(effect)}
            onChange={(event) => {
              const next = event.currentTarget.checked ? [...chosen, effect] : chosen.filter((each) => each !== effect);
              onChange(next.length > 0 ? next : undefined);
            }}
          />
          {t(`effect.${effect.replace('.', '-')}`)}
        </label>
      ))}
    </details>
  );
}
