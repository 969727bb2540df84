import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueThresholds, ServiceLevelFormula } from '../../../server/contract/board.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextField } from '../shared/ui/TextField.tsx';
import type { Board } from './board.ts';
import { useSaving } from './saving.ts';
import styles from './Supervisor.module.css';

const FORMULAS: readonly ServiceLevelFormula[] = [
  'answeredWithin/offered',
  'answeredWithin/answered',
  'answeredWithin/(offered-shortAbandoned)',
];
/** Seconds on the screen, milliseconds on the wire; the goal in per cent. */
const FIELDS = [
  ['waitWarnMs', 1_000],
  ['waitBreachMs', 1_000],
  ['serviceLevelMs', 1_000],
  ['shortAbandonMs', 1_000],
  ['serviceLevelGoal', 0.01],
] as const satisfies readonly (readonly [keyof QueueThresholds, number])[];

/** The definition of the service level, and two levels of waiting per queue. Days that are over are counted anew. */
export function ThresholdsPart({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const { said, save } = useSaving();
  const { settings } = board;
  const [queue, setQueue] = useState<string>('');
  const limits = settings.thresholds[queue] ?? settings.default;
  const [typed, setTyped] = useState<Partial<Record<keyof QueueThresholds, string>>>({});
  const values = FIELDS.map(([name, unit]) => [name, typed[name] ?? String(Math.round(limits[name] / unit))] as const);
  const parsed = Object.fromEntries(
    FIELDS.map(([name, unit], at) => [name, Number(values[at]?.[1]) * unit]),
  ) as unknown as QueueThresholds;
  const valid = values.every(([, text]) => /^\d{1,4}$/.test(text));
  return (
    <section className={styles['rules']} aria-label={t('rules.formula')}>
      <h3>{t('rules.formula')}</h3>
      {FORMULAS.map((formula) => (
        <label key={formula} className={styles['choice']}>
          <input
            type="radio"
            name="formula"
            checked={settings.formula === formula}
            onChange={() => void save('supervision.settings', { formula, queue: null })}
          />
          {t(`queue.formula.${formula}`)}
        </label>
      ))}
      <p className={styles['quiet']}>{t('rules.formulaAbout')}</p>
      <h3>{t('rules.thresholds')}</h3>
      <label className={styles['choice']}>
        {t('queue.name')}
        <select
          value={queue}
          onChange={(event) => {
            setQueue(event.currentTarget.value);
            setTyped({});
          }}
        >
          <option value="">{t('rules.allQueues')}</option>
          {[...board.queues.values()].map((row) => (
            <option key={row.key} value={row.key}>
              {row.title}
            </option>
          ))}
        </select>
      </label>
      <div className={styles['fields']}>
        {values.map(([name, value]) => (
          <TextField
            key={name}
            small
            inputMode="numeric"
            label={t(`rules.${name}`)}
            after={t(name === 'serviceLevelGoal' ? 'rules.percent' : 'rules.seconds')}
            value={value}
            onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <div className={styles['actRow']}>
        <Button
          kind="primary"
          disabled={!valid}
          onClick={() =>
            void save('supervision.settings', {
              formula: settings.formula,
              queue: queue === '' ? null : queue,
              thresholds: parsed,
            })
          }
        >
          {t('rules.save')}
        </Button>
        <span role="status">{said}</span>
      </div>
    </section>
  );
}
