import { useTranslation } from 'react-i18next';
import { AddButton } from './AddButton.tsx';
import { AudienceField } from './AudienceField.tsx';
import { ConditionField } from './ConditionField.tsx';
import { withKey } from './document.ts';
import { InsertField } from './InsertField.tsx';
import { itemActs, ListItem } from './ListItem.tsx';
import { LocalField } from './LocalField.tsx';
import type { PartProps } from './StepForm.tsx';
import styles from './StepForm.module.css';
import { useDesk } from '../studioContext.ts';
import { fromWorded, textIn, withText, wordedOf, type Worded } from '../texts.ts';

/** Wordings, the first that fits is proposed; or hints. Each may have a condition. */
export function WordedPart({ step, language, set, name }: PartProps & { readonly name: 'say' | 'trial' | 'hints' }) {
  const { t } = useTranslation('studio');
  const { languages } = useDesk();
  const list = wordedOf(step[name]);
  const put = (next: readonly Worded[]): void => set(name, fromWorded(next));
  const change = (index: number, item: Worded): void => put(list.map((each, at) => (at === index ? item : each)));
  return (
    <fieldset>
      <legend>{t(`step.${name}`)}</legend>
      {list.map((item, index) => (
        // Wordings have no names; their order is what they are.
        // oxlint-disable-next-line react/no-array-index-key
        <ListItem key={index} acts={itemActs(list, index, put)}>
          <LocalField
            long
            label={t(`step.${name}One`, { number: index + 1 })}
            value={item.text}
            language={language}
            onChange={(text) => change(index, { ...item, text })}
          />
          <InsertField
            onInsert={(name) => {
              const words = textIn(item.text, language, languages[0]);
              const spaced = words === '' || words.endsWith(' ') ? words : `${words} `;
              change(index, { ...item, text: withText(item.text, language, `${spaced}{${name}}`, languages) });
            }}
          />
          <ConditionField
            label={t('step.when')}
            value={item.rest['when']}
            onChange={(when) => change(index, { ...item, rest: withKey(item.rest, 'when', when) })}
          />
          {name !== 'hints' && (
            <AudienceField value={item.rest} onChange={(rest) => change(index, { ...item, rest })} />
          )}
          {name !== 'hints' && list.length > 1 && (
            <label className={styles['check']}>
              <input
                type="checkbox"
                checked={item.rest['otherwise'] === true}
                onChange={(event) =>
                  change(index, {
                    ...item,
                    rest: withKey(item.rest, 'otherwise', event.currentTarget.checked || undefined),
                  })
                }
              />
              {t('step.otherwise')}
            </label>
          )}
        </ListItem>
      ))}
      <AddButton onAdd={() => put([...list, { text: t('step.newText'), rest: {} }])}>{t(`step.${name}Add`)}</AddButton>
    </fieldset>
  );
}
