import { useTranslation } from 'react-i18next';
import { Key } from '../../shared/ui/Key.tsx';
import { usePanel } from '../panelContext.ts';
import styles from './StepFooter.module.css';

interface Props {
  readonly canGoBack: boolean;
  readonly onBack: () => void;
  readonly disabled: boolean;
}

export function StepFooter({ canGoBack, onBack, disabled }: Props) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  return (
    <div className={styles['footer']}>
      <button
        type="button"
        className={styles['quiet']}
        disabled={disabled}
        onClick={() => setUi({ dialog: 'noAnswer' })}
        aria-keyshortcuts="0"
      >
        <Key>0</Key> {t('step.noAnswer')}
      </button>
      <span className={styles['gap']} />
      <button
        type="button"
        className={styles['quiet']}
        disabled={disabled}
        onClick={() => setUi({ dialog: 'restart' })}
        aria-keyshortcuts="R"
      >
        <Key>R</Key> {t('step.restart')}
      </button>
      <button
        type="button"
        className={styles['quiet']}
        disabled={!canGoBack}
        onClick={onBack}
        aria-keyshortcuts="Backspace"
      >
        <Key>⌫</Key> {t('step.back')}
      </button>
    </div>
  );
}
