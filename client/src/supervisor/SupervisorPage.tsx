import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Combobox.css';
import { IconMessage, IconSettings } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertRow, OperatorRow, RiskRow } from '../../../server/contract/board.ts';
import { useWording } from '../app/session.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { useStore, type Store } from '../shared/store.ts';
import { useKeptFocus } from '../shared/ui/keptFocus.ts';
import { Age, useAge } from './Age.tsx';
import { AlarmSwitch, useAlarm, useAlarmSwitch } from './alarm.tsx';
import { AlertList, AnsweredAlerts } from './AlertList.tsx';
import { NO_FILTER, operatorsInOrder, useBoardStore, type Board, type OperatorFilter } from './board.ts';
import { CallbackDrawer } from './CallbackDrawer.tsx';
import { Filters } from './Filters.tsx';
import { MessageDrawer } from './MessageDrawer.tsx';
import { OperatorDrawer } from './OperatorDrawer.tsx';
import { OperatorGrid } from './OperatorGrid.tsx';
import { OperatorList } from './OperatorList.tsx';
import { QueueTable } from './QueueTable.tsx';
import { Risks } from './RiskList.tsx';
import { RulesDrawer } from './RulesDrawer.tsx';
import styles from './Supervisor.module.css';

const LOOK = 'board.look';

/** What breaks next, then people, then queues: one screen, pushed. */
export default function SupervisorPage() {
  const { t } = useTranslation('supervisor');
  const store = useBoardStore('board');
  const board = useStore(store);
  const alarm = useAlarmSwitch();
  useAlarm(board, alarm.on);
  if (!board) return <main className={styles['page']} aria-busy="true" aria-label={t('board.label')} />;
  return <Drawn board={board} store={store} alarm={alarm} />;
}

/** What is open beside the board. */
type Open =
  | { readonly what: 'operator' | 'callback'; readonly key: string }
  | { readonly what: 'rules' | 'message' }
  | undefined;

interface DrawnProps {
  readonly board: Board;
  readonly store: Store<Board | undefined>;
  readonly alarm: ReturnType<typeof useAlarmSwitch>;
}
function Drawn({ board, store, alarm }: DrawnProps) {
  const { t } = useTranslation('supervisor');
  const [open, setOpen] = useState<Open>();
  const { stale } = useAge(board);
  const close = (): void => setOpen(undefined);
  // The same functions for ever: hundreds of rows hang on them, and are drawn only when they themselves change.
  const openOperator = useCallback(({ key }: { readonly key: string }) => setOpen({ what: 'operator', key }), []);
  const openRisk = useCallback((risk: RiskRow): void => {
    if (risk.kind === 'callback') setOpen({ what: 'callback', key: risk.key });
    else if (risk.operatorId) setOpen({ what: 'operator', key: risk.operatorId });
  }, []);
  const openAlert = useCallback(
    ({ riskKey, operatorId }: AlertRow): void => {
      const risk = riskKey === undefined ? undefined : store.get()?.risks.get(riskKey);
      if (risk) openRisk(risk);
      else if (operatorId) setOpen({ what: 'operator', key: operatorId });
    },
    [store, openRisk],
  );
  const opened = (what: NonNullable<Open>['what']): string | undefined =>
    open?.what === what && 'key' in open ? open.key : undefined;
  return (
    <main className={styles['page']} aria-label={t('board.label')}>
      <Warning board={board} />
      <div className={styles['columns']} data-stale={stale || undefined}>
        <Risks board={board} onOpen={openRisk} />
        <People board={board} onOpen={openOperator} onMessage={() => setOpen({ what: 'message' })} />
        <section className={styles['column']}>
          <Alerts board={board} alarm={alarm} onOpen={openAlert} />
          <header className={styles['head']}>
            <h2>{t('board.queues')}</h2>
            <Age board={board} />
            <Tool icon={IconSettings} label={t('rules.open')} onClick={() => setOpen({ what: 'rules' })} />
          </header>
          <div className={styles['scroll']}>
            <QueueTable rows={[...board.queues.values()]} settings={board.settings} />
          </div>
        </section>
      </div>
      <RulesDrawer board={board} opened={open?.what === 'rules'} onClose={close} />
      <MessageDrawer board={board} opened={open?.what === 'message'} onClose={close} />
      <CallbackDrawer
        board={board}
        risk={board.risks.get(opened('callback') ?? '')}
        onOwner={(key) => openOperator({ key })}
        onClose={close}
      />
      <OperatorDrawer
        board={board}
        row={board.operators.get(opened('operator') ?? '')}
        onCallback={openRisk}
        onClose={close}
      />
    </main>
  );
}

