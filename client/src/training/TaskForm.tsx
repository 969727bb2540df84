import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudioView } from '../../../server/contract/studio.ts';
import type { VersionView } from '../../../server/contract/studioVersions.ts';
import type { TrainingTask } from '../../../server/contract/training.ts';
import { api, ApiProblem } from '../shared/http/api.ts';
import { useErrorWords, type ErrorDetails } from '../shared/i18n/errors.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { go, Link } from '../shared/router.tsx';
import { Button } from '../shared/ui/Button.tsx';
import { TextArea, TextField } from '../shared/ui/TextField.tsx';
import { idFrom } from '../studio/ids.ts';
import { anyText, plainList, str, titleOf } from '../studio/texts.ts';
import formStyles from './TaskForm.module.css';
import styles from './Training.module.css';
import { Failed } from '../shared/ui/Failed.tsx';
import { useGet } from '../shared/http/useGet.ts';

const FRESH: TrainingTask = {
  taskId: '',
  title: '',
  story: '',
  scriptId: 'inbound',
  mustVisit: [],
  mustLearn: {},
  limitMs: 240_000,
  trouble: [],
};
const FACTS = ['clientHungUp', 'holdOverdue', 'transferRefused'] as const;
const MINUTE = 60_000;

/** A task: the client's story, the script, what a good run does, and what goes wrong on the way. */
export function TaskForm({ taskId }: { readonly taskId: string | undefined }) {
  const { value: tasks, fault, again } = useGet<TrainingTask[]>('/training/tasks');
  const { t } = useTranslation('training');
  const words = useErrorWords();
  if (fault !== undefined) return <Failed onAgain={again}>{words(fault)}</Failed>;
  if (!tasks) return <p className={styles['wait']}>{t('wait')}</p>;
  const known = tasks.find((task) => task.taskId === taskId);
  return <Form initial={known ?? FRESH} taken={tasks.map((task) => task.taskId)} />;
}

