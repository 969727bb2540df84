import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../../machines/script/view.ts';
import { remaining } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { useCall, useCommand, usePanel } from '../panelContext.ts';
import styles from './StepHeader.module.css';

/** A step's time limit stays out of sight until it presses. */
const SHOWN_FROM_MS = 10_000;

/** Where in the script one is, and in which language it is spoken. */
export function StepHeader({ step, ringing }: { readonly step: StepView; readonly ringing: boolean }) {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { setUi } = usePanel();
  const { send } = useCommand();
  const language = call.script?.language;
  const { position } = step;
  return (
    <div className={styles['header']}>
      {position && (
        <>
          <span className={styles['dots']} aria-hidden="true">
            {Array.from({ length: position.total }, (_, index) => (
              <i key={index} data-done={index < position.index - 1} data-here={index === position.index - 1} />
            ))}
          </span>
          <span className={styles['place']}>{t('step.place', { index: position.index, total: position.total })}</span>
        </>
      )}
      {/* A note is outside of the talk's road: its title says all. */}
      {!position && step.kind !== 'note' && <span className={styles['place']}>{t(`kind.${step.kind}`)}</span>}
      <h1 className={styles['title']}>{step.title}</h1>
      <button
        type="button"
        className={styles['script']}
        title={t('scripts.open')}
        disabled={ringing}
        onClick={() => setUi({ dialog: 'scripts' })}
      >
        {call.script?.title}
      </button>
      {step.dueAt !== undefined && <StepLimit dueAt={step.dueAt} />}
      {step.side && (
        <button
          type="button"
          className={styles['language']}
          disabled={ringing}
          onClick={() => setUi({ dialog: 'situations' })}
          aria-keyshortcuts="X"
        >
          {t('situations.open')} <Key>X</Key>
        </button>
      )}
      {language !== undefined && (
        <button
          type="button"
          className={styles['language']}
          disabled={ringing}
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

/** Time left on this step, shown when it begins to matter. */
function StepLimit({ dueAt }: { readonly dueAt: number }) {
  const { t } = useTranslation('operator');
  const left = useTimed((now) => (dueAt - now <= SHOWN_FROM_MS && dueAt > now ? remaining(dueAt - now) : ''));
  return left === '' ? null : <span className={styles['limit']}>{t('step.limit', { left })}</span>;
}
