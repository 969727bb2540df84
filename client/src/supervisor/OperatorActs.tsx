import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorRow, RiskRow } from '../../../server/contract/board.ts';
import { useSite } from '../app/session.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextArea } from '../shared/ui/TextField.tsx';
import { SaidLine, useActs } from './acts.tsx';
import { callbacksOf, type Board } from './board.ts';
import { HandOverAll } from './HandOverAll.tsx';
import { ListenActs } from './ListenActs.tsx';
import { phone } from './words.ts';
import styles from './Drawers.module.css';

interface Props {
  readonly row: OperatorRow;
  readonly board: Board;
  readonly onCallback: (risk: RiskRow) => void;
}

/** What can be done about one operator. Each act but coming to help has its reason, which stays on record. */
export function OperatorActs({ row, board, onCallback }: Props) {
  const { t } = useTranslation('supervisor');
  const acts = useActs();
  const [text, setText] = useState('');
  const operatorId = row.key;
  const reason = text.trim();
  const act = async (name: string, input: object, done?: string): Promise<boolean> => {
    if (reason === '') acts.say(t('operator.needReason'));
    const isDone = reason !== '' && (await acts.act(name, { ...input, reason }, done));
    if (isDone) setText('');
    return isDone;
  };
  const inCall = row.state === 'onCall' || row.state === 'ringing';
  const states: readonly [command: string, label: string, shown: boolean][] = [
    ['supervision.endPause', 'endPause', row.state === 'paused'],
    ['supervision.endWrapUp', 'endWrapUp', row.state === 'wrapUp'],
    ['supervision.pause', 'pause', row.state === 'ready'],
    ['supervision.signOut', 'signOut', row.state !== 'offline' && !inCall],
  ];
  return (
    <div className={styles['acts']}>
      {row.help && (
        <div className={styles['help']}>
          <p>
            <strong>{t('trouble.helpAsked')}</strong> {row.help.reason}
          </p>
          <Button
            kind="primary"
            wide
            onClick={() => void acts.act('supervision.helpTaken', { operatorId }, t('operator.helpComing'))}
          >
            {t('operator.helpTaken')}
          </Button>
        </div>
      )}
      <TextArea
        label={t('operator.reason')}
        rows={2}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles['actRow']}>
        <Button
          small
          onClick={() => {
            if (reason === '') acts.say(t('message.needText'));
            else
              void acts
                .act('supervision.message', { to: { operatorIds: [operatorId] }, text: reason }, t('operator.sent'))
                .then((sent) => sent && setText(''));
          }}
        >
          {t('operator.message')}
        </Button>
        {states.map(
          ([command, label, shown]) =>
            shown && (
              <Button key={command} small onClick={() => void act(command, { operatorId })}>
                {t(`operator.${label}`)}
              </Button>
            ),
        )}
        {row.call?.transfers.atLimit && row.call.inquiryId && (
          <Button small onClick={() => void act('supervision.allowTransfer', { inquiryId: row.call?.inquiryId })}>
            {t('operator.allowTransfer')}
          </Button>
        )}
      </div>
      <SaidLine said={acts.said} />
      {inCall && <ListenActs row={row} rules={board.listening} reason={reason} onDone={() => setText('')} />}
      <Callbacks risks={callbacksOf(board, operatorId)} onOpen={onCallback}>
        <HandOverAll
          board={board}
          operatorId={operatorId}
          onHandOver={(to) => act('supervision.handOverAll', { operatorId, to })}
        />
      </Callbacks>
    </div>
  );
}

function Callbacks(props: {
  readonly risks: readonly RiskRow[];
  readonly onOpen: (risk: RiskRow) => void;
  /** What can be done with all of them. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('supervisor');
  const { wording } = useSite();
  const times = useTimed((now) => props.risks.map((risk) => wording.left(risk.breachAt, now)).join('\n')).split('\n');
  return (
    <section className={styles['part']} aria-label={t('operator.callbacks')}>
      <h3>{t('operator.callbacks')}</h3>
      {props.risks.length === 0 && <p className={styles['quiet']}>{t('operator.callbacksEmpty')}</p>}
      {props.risks.map((risk, index) => (
        <button key={risk.key} type="button" className={styles['callback']} onClick={() => props.onOpen(risk)}>
          <span>{risk.client ? phone(risk.client) : ''}</span>
          <span className={styles['quiet']}>{times[index]}</span>
        </button>
      ))}
      {props.risks.length > 0 && props.children}
    </section>
  );
}
