import { useTranslation } from 'react-i18next';
import { Key } from '../../shared/ui/Key.tsx';
import styles from './Dialogs.module.css';
import type { Candidate } from './useStaff.ts';

interface Props {
  readonly person: Candidate;
  readonly hotkey: string | undefined;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** One colleague: what for, and whether he can be reached now. */
export function Person({ person, hotkey, chosen, onChoose }: Props) {
  const { t } = useTranslation('operator');
  const presence = !person.inHours ? 'notInHours' : person.free ? 'free' : 'busy';
  const why = person.matches.map((match) => t(`transfer.match.${match}`)).join(', ');
  return (
    <button
      type="button"
      role="option"
      aria-selected={chosen}
      className={styles['person']}
      tabIndex={-1}
      onClick={onChoose}
    >
      <span>{hotkey !== undefined && <Key>{hotkey}</Key>}</span>
      <span>
        {person.name}
        <span className={styles['quiet']}>{[person.position, person.unit].filter(Boolean).join(', ')}</span>
        {why !== '' && <span className={styles['quiet']}>{why}</span>}
      </span>
      <span className={styles['presence']} data-free={presence === 'free'}>
        {!person.typed && (
          <>
            <i />
            {t(`transfer.presence.${presence}`)}
          </>
        )}
      </span>
      <span className="figures">{person.extension}</span>
    </button>
  );
}
