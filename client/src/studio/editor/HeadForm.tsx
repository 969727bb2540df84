import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../studioContext.ts';
import { str, type TextLanguage } from '../texts.ts';
import { AppliesPart } from './AppliesPart.tsx';
import { ChoicesPart } from './ChoicesPart.tsx';
import { HeadMore } from './HeadMore.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { ReactionsPart } from './ReactionsPart.tsx';
import { StagesPart } from './StagesPart.tsx';
import styles from './StepForm.module.css';
import { StepSelect } from './StepSelect.tsx';
import { LocalField } from './LocalField.tsx';

/** The script as a whole, shown while no step is chosen. */
export function HeadForm() {
  const { t } = useTranslation('studio');
  const { session, open, languages } = useDesk();
  const { head } = open.script;
  const [language, setLanguage] = useState<TextLanguage>(languages[0] ?? 'ru');
  const set = (key: string, value: unknown): void => session.edit({ op: 'setHead', key, value: value ?? null });
  const part = { step: { ...head, id: '' }, language, set };
  return (
    <form className={styles['stepForm']} onSubmit={(event) => event.preventDefault()}>
      <div className={styles['row']}>
        <p className={styles['quiet']}>{t('headForm.hint')}</p>
        <LanguageSwitch value={language} onChange={setLanguage} />
      </div>
      <LocalField
        label={t('headForm.title')}
        value={head['title']}
        language={language}
        onChange={(value) => set('title', value)}
      />
      <LocalField
        long
        label={t('headForm.description')}
        value={head['description']}
        language={language}
        onChange={(value) => set('description', value)}
      />
      <StepSelect label={t('headForm.start')} value={str(head['start'])} onChange={(start) => set('start', start)} />
      <StagesPart {...part} />
      <AppliesPart value={head['appliesTo']} onChange={(value) => set('appliesTo', value)} />
      <ReactionsPart {...part} />
      <ChoicesPart {...part} name="everywhere" />
      <HeadMore {...part} />
    </form>
  );
}