function Form({ initial, taken }: { readonly initial: TrainingTask; readonly taken: readonly string[] }) {
  const { t } = useTranslation('training');
  const words = useErrorWords();
  const connection = useConnection();
  const [task, setTask] = useState(initial);
  const [fault, setFault] = useState<{ code: string; details?: ErrorDetails }>();
  const scripts = useTopic<StudioView>('studio')?.scripts ?? [];
  const { steps, fields } = useScript(task.scriptId);
  const set = (change: Partial<TrainingTask>): void => setTask((before) => ({ ...before, ...change }));
  const ask = (name: string, input: object): void =>
    void connection.send(name, input).then((result) => {
      if (result.ok) go('/training');
      else setFault(result.error);
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const id = task.taskId || idFrom(task.title, taken);
    ask('training.saveTask', { ...task, taskId: id });
  };
  return (
    <form className={formStyles['form']} onSubmit={submit}>
      <header className={styles['head']}>
        <h1>{t(initial.taskId ? 'form.edit' : 'form.new')}</h1>
        <Link href="/training">{t('back')}</Link>
      </header>
      <TextField
        required
        label={t('form.title')}
        minLength={3}
        maxLength={200}
        value={task.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <TextArea
        required
        rows={4}
        label={t('form.story')}
        description={t('form.storyWhat')}
        minLength={10}
        maxLength={4000}
        value={task.story}
        onChange={(event) => set({ story: event.currentTarget.value })}
      />
      <div className={formStyles['halves']}>
        <label className={styles['field']}>
          {t('form.script')}
          <select
            value={task.scriptId}
            onChange={(event) =>
              set({ scriptId: event.currentTarget.value, mustVisit: [], mustLearn: {}, trouble: [] })
            }
          >
            {scripts.map(({ scriptId, title }) => (
              <option key={scriptId} value={scriptId}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <TextField
          type="number"
          min={1}
          max={120}
          label={t('form.limit')}
          value={Math.round(task.limitMs / MINUTE)}
          onChange={(event) => set({ limitMs: Math.max(1, event.currentTarget.valueAsNumber || 1) * MINUTE })}
        />
      </div>
      <fieldset className={formStyles['some']}>
        <legend>{t('form.mustVisit')}</legend>
        {steps.map(({ id, title }) => (
          <label key={id} className={styles['check']}>
            <input
              type="checkbox"
              checked={task.mustVisit.includes(id)}
              onChange={({ currentTarget }) => {
                const wanted = new Set(task.mustVisit);
                if (currentTarget.checked) wanted.add(id);
                else wanted.delete(id);
                // In the order of the script: that is the order in which a good run meets them.
                set({ mustVisit: steps.flatMap((step) => (wanted.has(step.id) ? [step.id] : [])) });
              }}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <fieldset className={formStyles['some']}>
        <legend>{t('form.mustLearn')}</legend>
        {fields.map(({ id, title }) => (
          <label key={id} className={styles['check']}>
            <input
              type="checkbox"
              checked={task.mustLearn[id] !== undefined}
              onChange={({ currentTarget }) => {
                const { [id]: _gone, ...rest } = task.mustLearn;
                set({ mustLearn: currentTarget.checked ? { ...rest, [id]: true } : rest });
              }}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <label className={styles['field']}>
        {t('form.outcome')}
        <select
          value={task.outcome ?? ''}
          onChange={({ currentTarget }) => {
            const { outcome: _gone, ...rest } = task;
            const outcome = (['satisfied', 'unsatisfied'] as const).find((each) => each === currentTarget.value);
            setTask(outcome ? { ...rest, outcome } : rest);
          }}
        >
          <option value="">{t('form.anyOutcome')}</option>
          <option value="satisfied">{t('form.satisfied')}</option>
          <option value="unsatisfied">{t('form.unsatisfied')}</option>
        </select>
      </label>
      <Troubles task={task} steps={steps} onChange={(trouble) => set({ trouble })} />
      {fault && (
        <p role="alert" className={styles['fault']}>
          {words(fault.code, fault.details)}
        </p>
      )}
      <div className={styles['acts']}>
        <Button kind="primary" type="submit">
          {t('form.save')}
        </Button>
        {initial.taskId !== '' && (
          <Button kind="danger" onClick={() => ask('training.removeTask', { taskId: initial.taskId })}>
            {t('form.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}

interface Named {
  readonly id: string;
  readonly title: string;
}
function Troubles(props: {
  readonly task: TrainingTask;
  readonly steps: readonly Named[];
  readonly onChange: (trouble: TrainingTask['trouble']) => void;
}) {
  const { t } = useTranslation('training');
  const { steps, onChange } = props;
  const { trouble } = props.task;
  const put = (index: number, change: Partial<TrainingTask['trouble'][number]>): void =>
    onChange(trouble.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <fieldset className={formStyles['troubles']}>
      <legend>{t('form.trouble')}</legend>
      {trouble.map((each, index) => (
        // Troubles have no names.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={formStyles['row']}>
          <select
            aria-label={t('form.atStep')}
            value={each.atStep}
            onChange={(event) => put(index, { atStep: event.currentTarget.value })}
          >
            {steps.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
          <select
            aria-label={t('form.fact')}
            value={each.fact}
            onChange={(event) => put(index, { fact: event.currentTarget.value })}
          >
            {FACTS.map((fact) => (
              <option key={fact} value={fact}>
                {t(`fact.${fact}`)}
              </option>
            ))}
          </select>
          <label className={styles['check']}>
            {t('form.after')}
            <input
              type="number"
              min={0}
              max={3600}
              value={each.afterMs / 1000}
              onChange={(event) => put(index, { afterMs: (event.currentTarget.valueAsNumber || 0) * 1000 })}
            />
          </label>
          <Button kind="quiet" onClick={() => onChange(trouble.filter((_, at) => at !== index))}>
            {t('form.take')}
          </Button>
        </div>
      ))}
      <Button
        kind="quiet"
        disabled={steps.length === 0}
        onClick={() => onChange([...trouble, { atStep: steps[0]?.id ?? '', afterMs: 20_000, fact: 'clientHungUp' }])}
      >
        {t('form.addTrouble')}
      </Button>
    </fieldset>
  );
}

/** Steps and questions of the script as it is published, or as it is being written. */
function useScript(scriptId: string): { readonly steps: readonly Named[]; readonly fields: readonly Named[] } {
  const [script, setScript] = useState<VersionView['script']>();
  useEffect(() => {
    api<VersionView>(`/studio/scripts/${scriptId}/versions/draft`).then(
      (view) => setScript(view.script),
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        setScript(undefined);
      },
    );
  }, [scriptId]);
  const steps = script?.steps ?? [];
  return {
    steps: steps.map((step) => ({ id: step.id, title: titleOf(step, step.id) })),
    fields: steps
      .flatMap((step) => plainList(step['questions']))
      .map((question) => ({ id: str(question['field']), title: anyText(question['label']) })),
  };
}
