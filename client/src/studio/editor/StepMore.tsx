import { useTranslation } from 'react-i18next';
import { useSiteLists } from '../siteLists.ts';
import { str, strings } from '../texts.ts';
import { ChecksField } from './ChecksField.tsx';
import { Fold } from './Fold.tsx';
import type { PartProps } from './StepForm.tsx';
import { WordsField } from './WordsField.tsx';

const ONE_OF = [
  ['topic', 'topics'],
  ['disposition', 'dispositions'],
] as const;

/** What the panel shows and proposes beside the step: contact points, answers on a topic, how the call ended. */
export function StepMore({ step, set }: Pick<PartProps, 'step' | 'set'>) {
  const { t } = useTranslation('studio');
  const lists = useSiteLists();
  const words = [
    ...strings(step['contactPoints']).map((id) => lists.contactPoints.get(id) ?? id),
    ...ONE_OF.map(([key, list]) => lists[list].get(str(step[key])) ?? str(step[key])),
    ...strings(step['tags']),
  ].filter((each) => each !== '');
  return (
    <Fold label={t('stepMore.title')} words={words.join(', ') || t('stepMore.nothing')}>
      <ChecksField
        label={t('stepMore.contactPoints')}
        options={lists.contactPoints}
        value={step['contactPoints']}
        onChange={(points) => set('contactPoints', points)}
      />
      {ONE_OF.map(([key, list]) => (
        <label key={key}>
          {t(`stepMore.${key}`)}
          <select value={str(step[key])} onChange={({ currentTarget }) => set(key, currentTarget.value || undefined)}>
            <option value="">{t(`stepMore.${key}None`)}</option>
            {str(step[key]) !== '' && !lists[list].has(str(step[key])) && (
              <option value={str(step[key])}>{str(step[key])}</option>
            )}
            {[...lists[list]].map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      ))}
      <WordsField label={t('tags')} value={step['tags']} onChange={(tags) => set('tags', tags)} />
    </Fold>
  );
}
