import { useTranslation } from 'react-i18next';
import { ReactionsPart } from './MoreParts.tsx';
import styles from './StepForm.module.css';
import { useDesk } from '../studioContext.ts';
import { str, titleOf } from '../texts.ts';
import { LocalField } from './WordedPart.tsx';

/** The script as a whole, shown while no step is chosen. */
export function HeadForm() {
  const { t } = useTranslation('studio');
  const { session, open, languages } = useDesk();
  const { head, steps } = open.script;
  const set = (key: string, value: unknown): void => session.edit({ op: 'setHead', key, value: value ?? null });
  return (
    <form className={styles['stepForm']} onSubmit={(event) => event.preventDefault()}>
      <p className={styles['quiet']}>{t('headForm.hint')}</p>
      {languages.map((language) => (
        <LocalField
          key={language}
          label={`${t('headForm.title')}, ${t(`language.${language}`)}`}
          value={head['title']}
          language={language}
          onChange={(value) => set('title', value)}
        />
      ))}
      <LocalField
        long
        label={t('headForm.description')}
        value={head['description']}
        language={languages[0] ?? 'ru'}
        onChange={(value) => set('description', value)}
      />
      <label>
        {t('headForm.start')}
        <select value={str(head['start'])} onChange={(event) => set('start', event.currentTarget.value)}>
          {steps.map((step) => (
            <option key={step.id} value={step.id}>
              {titleOf(step, step.id)}
            </option>
          ))}
        </select>
      </label>
      <ReactionsPart step={{ id: '', on: head['on'] }} set={set} />
    </form>
  );
}
