import { useTranslation } from 'react-i18next';
import { ABOUT } from '../../../../machines/script/about.ts';
import { VARIABLE_NAMES, VARIABLES } from '../../../../machines/script/variables.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { AddButton } from './AddButton.tsx';
import { ConditionField } from './ConditionField.tsx';
import { withKey } from './document.ts';
import { itemActs, ListItem } from './ListItem.tsx';
import type { PartProps } from './StepForm.tsx';
import styles from './StepForm.module.css';
import { useFields } from './subjects.ts';
import { useDesk } from '../studioContext.ts';
import { fromWorded, textIn, withText, wordedOf, type TextLanguage, type Worded } from '../texts.ts';

interface LocalProps {
  readonly label: string;
  readonly value: unknown;
  readonly language: TextLanguage;
  readonly onChange: (value: unknown) => void;
  readonly long?: boolean;
}

/** A text in the language that the form shows. */
export function LocalField({ label, value, language, onChange, long }: LocalProps) {
  const { languages } = useDesk();
  const shared = {
    value: textIn(value, language, languages[0]),
    lang: language,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(withText(value, language, event.currentTarget.value, languages)),
  };
  return (
    <label>
      {label}
      {long ? <textarea rows={3} {...shared} /> : <input type="text" {...shared} />}
    </label>
  );
}

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

const TEXT_NAMES = VARIABLE_NAMES.filter((name) => VARIABLES[name].use !== 'condition');

/** What a call fills in, by what it means: nobody has to know how it is written. */
function InsertField({ onInsert }: { readonly onInsert: (name: string) => void }) {
  const { t } = useTranslation('studio');
  const said = useSaid();
  const fields = useFields();
  return (
    <select
      aria-label={t('step.insert')}
      className={styles['insert']}
      value=""
      onChange={({ currentTarget }) => currentTarget.value && onInsert(currentTarget.value)}
    >
      <option value="">{t('step.insert')}</option>
      {TEXT_NAMES.map((name) => (
        <option key={name} value={name}>
          {said(ABOUT[name])}: {VARIABLES[name].example}
        </option>
      ))}
      {[...fields].map(([field, { label }]) => (
        <option key={field} value={`field.${field}`}>
          «{label}»
        </option>
      ))}
    </select>
  );
}
