import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../../machines/script/view.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { useHotkeys } from '../hotkeys.tsx';
import { lineSize } from '../logic/lineSize.ts';
import { usePanel } from '../panelContext.ts';
import styles from './SayLine.module.css';
import { Spoken } from './Spoken.tsx';

/** The line to say: the largest thing on the screen. A prepared answer takes its place until it is said. */
export function SayLine({ step }: { readonly step: StepView }) {
  const { t } = useTranslation('operator');
  const { ui, setUi } = usePanel();
  const [wording, setWording] = useState(0);
  const count = step.lines.length;
  const next = (): void => setWording((now) => (now + 1) % Math.max(1, count));
  const answer = ui.answer?.stepId === step.stepId ? ui.answer.article : undefined;
  useHotkeys(count > 1 && !answer ? { W: next } : {});
  const line = answer?.spoken ?? step.lines[wording % Math.max(1, count)] ?? '';
  return (
    <div className={styles['say']} data-answer={answer ? true : undefined}>
      {answer && (
        <div className={styles['from']}>
          <span>{t('answer.from', { title: answer.title })}</span>
          {answer.sample && <span className={styles['sample']}>{t('answer.sample')}</span>}
          <button type="button" className={styles['switch']} onClick={() => setUi({ answer: undefined })}>
            {t('answer.toScript')} <Key>⌫</Key>
          </button>
        </div>
      )}
      <p
        className={styles['line']}
        data-size={lineSize(line, step.fields.length, step.choices.length)}
        aria-live="polite"
      >
        <Spoken>{line}</Spoken>
      </p>
      {count > 1 && !answer && (
        <button type="button" className={styles['switch']} onClick={next} aria-keyshortcuts="W">
          {t('step.otherWording', { index: wording + 1, count })} <Key>W</Key>
        </button>
      )}
      {!answer &&
        step.hints.map((hint) => (
          <p key={hint} className={styles['hint']}>
            {hint}
          </p>
        ))}
    </div>
  );
}
