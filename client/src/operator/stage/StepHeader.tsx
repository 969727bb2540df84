import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../../machines/script/view.ts';
import { useCall, useCommand } from '../panelContext.ts';
import styles from './StepHeader.module.css';

/** Where in the script one is, and in which language it is spoken. */
export function StepHeader({ step, ringing }: { readonly step: StepView; readonly ringing: boolean }) {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { send } = useCommand();
  const language = call.script?.language;
  const { position } = step;
  return (
    <div className={styles['header']}>
      <h1 className={styles['title']}>{step.title}</h1>
      {position && (
        <>
          <span className={styles['place']}>{t('step.place', { index: position.index, total: position.total })}</span>
          <span className={styles['dots']} aria-hidden="true">
            {Array.from({ length: position.total }, (_, index) => (
              <i key={index} data-done={index < position.index - 1} data-here={index === position.index - 1} />
            ))}
          </span>
        </>
      )}
      {!position && <span className={styles['place']}>{t(`kind.${step.kind}`)}</span>}
      <span className={styles['script']}>{call.script?.title}</span>
      {language !== undefined && !ringing && (
        <button
          type="button"
          className={styles['language']}
          title={t(language === 'ru' ? 'step.inEnglish' : 'step.inRussian')}
          onClick={() =>
            void send('script.language', { callId: call.callId, language: language === 'ru' ? 'en' : 'ru' })
          }
        >
          {language === 'ru' ? 'EN' : 'РУ'}
        </button>
      )}
    </div>
  );
}
