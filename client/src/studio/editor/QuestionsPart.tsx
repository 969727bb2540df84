import { useTranslation } from 'react-i18next';
import { FILLS } from '../../../../machines/script/names.ts';
import { AddButton } from './AddButton.tsx';
import { ConditionField } from './ConditionField.tsx';
import { freeId, withKey } from './document.ts';
import { itemActs, ListItem } from './ListItem.tsx';
import { LocalField } from './LocalField.tsx';
import { OptionsField } from './OptionsField.tsx';
import { hasOptions, QUESTION_TYPES } from './questionLimits.ts';
import { QuestionMore } from './QuestionMore.tsx';
import type { PartProps } from './StepForm.tsx';
import styles from './StepForm.module.css';
import { plainList, str, type Plain } from '../texts.ts';

/** What the operator asks and writes down. */
export function QuestionsPart({ step, language, set }: PartProps) {
  const { t } = useTranslation('studio');
  const list = plainList(step['questions']);
  const put = (next: readonly Plain[]): void => set('questions', next.length > 0 ? next : undefined);
  const add = (): void =>
    put([
      ...list,
      {
        field: freeId(
          'field',
          list.map((each) => str(each['field'])),
        ),
        label: t('question.new'),
        type: 'text',
      },
    ]);
  return (
    <fieldset>
      <legend>{t('question.title')}</legend>
      {list.map((question, index) => {
        const acts = itemActs(list, index, put);
        const key = (name: string) => (value: unknown) => acts.change(withKey(question, name, value));
        return (
          <ListItem key={str(question['field']) || index} acts={acts}>
            <div className={styles['pair']}>
              <LocalField
                label={t('question.label')}
                value={question['label']}
                language={language}
                onChange={key('label')}
              />
              <label>
                {t('question.type')}
                <select
                  value={str(question['type'])}
                  onChange={(event) => acts.change(retyped(question, event.currentTarget.value, t('question.option')))}
                >
                  {QUESTION_TYPES.map((type) => (
                    <option key={type} value={type}>
                      {t(`question.types.${type}`)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            <div className={styles['pair']}>
              <label>
                {t('question.fills')}
                <select
                  value={str(question['fills'])}
                  onChange={(event) => key('fills')(event.currentTarget.value || undefined)}
                >
                  <option value="">{t('question.fillsNothing')}</option>
                  {FILLS.map((fills) => (
                    <option key={fills} value={fills}>
                      {t(`fills.${fills.replace('.', '-')}`)}
                    </option>
                  ))}
                </select>
              </label>
              <label className={styles['check']}>
                <input
                  type="checkbox"
                  checked={question['required'] === true}
                  onChange={(event) => key('required')(event.currentTarget.checked || undefined)}
                />
                {t('question.required')}
              </label>
            </div>
            {hasOptions(str(question['type'])) && (
              <OptionsField question={question} language={language} onChange={key('options')} />
            )}
            <ConditionField label={t('question.when')} value={question['when']} onChange={key('when')} />
            <QuestionMore question={question} onChange={acts.change} />
          </ListItem>
        );
      })}
      <AddButton onAdd={add}>{t('question.add')}</AddButton>
    </fieldset>
  );
}

/** Another type keeps what every type has; limits of the old one would not fit the format. */
function retyped(question: Plain, type: string, word: string): Plain {
  const kept = ['field', 'label', 'required', 'when', 'fills', 'learned'].flatMap((key) =>
    question[key] === undefined ? [] : [[key, question[key]] as const],
  );
  const given = plainList(question['options']);
  const options =
    given.length > 1 ? given : [1, 2].map((number) => ({ value: `option-${number}`, label: `${word} ${number}` }));
  return { ...Object.fromEntries(kept), type, ...(hasOptions(type) ? { options } : {}) };
}
