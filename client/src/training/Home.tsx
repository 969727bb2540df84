import { IconPhoneCall, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RehearsalRow, RehearsalView } from '../../../server/contract/rehearsal.ts';
import type { StudioView } from '../../../server/contract/studio.ts';
import type { TrainingRunRow, TrainingTask } from '../../../server/contract/training.ts';
import { useSession } from '../app/session.ts';
import { useErrorWords, type ErrorDetails } from '../shared/i18n/errors.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { go } from '../shared/router.tsx';
import { Button } from '../shared/ui/Button.tsx';
import { useIsTrainer } from './people.ts';
import { Results } from './Results.tsx';
import styles from './Training.module.css';
import { Failed } from '../shared/ui/Failed.tsx';
import { useGet } from '../shared/http/useGet.ts';

/** What can be practised, and what came of it. */
export function Home() {
  const { t } = useTranslation('training');
  const words = useErrorWords();
  const tasks = useGet<TrainingTask[]>('/training/tasks');
  const runs = useGet<TrainingRunRow[]>('/training/runs');
  const rehearsals = useGet<RehearsalRow[]>('/rehearsals');
  const lists = [tasks, runs, rehearsals];
  const fault = lists.find((list) => list.fault !== undefined)?.fault;
  return (
    <div className={styles['home']}>
      <h1>{t('title')}</h1>
      {fault !== undefined && <Failed onAgain={() => lists.forEach((list) => list.again())}>{words(fault)}</Failed>}
      <div className={styles['two']}>
        <Tasks tasks={tasks.value} runs={runs.value ?? []} />
        <StartRehearsal />
      </div>
      {runs.value && rehearsals.value && <Results runs={runs.value} rehearsals={rehearsals.value} />}
    </div>
  );
}

function Tasks(props: {
  readonly tasks: readonly TrainingTask[] | undefined;
  readonly runs: readonly TrainingRunRow[];
}) {
  const { t } = useTranslation('training');
  const isTrainer = useIsTrainer();
  const me = useSession().session.user.id;
  const best = (taskId: string): number | undefined => {
    const marks = props.runs.flatMap((run) =>
      run.taskId === taskId && run.personId === me && run.total !== undefined ? [run.total] : [],
    );
    return marks.length > 0 ? Math.max(...marks) : undefined;
  };
  return (
    <section aria-labelledby="tasks">
      <header className={styles['head']}>
        <h2 id="tasks">{t('tasks.title')}</h2>
        {isTrainer && (
          <Button kind="quiet" icon={<IconPlus size={18} />} onClick={() => go('/training/tasks/new')}>
            {t('tasks.add')}
          </Button>
        )}
      </header>
      {props.tasks?.length === 0 && (
        <p className={styles['quiet']}>{t(isTrainer ? 'tasks.emptyWrite' : 'tasks.empty')}</p>
      )}
      <ul className={styles['cards']}>
        {props.tasks?.map((task) => {
          const mark = best(task.taskId);
          return (
            <li key={task.taskId}>
              <h3>{task.title}</h3>
              <p className={styles['story']}>{task.story}</p>
              <div className={styles['acts']}>
                <Button kind="primary" onClick={() => go(`/training/tasks/${task.taskId}`)}>
                  {t('tasks.take')}
                </Button>
                {isTrainer && (
                  <Button kind="quiet" onClick={() => go(`/training/tasks/${task.taskId}/edit`)}>
                    {t('tasks.edit')}
                  </Button>
                )}
                {mark !== undefined && <span className={styles['quiet']}>{t('tasks.best', { mark })}</span>}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A whole telephone of one's own: no client, no colleague and no report sees it. */
function StartRehearsal() {
  const { t } = useTranslation('training');
  const words = useErrorWords();
  const connection = useConnection();
  const going = useTopic<RehearsalView>('rehearsal')?.rehearsal;
  const isTrainer = useIsTrainer();
  const [scriptId, setScriptId] = useState('');
  const [isOpening, setOpening] = useState(false);
  const [fault, setFault] = useState<{ code: string; details?: ErrorDetails }>();
  const start = async (): Promise<void> => {
    setOpening(true);
    const result = await connection.send('rehearsal.start', scriptId ? { scriptId, version: 'draft' } : {});
    setOpening(false);
    if (result.ok) go('/training/rehearsal');
    else setFault(result.error);
  };
  return (
    <section aria-labelledby="rehearsal">
      <header className={styles['head']}>
        <h2 id="rehearsal">{t('rehearsal.title')}</h2>
      </header>
      <p>{t('rehearsal.what')}</p>
      {isTrainer && <Drafts value={scriptId} onChange={setScriptId} />}
      {fault && (
        <p role="alert" className={styles['fault']}>
          {words(fault.code, fault.details)}
        </p>
      )}
      <div className={styles['acts']}>
        {going && (
          <Button kind="primary" onClick={() => go('/training/rehearsal')}>
            {t('rehearsal.back')}
          </Button>
        )}
        <Button
          kind={going ? 'plain' : 'primary'}
          icon={<IconPhoneCall size={18} />}
          disabled={isOpening}
          onClick={() => void start()}
        >
          {t(isOpening ? 'rehearsal.opening' : 'rehearsal.start')}
        </Button>
      </div>
    </section>
  );
}

function Drafts({ value, onChange }: { readonly value: string; readonly onChange: (scriptId: string) => void }) {
  const { t } = useTranslation('training');
  const scripts = useTopic<StudioView>('studio')?.scripts ?? [];
  return (
    <label className={styles['field']}>
      {t('rehearsal.script')}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{t('rehearsal.published')}</option>
        {scripts.map((row) => (
          <option key={row.scriptId} value={row.scriptId}>
            {t('rehearsal.draft', { title: row.title })}
          </option>
        ))}
      </select>
    </label>
  );
}
