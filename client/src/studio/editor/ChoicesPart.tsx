import { useTranslation } from 'react-i18next';
import { AddButton } from './AddButton.tsx';
import { ConditionField } from './ConditionField.tsx';
import { freeId, withKey } from './document.ts';
import { EffectsField } from './EffectsField.tsx';
import { Fold } from './Fold.tsx';
import { itemActs, ListItem } from './ListItem.tsx';
import type { PartProps } from './StepForm.tsx';
import { SetField } from './SetField.tsx';
import styles from './StepForm.module.css';
import { TargetField } from './TargetField.tsx';
import { WordsField } from './WordsField.tsx';
import { plainList, str, strings, type Plain } from '../texts.ts';
import { LocalField } from './LocalField.tsx';

/** Buttons of a step, or those of special situations that the whole script has on every step. */
type ChoiceList = 'choices' | 'everywhere';

/** The operator's buttons: what is on them, where they lead, when they work and why not, what they do. */
export function ChoicesPart({ step, language, set, name = 'choices' }: PartProps & { readonly name?: ChoiceList }) {
  const { t } = useTranslation('studio');
  const list = plainList(step[name]);
  const put = (next: readonly Plain[]): void => set(name, next.length > 0 ? next : undefined);
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
      <legend>{t(`choice.title.${name}`)}</legend>
      {list.map((choice, index) => {
        const acts = itemActs(list, index, put);
        const key = (part: string) => (value: unknown) => acts.change(withKey(choice, part, value));
        return (
          <ListItem key={str(choice['id']) || index} acts={acts}>
            <div className={styles['pair']}>
              <LocalField
                label={t('choice.label', { number: index + 1 })}
                value={choice['label']}
                language={language}
                onChange={key('label')}
              />
              <TargetField label={t('choice.to')} value={choice} onChange={acts.change} />
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
            <EffectsField value={choice['effects']} onChange={key('effects')} />
            <SetField value={choice['set']} onChange={key('set')} />
            <label className={styles['check']}>
              <input
                type="checkbox"
                checked={choice['declined'] === true}
                onChange={(event) => key('declined')(event.currentTarget.checked || undefined)}
              />
              {t('choice.declined')}
            </label>
            <Fold label={t('tags')} words={strings(choice['tags']).join(', ') || t('noTags')}>
              <WordsField label={t('tags')} value={choice['tags']} onChange={key('tags')} />
            </Fold>
          </ListItem>
        );
      })}
      <AddButton onAdd={add}>{t('choice.add')}</AddButton>
    </fieldset>
  );
}
