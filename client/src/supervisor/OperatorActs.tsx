import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorRow, RiskRow } from '../../../server/contract/board.ts';
import { useSite } from '../app/session.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextArea, type TextAreaProps } from '../shared/ui/TextField.tsx';
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
  const written = useWritten();
  const operatorId = row.key;
  const act = async (name: string, input: object, done?: string): Promise<boolean> => {
    if (written.isMissing(t('operator.needReason'))) return false;
    const isDone = await acts.act(name, { ...input, reason: written.text }, done);
    if (isDone) written.clear();
    return isDone;
  };
  const message = async (): Promise<void> => {
    if (written.isMissing(t('message.needText'))) return;
    const input = { to: { operatorIds: [operatorId] }, text: written.text };
    if (await acts.act('supervision.message', input, t('operator.sent'))) written.clear();
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
      <TextArea label={t('operator.reason')} rows={2} maxLength={500} {...written.field} />
      <div className={styles['actRow']}>
        <Button small onClick={() => void message()}>
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
          <Button
            small
            onClick={() =>
              void act('supervision.allowTransfer', { inquiryId: row.call?.inquiryId, callId: row.call?.callId })
            }
          >
            {t('operator.allowTransfer')}
          </Button>
        )}
      </div>
      {inCall && <ListenActs row={row} rules={board.listening} acts={acts} written={written} />}
      <SaidLine said={acts.said} />
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

/** What is typed once for whichever act comes next: what to tell the operator, or why. */
export interface Written {
  readonly text: string;
  readonly clear: () => void;
  /** Nothing is there: says so at the field, and leads there. */
  readonly isMissing: (words: string) => boolean;
  readonly field: Pick<TextAreaProps, 'ref' | 'value' | 'error' | 'onChange'>;
}
function useWritten(): Written {
  const ref = useRef<HTMLTextAreaElement>(null);
  const [value, setValue] = useState('');
  const [error, setError] = useState<string>();
  const write = (typed: string): void => {
    setValue(typed);
    setError(undefined);
  };
  const text = value.trim();
  return {
    text,
    clear: () => write(''),
    isMissing(words) {
      if (text !== '') return false;
      setError(words);
      ref.current?.focus();
      return true;
    },
    field: { ref, value, error, onChange: (event) => write(event.currentTarget.value) },
  };
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
