import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { USUAL_ANSWERS, type AlertRow, type UsualAnswer } from '../../../server/contract/board.ts';
import { useWording } from '../app/session.ts';
import { serverClock } from '../shared/time/serverClock.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextField } from '../shared/ui/TextField.tsx';
import { SaidLine, useActs } from './acts.tsx';
import { answeredAlerts, openAlerts, type AlertGroup, type Board } from './board.ts';
import { useRowFocus } from './rowFocus.ts';
import { phone, shortName } from './words.ts';
import page from './Supervisor.module.css';
import styles from './AlertList.module.css';

/** Nobody reads more at once, and every row costs the page; the worst are above. */
const SHOWN = 60;

/** Alerts without an answer, one a cause; answering says what was done, and who did it stays on record. */
export function AlertList({ board, onOpen }: { readonly board: Board; readonly onOpen: (alert: AlertRow) => void }) {
  const { t } = useTranslation('supervisor');
  const groups = openAlerts(board);
  const over = groups.filter((group) => group.over);
  const { said, act } = useActs();
  /** The one that is being answered. */
  const [answering, setAnswering] = useState<string>();
  const shown = groups.slice(0, SHOWN);
  // Two cells a row, what it is and its answer: Tab stops once, arrows go down either column.
  const { stop, frame } = useRowFocus(
    shown.flatMap(({ key }) => [{ key }, { key: answerOf(key) }]),
    2,
  );
  if (groups.length === 0) return <p className={page['empty']}>{t('board.alertsEmpty')}</p>;
  return (
    <>
      <ul className={page['list']} aria-label={t('board.alerts')} {...frame}>
        {shown.map((group) => (
          <Alert
            key={group.key}
            group={group}
            onOpen={onOpen}
            answering={answering === group.key}
            onAnswer={setAnswering}
            stop={stop === group.key ? 'what' : stop === answerOf(group.key) ? 'answer' : undefined}
          />
        ))}
      </ul>
      {groups.length > SHOWN && <p className={page['quiet']}>{t('alert.more', { count: groups.length - SHOWN })}</p>}
      {over.length > 1 && (
        <div className={styles['actRow']}>
          <Button
            small
            onClick={() =>
              void act('supervision.acknowledge', {
                alertKeys: over.flatMap(({ alerts }) => alerts.map(({ key }) => key)).slice(0, 300),
                done: 'usual.over' satisfies UsualAnswer,
              })
            }
          >
            {t('alert.closeOver', { count: over.length })}
          </Button>
          <SaidLine said={said?.bad ? said : undefined} />
        </div>
      )}
    </>
  );
}

const answerOf = (key: string): string => `${key} answer`;

function About({ alert }: { readonly alert: AlertRow }) {
  const { t } = useTranslation('supervisor');
  const wording = useWording();
  return (
    <>
      <strong>{t(`alert.${alert.code}`, { defaultValue: alert.code })}</strong>
      <span className={page['quiet']}>
        {[
          wording.short(alert.at, serverClock.now()),
          alert.operatorName && shortName(alert.operatorName),
          alert.text && phone(alert.text),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
}

interface AlertProps {
  readonly group: AlertGroup;
  readonly onOpen: (alert: AlertRow) => void;
  readonly answering: boolean;
  /** Opens the answer to the alert of this key, or none. */
  readonly onAnswer: (key: string | undefined) => void;
  /** The cell of this row that Tab stops at. */
  readonly stop: 'what' | 'answer' | undefined;
}
/** Groups are made anew with each push; one is drawn again only when something of it changed. */
const isSame = (a: AlertProps, b: AlertProps): boolean =>
  a.group.alert === b.group.alert &&
  a.group.over === b.group.over &&
  a.group.alerts.length === b.group.alerts.length &&
  a.stop === b.stop &&
  a.answering === b.answering &&
  a.onOpen === b.onOpen;

const Alert = memo(function Alert({ group, onOpen, answering, onAnswer, stop }: AlertProps) {
  const { t } = useTranslation('supervisor');
  const { key, alert, alerts, over } = group;
  return (
    <li className={styles['alert']} data-level={over ? 'over' : alert.level}>
      <div className={styles['alertHead']}>
        <button
          type="button"
          className={styles['alertWhat']}
          data-row={key}
          tabIndex={stop === 'what' ? 0 : -1}
          onClick={() => onOpen(alert)}
        >
          <About alert={alert} />
          {over && <span className={page['quiet']}>{t('alert.over')}</span>}
        </button>
        {!answering && (
          <Button
            small
            data-row={answerOf(key)}
            tabIndex={stop === 'answer' ? 0 : -1}
            aria-label={`${t('alert.acknowledge')}: ${t(`alert.${alert.code}`, { defaultValue: alert.code })}`}
            onClick={() => onAnswer(key)}
          >
            {t('alert.acknowledge')}
          </Button>
        )}
      </div>
      {answering && (
        <Answer
          row={answerOf(key)}
          keys={alerts.map((each) => each.key)}
          over={over}
          onCancel={() => onAnswer(undefined)}
        />
      )}
    </li>
  );
}, isSame);

/** One key answers by coming, and only what is over was over by itself; anything else is typed. */
const usualOf = (over: boolean): readonly UsualAnswer[] =>
  USUAL_ANSWERS.filter((name) => name !== 'usual.coming' && (over || name !== 'usual.over'));

function Answer(props: {
  /** In the list it stands in the place of the button that opened it. */
  readonly row: string;
  readonly keys: readonly string[];
  readonly over: boolean;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation('supervisor');
  const { said, act, say } = useActs();
  const [done, setDone] = useState('');
  const send = (text: string): void => {
    if (text.trim() === '') say(t('alert.needDone'));
    else void act('supervision.acknowledge', { alertKeys: props.keys, done: text });
  };
  return (
    <form
      className={styles['answer']}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send(done);
      }}
    >
      <div className={styles['usual']}>
        {usualOf(props.over).map((name) => (
          <button key={name} type="button" onClick={() => send(name)}>
            {t(`alert.${name}`)}
          </button>
        ))}
      </div>
      <TextField
        small
        autoFocus
        data-row={props.row}
        aria-label={t('alert.done')}
        placeholder={t('alert.done')}
        maxLength={500}
        value={done}
        error={said?.bad ? said.text : undefined}
        onChange={(event) => setDone(event.currentTarget.value)}
      />
      <div className={styles['actRow']}>
        <Button small kind="primary" type="submit">
          {t('alert.save')}
        </Button>
        <Button small kind="quiet" onClick={() => props.onCancel()}>
          {t('acts.cancel')}
        </Button>
      </div>
    </form>
  );
}

const isUsual = (done: string): done is UsualAnswer => USUAL_ANSWERS.some((name) => name === done);

/** Who answered, when, and what was done. */
export function AnsweredAlerts({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const wording = useWording();
  const alerts = answeredAlerts(board);
  if (alerts.length === 0) return <p className={page['empty']}>{t('board.answeredEmpty')}</p>;
  return (
    <ul className={page['list']} aria-label={t('board.answered')}>
      {alerts.map((alert) => (
        <li key={alert.key} className={styles['alert']} data-level="over">
          <About alert={alert} />
          {alert.acknowledged && (
            <p className={styles['answered']}>
              {isUsual(alert.acknowledged.done) ? t(`alert.${alert.acknowledged.done}`) : alert.acknowledged.done}
              <span className={page['quiet']}>
                {' '}
                {shortName(alert.acknowledged.by)}, {wording.short(alert.acknowledged.at, serverClock.now())}
              </span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
