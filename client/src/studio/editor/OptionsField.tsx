import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSiteLists, type SiteList } from '../siteLists.ts';
import { plainList, str, type Plain, type TextLanguage } from '../texts.ts';
import { AddButton } from './AddButton.tsx';
import { CodeField } from './CodeField.tsx';
import { ConditionField } from './ConditionField.tsx';
import { freeId, withKey } from './document.ts';
import { itemActs } from './ListItem.tsx';
import { LocalField } from './LocalField.tsx';
import styles from './StepForm.module.css';

interface Props {
  readonly question: Plain;
  readonly language: TextLanguage;
  readonly onChange: (options: unknown) => void;
}
/** Answers that are codes of a list of the organisation: articles and reports know them by these. */
const LISTED: Readonly<Record<string, SiteList>> = {
  'inquiry.topic': 'topics',
  'inquiry.situation': 'situations',
  'inquiry.profile': 'profiles',
};

/** Ready answers: their words at once, their conditions and codes when asked for. */
export function OptionsField({ question, language, onChange }: Props) {
  const { t } = useTranslation('studio');
  const lists = useSiteLists();
  const list = plainList(question['options']);
  const listed = LISTED[str(question['fills'])];
  const [isFull, setFull] = useState(list.some(({ when }) => when !== undefined));
  return (
    <div className={styles['options']}>
      {list.map((option, index) => {
        const { change, remove } = itemActs(list, index, onChange);
        const key = (name: string) => (value: unknown) => change(withKey(option, name, value));
        return (
          <div key={str(option['value']) || index} className={styles['option']}>
            <div className={styles['row']}>
              <LocalField
                label={t('question.optionOf', { number: index + 1 })}
                value={option['label']}
                language={language}
                onChange={key('label')}
              />
              <button type="button" aria-label={t('remove')} onClick={remove}>
                <IconX size={14} />
              </button>
            </div>
            {isFull && (
              <>
                <ConditionField label={t('question.optionWhen')} value={option['when']} onChange={key('when')} />
                <CodeField
                  label={t('question.optionCode')}
                  value={str(option['value'])}
                  known={listed ? [...lists[listed]] : []}
                  onChange={key('value')}
                />
              </>
            )}
          </div>
        );
      })}
      <AddButton
        onAdd={() => {
          const value = freeId(
            'option',
            list.map((each) => str(each['value'])),
          );
          onChange([...list, { value, label: t('question.option') }]);
        }}
      >
        {t('question.optionAdd')}
      </AddButton>
      <label className={styles['check']}>
        <input type="checkbox" checked={isFull} onChange={({ currentTarget }) => setFull(currentTarget.checked)} />
        {t('question.optionsFull')}
      </label>
    </div>
  );
}
