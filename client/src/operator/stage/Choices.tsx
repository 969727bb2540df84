import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '../../../../machines/script/view.ts';
import { Key } from '../../shared/ui/Key.tsx';
import styles from './Choices.module.css';

interface Props {
  readonly choices: readonly ChoiceView[];
  readonly disabled: boolean;
  readonly taken: string | undefined;
  readonly onChoose: (choice: ChoiceView) => void;
}

/** What the client may have answered, as big buttons with the number keys that choose them. */
export function Choices({ choices, disabled, taken, onChoose }: Props) {
  const { t } = useTranslation('operator');
  if (choices.length === 0) return null;
  const columns = choices.length === 4 ? 2 : Math.min(3, choices.length);
  return (
    <div className={styles['choices']} role="group" aria-label={t('step.choices')} data-columns={columns}>
      {choices.map((choice) => (
        <button
          key={choice.id}
          type="button"
          className={styles['choice']}
          data-choice={choice.id}
          data-taken={taken === choice.id || undefined}
          aria-disabled={disabled || !choice.enabled}
          aria-keyshortcuts={choice.key}
          onClick={() => onChoose(choice)}
        >
          <Key>{choice.key}</Key>
          <span>
            {choice.label}
            {!choice.enabled && choice.whyNot !== undefined && (
              <span className={styles['whyNot']}>{choice.whyNot}</span>
            )}
          </span>
        </button>
      ))}
    </div>
  );
}
