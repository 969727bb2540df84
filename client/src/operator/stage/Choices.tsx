import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '../../../../machines/script/view.ts';
import { Key } from '../../shared/ui/Key.tsx';
import styles from './Choices.module.css';

interface Props {
  readonly choices: readonly ChoiceView[];
  readonly disabled: boolean;
  /** The number keys mean these choices now. */
  readonly withKeys: boolean;
  readonly taken: string | undefined;
  /** Grows with every attempt at a choice that is off: the reason, which is in sight already, is pointed at. */
  readonly shout: number;
  readonly onChoose: (choice: ChoiceView) => void;
}

/** What the client may have answered, as big buttons with the number keys that choose them. */
export function Choices({ choices, disabled, withKeys, taken, shout, onChoose }: Props) {
  const { t } = useTranslation('operator');
  if (choices.length === 0) return null;
  const columns = choices.length === 4 ? 2 : Math.min(3, choices.length);
  const same = commonReason(choices);
  return (
    <>
      {same !== undefined && (
        <p
          key={shout}
          className={styles['same']}
          data-shout={shout > 0 || undefined}
          role={shout > 0 ? 'alert' : undefined}
        >
          {same}
        </p>
      )}
      <div className={styles['choices']} role="group" aria-label={t('step.choices')} data-columns={columns}>
        {choices.map((choice) => (
          <button
            key={choice.id}
            type="button"
            className={styles['choice']}
            data-choice={choice.id}
            data-taken={taken === choice.id || undefined}
            aria-disabled={disabled || !choice.enabled}
            aria-keyshortcuts={choice.key || undefined}
            onClick={() => onChoose(choice)}
          >
            {withKeys && choice.key !== '' && <Key>{choice.key}</Key>}
            <span>
              {choice.label}
              {!choice.enabled && choice.whyNot !== undefined && choice.whyNot !== same && (
                <span key={shout} className={styles['whyNot']} data-shout={shout > 0 || undefined}>
                  {choice.whyNot}
                </span>
              )}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}

/** The one reason that stops several choices is told once, above them. */
function commonReason(choices: readonly ChoiceView[]): string | undefined {
  const reasons = choices.filter((choice) => !choice.enabled).map((choice) => choice.whyNot);
  return reasons.length > 1 && reasons.every((reason) => reason === reasons[0]) ? reasons[0] : undefined;
}
