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
import { Select, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskRow } from '../../../server/contract/board.ts';
import { useWording } from '../app/session.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { useStore } from '../shared/store.ts';
import { play, unlockSound } from '../shared/ui/sound.ts';
import { Age, useAge } from './Age.tsx';
import { AlertList } from './AlertList.tsx';
import {
  NO_FILTER,
  openAlerts,
  operatorsInOrder,
  risksInOrder,
  useBoardStore,
  type Board,
  type OperatorFilter,
} from './board.ts';
import { OperatorDrawer } from './OperatorDrawer.tsx';
import { OperatorGrid } from './OperatorGrid.tsx';
import { OperatorList } from './OperatorList.tsx';
import { QueueTable } from './QueueTable.tsx';
import { RiskList } from './RiskList.tsx';
import { RulesDrawer } from './RulesDrawer.tsx';
import styles from './Supervisor.module.css';

const LOOK = 'board.look';

/** What breaks next, then people, then queues: one screen, pushed. */
export default function SupervisorPage() {
  const { t } = useTranslation('supervisor');
  const board = useStore(useBoardStore('board'));
  useAlarm(board);
  if (!board) return <main className={styles['page']} aria-busy="true" aria-label={t('board.label')} />;
  return <Drawn board={board} />;
}

function Drawn({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const [filter, setFilter] = useState<OperatorFilter>(NO_FILTER);
  const [open, setOpen] = useState<string>();
  const [rules, setRules] = useState(false);
  const [look, setLook] = useLook();
  const { stale } = useAge(board);
  const People = look === 'list' ? OperatorList : OperatorGrid;
  const openRisk = (risk: RiskRow): void => {
    if (risk.operatorId) setOpen(risk.operatorId);
  };
  return (
    <main className={styles['page']} aria-label={t('board.label')}>
      <Warning board={board} />
      <div className={styles['columns']} data-stale={stale || undefined}>
        <section className={styles['column']}>
          <header className={styles['head']}>
            <h2>{t('board.risks')}</h2>
            <Age board={board} />
          </header>
          <div className={styles['scroll']}>
            <RiskList risks={risksInOrder(board)} onOpen={openRisk} />
          </div>
        </section>
        <section className={styles['column']}>
          <header className={styles['head']}>
            <h2>{t('board.operators')}</h2>
            <Age board={board} />
            <span className={styles['looks']} role="group" aria-label={t('look.label')}>
              {(['grid', 'list'] as const).map((name) => (
                <button key={name} type="button" aria-pressed={look === name} onClick={() => setLook(name)}>
                  {t(`look.${name}`)}
                </button>
              ))}
            </span>
            <Filters board={board} filter={filter} onChange={setFilter} />
          </header>
          <People rows={operatorsInOrder(board, filter)} onOpen={(row) => setOpen(row.key)} />
        </section>
        <section className={styles['column']}>
          <header className={styles['head']}>
            <h2>{t('board.alerts')}</h2>
            <Age board={board} />
          </header>
          <div className={styles['alerts']}>
            <AlertList alerts={openAlerts(board)} />
          </div>
          <header className={styles['head']}>
            <h2>{t('board.queues')}</h2>
            <Age board={board} />
            <button type="button" className={styles['gear']} onClick={() => setRules(true)}>
              {t('rules.open')}
            </button>
          </header>
          <div className={styles['scroll']}>
            <QueueTable rows={[...board.queues.values()]} settings={board.settings} />
          </div>
        </section>
      </div>
      <RulesDrawer board={board} opened={rules} onClose={() => setRules(false)} />
      <OperatorDrawer
        rules={board.listening}
        row={open === undefined ? undefined : board.operators.get(open)}
        onClose={() => setOpen(undefined)}
      />
    </main>
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
    if (lost) return t('board.noExchange', { time: wording.timeExact(lost.trueAt) });
    return board.storage === 'memory' ? t('board.memory') : undefined;
  })();
  return words ? (
    <p role="status" className={styles['warn']}>
      {words}
    </p>
  ) : null;
}

function Filters({
  board,
  filter,
  onChange,
}: {
  readonly board: Board;
  readonly filter: OperatorFilter;
  readonly onChange: (next: OperatorFilter) => void;
}) {
  const { t } = useTranslation('supervisor');
  const units = useMemo(
    () => [...new Set([...board.operators.values()].map((row) => row.unit))].sort(),
    [board.operators],
  );
  return (
    <div className={styles['filters']}>
      <TextInput
        size="xs"
        placeholder={t('filter.find')}
        aria-label={t('filter.find')}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <Select
        size="xs"
        clearable
        placeholder={t('filter.unit')}
        aria-label={t('filter.unit')}
        data={units}
        value={filter.unit}
        onChange={(unit) => onChange({ ...filter, unit })}
      />
      <Select
        size="xs"
        clearable
        placeholder={t('filter.queue')}
        aria-label={t('filter.queue')}
        data={[...board.queues.values()].map((row) => ({ value: row.key, label: row.title }))}
        value={filter.queue}
        onChange={(queue) => onChange({ ...filter, queue })}
      />
      <Select
        size="xs"
        clearable
        placeholder={t('filter.state')}
        aria-label={t('filter.state')}
        data={['onCall', 'ringing', 'wrapUp', 'ready', 'paused', 'offline'].map((value) => ({
          value,
          label: t(`state.${value}`),
        }))}
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state })}
      />
    </div>
  );
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

/** A sound, and a notification of the desktop where allowed, for each alert that is new since the page was opened. */
function useAlarm(board: Board | undefined): void {
  const { t } = useTranslation('supervisor');
  const known = useRef<Set<string> | undefined>(undefined);
  useEffect(() => {
    const unlock = (): void => {
      unlockSound();
      if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission();
    };
    window.addEventListener('pointerdown', unlock, { once: true });
    return () => window.removeEventListener('pointerdown', unlock);
  }, []);
  useEffect(() => {
    if (!board) return;
    const alerts = openAlerts(board);
    const fresh = known.current ? alerts.filter((alert) => !known.current?.has(alert.key)) : [];
    known.current = new Set(alerts.map((alert) => alert.key));
    const worst = fresh.find((alert) => alert.level === 'breach') ?? fresh[0];
    if (!worst) return;
    play(worst.level === 'breach' ? 'over' : 'soon');
    if ('Notification' in window && Notification.permission === 'granted' && document.hidden)
      void new Notification(t(`alert.${worst.code}`, { defaultValue: worst.code }), {
        body: [worst.operatorName, worst.text].filter(Boolean).join(' · '),
        tag: worst.key,
      });
  }, [board, t]);
}
