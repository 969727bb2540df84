import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/ui/Button.tsx';
import { TextArea } from '../shared/ui/TextField.tsx';
import { SaidLine, useActs } from './acts.tsx';
import type { Board } from './board.ts';
import { BoardDrawer } from './BoardDrawer.tsx';
import styles from './Drawers.module.css';

/** Words to a team: everyone, a unit, or those who serve a queue. */
export function MessageDrawer(props: {
  readonly board: Board;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('supervisor');
  return (
    <BoardDrawer opened={props.opened} onClose={props.onClose} size={480} title={t('message.title')}>
      <Inside board={props.board} />
    </BoardDrawer>
  );
}

const EVERYONE = '*';
const UNIT = 'unit:';
const QUEUE = 'queue:';

function Inside({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const { said, act, say } = useActs();
  const [to, setTo] = useState(EVERYONE);
  const [text, setText] = useState('');
  const rows = [...board.operators.values()];
  const units = [...new Set(rows.map(({ unit }) => unit))].filter(Boolean).sort();
  const team = rows.filter(
    ({ unit, queues }) =>
      to === EVERYONE ||
      (to.startsWith(UNIT) ? unit === to.slice(UNIT.length) : queues.includes(to.slice(QUEUE.length))),
  );
  const send = async (): Promise<void> => {
    if (text.trim() === '') return say(t('message.needText'));
    const address = to.startsWith(UNIT)
      ? { unit: to.slice(UNIT.length) }
      : to === EVERYONE
        ? {}
        : { operatorIds: team.map(({ key }) => key) };
    const sent = await act('supervision.message', { to: address, text }, t('message.sent', { count: team.length }));
    if (sent) setText('');
  };
  return (
    <div className={styles['drawer']}>
      <Select
        label={t('message.to')}
        allowDeselect={false}
        data={[
          { value: EVERYONE, label: t('message.everyone') },
          ...units.map((unit) => ({ value: `${UNIT}${unit}`, label: unit })),
          ...[...board.queues.values()].map(({ key, title }) => ({
            value: `${QUEUE}${key}`,
            label: t('message.queue', { title }),
          })),
        ]}
        value={to}
        onChange={(next) => setTo(next ?? EVERYONE)}
      />
      <TextArea
        label={t('message.text')}
        description={t('message.about')}
        rows={4}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles['actRow']}>
        <Button kind="primary" disabled={team.length === 0} onClick={() => void send()}>
          {t('message.send', { count: team.length })}
        </Button>
        <SaidLine said={said} />
      </div>
    </div>
  );
}
