import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FILLS } from '../../../../machines/script/names.ts';
import { AddButton } from './AddButton.tsx';
import { ConditionField } from './ConditionField.tsx';
import { freeId, withKey } from './document.ts';
import { itemActs, ListItem } from './ListItem.tsx';
import type { PartProps } from './StepForm.tsx';
import styles from './StepForm.module.css';
import { plainList, str, type Plain, type TextLanguage } from '../texts.ts';
import { LocalField } from './WordedPart.tsx';

const TYPES = ['text', 'phone', 'date', 'choice', 'checklist', 'number'] as const;
const hasOptions = (type: string): boolean => type === 'choice' || type === 'checklist';

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
                  {TYPES.map((type) => (
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
              <Options question={question} language={language} onChange={key('options')} />
            )}
            <ConditionField label={t('question.when')} value={question['when']} onChange={key('when')} />
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

function Options(props: {
  readonly question: Plain;
  readonly language: TextLanguage;
  readonly onChange: (options: unknown) => void;
}) {
  const { t } = useTranslation('studio');
  const list = plainList(props.question['options']);
  return (
    <div className={styles['options']}>
      {list.map((option, index) => (
        <div key={str(option['value']) || index} className={styles['row']}>
          <LocalField
            label={t('question.optionOf', { number: index + 1 })}
            value={option['label']}
            language={props.language}
            onChange={(label) =>
              props.onChange(list.map((each, at) => (at === index ? withKey(each, 'label', label) : each)))
            }
          />
          <button
            type="button"
            aria-label={t('remove')}
            onClick={() => props.onChange(list.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </button>
        </div>
      ))}
      <AddButton
        onAdd={() => {
          const value = freeId(
            'option',
            list.map((each) => str(each['value'])),
          );
          props.onChange([...list, { value, label: t('question.option') }]);
        }}
      >
        {t('question.optionAdd')}
      </AddButton>
    </div>
  );
}
