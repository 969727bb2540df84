import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { matchPath, usePath } from '../shared/router.tsx';
import { Home } from './Home.tsx';
import { Rehearsal } from './Rehearsal.tsx';
import { RunReplay } from './RunReplay.tsx';
import { TaskForm } from './TaskForm.tsx';
import { TaskRun } from './TaskRun.tsx';
import styles from './Training.module.css';

/** It shows the operator's panel, which is read only when somebody looks at a rehearsal again. */
const RehearsalReplay = lazy(() => import('./RehearsalReplay.tsx'));

/** Where newcomers learn: tasks with a client's story, rehearsals on a telephone of one's own, and what came of them. */
export default function TrainingPage() {
  const { t } = useTranslation('training');
  const path = usePath();
  const of = (pattern: string): Readonly<Record<string, string>> | undefined => matchPath(pattern, path);
  const page = ((): React.ReactNode => {
    if (of('/training/rehearsal')) return <Rehearsal />;
    if (of('/training/tasks/new')) return <TaskForm taskId={undefined} />;
    const edited = of('/training/tasks/:taskId/edit');
    if (edited) return <TaskForm taskId={edited['taskId']} />;
    const task = of('/training/tasks/:taskId');
    if (task) return <TaskRun key={task['taskId']} taskId={task['taskId'] ?? ''} />;
    const run = of('/training/runs/:runId');
    if (run) return <RunReplay runId={run['runId'] ?? ''} />;
    const rehearsal = of('/training/rehearsals/:rehearsalId');
    if (rehearsal) return <RehearsalReplay rehearsalId={rehearsal['rehearsalId'] ?? ''} />;
    return <Home />;
  })();
  return (
    <main className={styles['page']} aria-label={t('title')}>
      <Suspense fallback={<p className={styles['wait']}>{t('wait')}</p>}>{page}</Suspense>
    </main>
  );
}
