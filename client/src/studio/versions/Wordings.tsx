import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WordingsView } from '../../../../server/contract/learning.ts';
import { api, ApiProblem, query } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import { useFields } from '../editor/subjects.ts';
import { Spoken } from '../editor/Spoken.tsx';
import { stepOf } from '../editor/document.ts';
import { useDesk } from '../studioContext.ts';
import { DifferenceOf } from '../trial/Chance.tsx';
import { anyText, plainList, str, titleOf } from '../texts.ts';
import styles from './Compare.module.css';

const DAY_MS = 86_400_000;
const PERIODS = [7, 30, 90, 365] as const;

interface Props {
  readonly a: number;
  readonly b: number;
  /** The step whose words differ. */
  readonly first: string | undefined;
}
/** Two wordings of one step on live calls: which did better, and how likely that is chance. */
export function Wordings({ a, b, first }: Props) {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const { open } = useDesk();
  const fields = useFields();
  const { steps } = open.script;
  const [stepId, setStepId] = useState(first ?? steps[0]?.id ?? '');
  const [choiceId, setChoiceId] = useState('');
  const [days, setDays] = useState<number>(30);
  const [shown, setShown] = useState<WordingsView>();
  const [fault, setFault] = useState<string>();
  const { scriptId } = open.draft;
  useEffect(() => {
    if (stepId === '') return undefined;
    const stop = new AbortController();
    const to = serverClock.now();
    const asked = { stepId, choiceId: choiceId || undefined, a, b, from: to - days * DAY_MS, to };
    api<WordingsView>(`/studio/scripts/${scriptId}/wordings${query(asked)}`, { signal: stop.signal }).then(
      (view) => {
        setFault(undefined);
        setShown(view);
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        if (!stop.signal.aborted) setFault(cause.code);
      },
    );
    return () => stop.abort();
  }, [scriptId, stepId, choiceId, days, a, b]);
  const choices = plainList(stepOf(open.script, stepId)?.['choices']);
  return (
    <section className={styles['wordings']}>
      <h2>{t('wordings.title')}</h2>
      <div className={styles['ask']}>
        <label>
          {t('wordings.step')}
          <select
            value={stepId}
            onChange={(event) => {
              setStepId(event.currentTarget.value);
              setChoiceId('');
            }}
          >
            {steps.map((step) => (
              <option key={step.id} value={step.id}>
                {titleOf(step, step.id)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('wordings.by')}
          <select value={choiceId} onChange={(event) => setChoiceId(event.currentTarget.value)}>
            <option value="">{t('wordings.satisfied')}</option>
            {choices.map((choice) => (
              <option key={str(choice['id'])} value={str(choice['id'])}>
                {t('wordings.choice', { label: anyText(choice['label']) })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('wordings.period')}
          <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
            {PERIODS.map((each) => (
              <option key={each} value={each}>
                {t('learning.days', { count: each })}
              </option>
            ))}
          </select>
        </label>
      </div>
      {fault !== undefined && <p role="alert">{words(fault)}</p>}
      {shown && (
        <>
          <div className={styles['two']}>
            {[shown.a, shown.b].map((side) => (
              <div key={side.version}>
                <h3>{t('version', { number: side.version })}</h3>
                <p>
                  «<Spoken text={side.line} fields={fields} />»
                </p>
                <p className={styles['quiet']}>{t('wordings.took', { took: side.took, count: side.calls })}</p>
              </div>
            ))}
          </div>
          <p>
            <DifferenceOf share={shown} notByLot />
          </p>
        </>
      )}
    </section>
  );
}
