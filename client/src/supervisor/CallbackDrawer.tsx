import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskRow } from '../../../server/contract/board.ts';
import { useSite } from '../app/session.ts';
import { DeadlineField } from '../operator/dialogs/DeadlineField.tsx';
import { useTimed } from '../shared/time/ticker.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextArea } from '../shared/ui/TextField.tsx';
import { SaidLine, useActs } from './acts.tsx';
import { isLeft, operatorsInOrder, NO_FILTER, type Board } from './board.ts';
import { BoardDrawer } from './BoardDrawer.tsx';
import { phone, shortName } from './words.ts';
import styles from './Drawers.module.css';

interface Props {
  readonly risk: RiskRow | undefined;
  readonly board: Board;
  /** To look at who promised: all of that person's promises can be handed over there. */
  readonly onOwner: (operatorId: string) => void;
  readonly onClose: () => void;
}

/** One promise to call back: whose it is and by when; another term, another owner, or both. */
export function CallbackDrawer({ risk, ...rest }: Props) {
  const { t } = useTranslation('supervisor');
  return (
    <BoardDrawer opened={risk !== undefined} onClose={rest.onClose} size={480} title={t('callback.title')}>
      {risk && <Inside key={risk.key} risk={risk} {...rest} />}
    </BoardDrawer>
  );
}

/** Everybody's again: whoever is free takes it. */
const NOBODY = '';

/** What is to be changed: a part that is not touched stays as it is. */
function useMove(risk: RiskRow, onDone: () => void) {
  const { t } = useTranslation('supervisor');
  const { said, act, say } = useActs();
  const [to, setTo] = useState<string | null>(null);
  const [dueAt, setDueAt] = useState(risk.breachAt);
  const [told, setTold] = useState(false);
  const [reason, setReason] = useState('');
  const later = dueAt !== risk.breachAt;
  const move = async (): Promise<void> => {
    if (to === null && !later) return say(t('callback.needChange'));
    if (reason.trim() === '') return say(t('operator.needReason'));
    const input = {
      promiseId: risk.promiseId,
      reason: reason.trim(),
      ...(to === null ? {} : { to: to === NOBODY ? null : to }),
      ...(later ? { dueAt, clientInformed: told } : {}),
    };
    if (await act('supervision.moveCallback', input)) onDone();
  };
  return { to, setTo, dueAt, setDueAt, told, setTold, reason, setReason, later, said, move };
}

function Inside({ risk, board, onOwner, onClose }: Props & { readonly risk: RiskRow }) {
  const { t } = useTranslation(['supervisor', 'operator']);
  const { to, setTo, said, move, ...form } = useMove(risk, onClose);
  const { operatorId } = risk;
  return (
    <div className={styles['drawer']}>
      <Facts risk={risk} away={isLeft(board, risk)} />
      <DeadlineField value={form.dueAt} onChange={form.setDueAt} of={{ promiseId: risk.promiseId ?? '' }} />
      {form.later && (
        <label className={styles['told']}>
          <input type="checkbox" checked={form.told} onChange={(event) => form.setTold(event.currentTarget.checked)} />
          {t('operator:promise.clientTold')}
        </label>
      )}
      <Select
        label={t('callback.to')}
        placeholder={t('callback.stays')}
        searchable
        clearable
        nothingFoundMessage={t('callback.nobodyFound')}
        data={[
          ...(risk.operatorId ? [{ value: NOBODY, label: t('callback.everybody') }] : []),
          ...others(board, risk).map((row) => ({
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
        value={form.reason}
        onChange={(event) => form.setReason(event.currentTarget.value)}
      />
      <div className={styles['actRow']}>
        <Button kind="primary" onClick={() => void move()}>
          {t('callback.move')}
        </Button>
        <SaidLine said={said} />
      </div>
      {operatorId && (
        <Button kind="quiet" onClick={() => onOwner(operatorId)}>
          {t('callback.ofOwner')}
        </Button>
      )}
    </div>
  );
}

const others = (board: Board, risk: RiskRow) =>
  operatorsInOrder(board, NO_FILTER).filter(({ key }) => key !== risk.operatorId);

function Facts({ risk, away }: { readonly risk: RiskRow; readonly away: boolean }) {
  const { t } = useTranslation('supervisor');
  const { wording } = useSite();
  const due = useTimed((now) => `${wording.until(risk.breachAt, now)} (${wording.left(risk.breachAt, now)})`);
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t('callback.client'), risk.client ? phone(risk.client) : '—'],
    [t('callback.due'), due],
    [t('callback.question'), risk.text || '—'],
    [t('callback.owner'), [risk.operatorName ?? t('risk.nobody'), away && t('risk.away')].filter(Boolean).join(' · ')],
  ];
  return (
    <dl className={styles['facts']}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
