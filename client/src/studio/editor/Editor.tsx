import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConflictList } from './ConflictList.tsx';
import { EditorHead, type Pane } from './EditorHead.tsx';
import { FindingList } from './FindingList.tsx';
import { Outline } from './Outline.tsx';
import { Preview } from './Preview.tsx';
import { SourcePane } from './SourcePane.tsx';
import { StepForm } from './StepForm.tsx';
import { HeadForm } from './HeadForm.tsx';
import styles from '../Studio.module.css';
import { useDesk } from '../studioContext.ts';
import { takenStep, takeStep } from './clipboard.ts';
import { stepOf } from './document.ts';
import { Versions } from '../versions/Versions.tsx';

const Graph = lazy(() => import('../map/Graph.tsx'));
const WalkPane = lazy(() => import('../walk/WalkPane.tsx'));

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);

/** The script to the left as a text, a map, its source or its versions; the chosen step and its line to the right. */
export function Editor() {
  const { t } = useTranslation('studio');
  const desk = useDesk();
  const { open, chosen } = desk;
  const [pane, setPane] = useState<Pane>('outline');
  const [search, setSearch] = useState('');
  useKeys(pane, setPane);
  const step = stepOf(open.script, chosen);
  return (
    <div className={styles['editor']}>
      <EditorHead pane={pane} onPane={setPane} search={search} onSearch={setSearch} />
      {pane === 'versions' ? (
        <Versions />
      ) : (
        <div className={styles['work']}>
          <div className={styles['main']}>
            <ConflictList />
            {pane === 'outline' && <Outline search={search} />}
            {pane === 'graph' && (
              <Suspense fallback={<p className={styles['wait']}>{t('wait')}</p>}>
                <Graph search={search} />
              </Suspense>
            )}
            {pane === 'walk' && (
              <Suspense fallback={<p className={styles['wait']}>{t('wait')}</p>}>
                <WalkPane />
              </Suspense>
            )}
            {pane === 'source' && <SourcePane />}
          </div>
          <aside className={styles['side']} aria-label={t('step.label')}>
            {step && <Preview stepId={step.id} />}
            <FindingList inSource={pane === 'source'} />
            <div className={styles['form']}>{step ? <StepForm key={step.id} step={step} /> : <HeadForm />}</div>
          </aside>
        </div>
      )}
    </div>
  );
}

/**
 * F8 to the next finding, Ctrl+Z and Ctrl+Shift+Z, Ctrl+C and Ctrl+V for steps, Delete, arrows between steps: never while
 * typing, but for F8.
 */
function useKeys(pane: Pane, setPane: (pane: Pane) => void): void {
  const { session, open, chosen, choose, pasteStep } = useDesk();
  useEffect(() => {
    const nextFinding = (): void => {
      // What concerns no step stands beside the form of the whole script.
      const order = [...new Set(open.draft.findings.map(({ stepId }) => stepId))];
      if (order.length > 0) choose(order[(order.indexOf(chosen) + 1) % order.length]);
      if (pane === 'versions') setPane('outline');
    };
    const neighbour = (by: number): void => {
      const { steps } = open.script;
      const index = steps.findIndex(({ id }) => id === chosen);
      const next = steps[Math.min(Math.max(index + by, 0), steps.length - 1)];
      if (next) choose(next.id);
    };
    const onKey = (event: KeyboardEvent): void => {
      const control = event.ctrlKey || event.metaKey;
      const act = ((): (() => void) | undefined => {
        if (event.key === 'F8') return nextFinding;
        if (control && event.code === 'KeyF' && (pane === 'outline' || pane === 'graph'))
          return () => document.querySelector<HTMLInputElement>('#studio-search')?.focus();
        if (typing(event.target) || pane === 'versions') return undefined;
        const step = stepOf(open.script, chosen);
        // A marked stretch of text is copied as text.
        if (control && event.code === 'KeyC' && step && document.getSelection()?.isCollapsed !== false)
          return () => takeStep(step);
        if (control && event.code === 'KeyV' && takenStep()) return () => pasteStep(chosen ?? null);
        if (event.key === 'Delete' && step)
          return () => {
            session.edit({ op: 'removeStep', stepId: step.id });
            neighbour(-1);
          };
        if (control && event.code === 'KeyZ') return event.shiftKey ? session.redo : session.undo;
        if (control && event.code === 'KeyY') return session.redo;
        if (pane === 'outline' && event.key === 'ArrowDown') return () => neighbour(1);
        if (pane === 'outline' && event.key === 'ArrowUp') return () => neighbour(-1);
        return undefined;
      })();
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [session, open, chosen, choose, pasteStep, pane, setPane]);
}
