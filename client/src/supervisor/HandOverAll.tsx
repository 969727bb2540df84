import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/ui/Button.tsx';
import { SeveralField } from '../shared/ui/SeveralField.tsx';
import { NO_FILTER, operatorsInOrder, type Board } from './board.ts';
import styles from './Drawers.module.css';
import { shortName } from './words.ts';

interface Props {
  readonly board: Board;
  readonly operatorId: string;
  /** Whether it was done. Nobody: whoever is free takes them. */
  readonly onHandOver: (to: readonly string[]) => Promise<boolean>;
}

/** All promises of somebody who leaves or is not here: to one colleague, to several in turn, or to everybody. */
export function HandOverAll({ board, operatorId, onHandOver }: Props) {
  const { t } = useTranslation('supervisor');
  const [to, setTo] = useState<readonly string[]>();
  if (to === undefined) {
    return (
      <Button small onClick={() => setTo([])}>
        {t('operator.handOver')}
      </Button>
    );
  }
  const options = operatorsInOrder(board, NO_FILTER)
    .filter(({ key }) => key !== operatorId)
    .map(({ key, name, unit, state }) => ({
      value: key,
      name: shortName(name),
      about: [t(`state.${state}`), unit].filter(Boolean).join(' · '),
    }));
  return (
    <div className={styles['acts']}>
      <SeveralField
        label={t('operator.handOverTo')}
        none={t('operator.toAll')}
        more={t('operator.toMore')}
        remove={(name) => t('operator.toNot', { name })}
        options={options}
        value={to}
        onChange={setTo}
      />
      <div className={styles['actRow']}>
        <Button small kind="primary" onClick={() => void onHandOver(to).then((done) => done && setTo(undefined))}>
          {t('operator.handOverNow')}
        </Button>
        <Button small kind="quiet" onClick={() => setTo(undefined)}>
          {t('acts.cancel')}
        </Button>
      </div>
    </div>
  );
}
