import { Drawer, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskRow } from '../../../server/contract/board.ts';
import { useSite } from '../app/session.ts';
import { serverClock } from '../shared/time/serverClock.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextArea } from '../shared/ui/TextField.tsx';
import { SaidLine, useActs } from './acts.tsx';
import { operatorsInOrder, NO_FILTER, type Board } from './board.ts';
import { phone, shortName } from './words.ts';
import styles from './Drawers.module.css';

interface Props {
  readonly risk: RiskRow | undefined;
  readonly board: Board;
  readonly onClose: () => void;
}

/** One promise to call back: whose it is, by when, and to whom it goes instead. */
export function CallbackDrawer({ risk, board, onClose }: Props) {
  const { t } = useTranslation('supervisor');
  return (
    <Drawer
      opened={risk !== undefined}
      onClose={onClose}
      position="right"
      size={480}
      title={t('callback.title')}
      closeButtonProps={{ 'aria-label': t('operator.close') }}
    >
      {risk && <Inside key={risk.key} risk={risk} board={board} onClose={onClose} />}
    </Drawer>
  );
}

/** Everybody's again: whoever is free takes it. */
const NOBODY = '';

function Inside({ risk, board, onClose }: Props & { readonly risk: RiskRow }) {
  const { t } = useTranslation('supervisor');
  const { wording } = useSite();
  const { said, busy, act, say } = useActs();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const left = useTimed((now) => wording.left(risk.breachAt, now));
  const move = async (): Promise<void> => {
    if (to === null) return say(t('callback.needWhom'));
    if (reason.trim() === '') return say(t('operator.needReason'));
    const input = { promiseId: risk.promiseId, to: to === NOBODY ? null : to, reason: reason.trim() };
    if (await act('supervision.moveCallback', input)) onClose();
  };
  const people = operatorsInOrder(board, NO_FILTER).filter(({ key }) => key !== risk.operatorId);
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t('callback.client'), risk.client ? phone(risk.client) : '—'],
    [t('callback.due'), `${wording.until(risk.breachAt, serverClock.now())} (${left})`],
    [t('callback.question'), risk.text || '—'],
    [t('callback.owner'), risk.operatorName ?? t('risk.nobody')],
  ];
  return (
    <div className={styles['drawer']}>
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Select
        label={t('callback.to')}
        searchable
        nothingFoundMessage={t('callback.nobodyFound')}
        data={[
          ...(risk.operatorId ? [{ value: NOBODY, label: t('callback.everybody') }] : []),
          ...people.map((row) => ({
            value: row.key,
            label: `${shortName(row.name)} · ${t(`state.${row.state}`)}${row.unit === '' ? '' : ` · ${row.unit}`}`,
          })),
        ]}
        value={to}
        onChange={setTo}
      />
      <TextArea
        label={t('callback.reason')}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles['actRow']}>
        <Button kind="primary" disabled={busy} onClick={() => void move()}>
          {t('callback.move')}
        </Button>
        <SaidLine said={said} />
      </div>
    </div>
  );
}
