import { useTranslation } from 'react-i18next';
import { useDesk } from '../studioContext.ts';
import { strings } from '../texts.ts';
import { ChecksField } from './ChecksField.tsx';
import { Fold } from './Fold.tsx';
import type { PartProps } from './StepForm.tsx';
import { WordsField } from './WordsField.tsx';

/** In which languages the script is spoken, which clauses of the regulation it carries out, its tags. */
export function HeadMore({ step: head, set }: Pick<PartProps, 'step' | 'set'>) {
  const { t } = useTranslation('studio');
  const { languages } = useDesk();
  const say = (language: string): string => t(`language.${language}`);
  const words = [languages.map(say).join(', '), ...strings(head['clauses']), ...strings(head['tags'])];
  return (
    <Fold label={t('headMore.title')} words={words.join(', ')}>
      <ChecksField
        label={t('headMore.languages')}
        options={(['ru', 'en'] as const).map((each) => [each, say(each)] as const)}
        value={languages}
        // The last one stays: a script without a language says nothing.
        onChange={(next) => next && set('languages', next)}
      />
      <WordsField
        label={t('headMore.clauses')}
        value={head['clauses']}
        placeholder="3.5.5, 1.4"
        onChange={(clauses) => set('clauses', clauses)}
      />
      <WordsField label={t('tags')} value={head['tags']} onChange={(tags) => set('tags', tags)} />
    </Fold>
  );
}