function Tool(props: { readonly icon: typeof IconSettings; readonly label: string; readonly onClick: () => void }) {
  const { icon: Icon, label, onClick } = props;
  return (
    <button type="button" className={styles['icon']} aria-label={label} title={label} onClick={onClick}>
      <Icon size={18} stroke={1.6} aria-hidden />
    </button>
  );
}

function People(props: {
  readonly board: Board;
  readonly onOpen: (row: OperatorRow) => void;
  readonly onMessage: () => void;
}) {
  const { board, onOpen, onMessage } = props;
  const { t } = useTranslation('supervisor');
  const [filter, setFilter] = useState<OperatorFilter>(NO_FILTER);
  const [look, setLook] = useLook();
  const rows = operatorsInOrder(board, filter);
  const Rows = look === 'list' ? OperatorList : OperatorGrid;
  const empty = board.operators.size === 0 ? 'board.operatorsEmpty' : 'filter.nobody';
  return (
    <section className={styles['column']}>
      <header className={styles['head']}>
        <h2>{t('board.operators')}</h2>
        <Age board={board} />
        <Tool icon={IconMessage} label={t('message.title')} onClick={onMessage} />
        <span className={styles['looks']} role="group" aria-label={t('look.label')}>
          {(['grid', 'list'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={look === name} onClick={() => setLook(name)}>
              {t(`look.${name}`)}
            </button>
          ))}
        </span>
        <Filters board={board} filter={filter} onChange={setFilter} />
      </header>
      {rows.length === 0 ? <p className={styles['empty']}>{t(empty)}</p> : <Rows rows={rows} onOpen={onOpen} />}
    </section>
  );
}

function Alerts(props: {
  readonly board: Board;
  readonly alarm: ReturnType<typeof useAlarmSwitch>;
  readonly onOpen: (alert: AlertRow) => void;
}) {
  const { board, alarm, onOpen } = props;
  const { t } = useTranslation('supervisor');
  const [answered, setAnswered] = useState(false);
  const kept = useKeptFocus<HTMLDivElement>();
  return (
    <>
      <header className={styles['head']}>
        <h2>{t('board.alerts')}</h2>
        <Age board={board} />
        <AlarmSwitch {...alarm} />
        <button
          type="button"
          className={styles['toggle']}
          aria-pressed={answered}
          onClick={() => setAnswered((before) => !before)}
        >
          {t('board.answered')}
        </button>
      </header>
      <div className={styles['alerts']} {...kept}>
        {answered ? <AnsweredAlerts board={board} /> : <AlertList board={board} onOpen={onOpen} />}
      </div>
    </>
  );
}

function Warning({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const wording = useWording();
  const link = useStore(useConnection().link);
  const { stale } = useAge(board);
  const lost = board.links.find((each) => each.status !== 'up');
  const words = ((): string | undefined => {
    if (link.status !== 'online' || (stale && !lost))
      return t('board.stale', { time: wording.timeExact(board.heardAt) });
    if (lost?.trueAt === 0) return t('board.noExchangeYet');
    if (lost) return t('board.noExchange', { time: wording.timeExact(lost.trueAt) });
    return board.storage === 'memory' ? t('board.memory') : undefined;
  })();
  return words ? (
    <p role="status" className={styles['warn']}>
      {words}
    </p>
  ) : null;
}

/** Cards or lines, as this person left it. */
function useLook(): [look: 'grid' | 'list', set: (look: 'grid' | 'list') => void] {
  const [look, setLook] = useState<'grid' | 'list'>(() => (localStorage.getItem(LOOK) === 'list' ? 'list' : 'grid'));
  return [
    look,
    (next) => {
      localStorage.setItem(LOOK, next);
      setLook(next);
    },
  ];
}
