import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueThresholds, ServiceLevelFormula } from '../../../server/contract/board.ts';
import { Button } from '../shared/ui/Button.tsx';
import { TextField } from '../shared/ui/TextField.tsx';
import type { Board } from './board.ts';
import { SaidLine, useActs } from './acts.tsx';
import styles from './Drawers.module.css';

const FORMULAS: readonly ServiceLevelFormula[] = [
  'answeredWithin/offered',
  'answeredWithin/answered',
  'answeredWithin/(offered-shortAbandoned)',
];
/** Seconds and minutes on the screen, milliseconds on the wire; the goal in per cent. */
const SECOND = 1_000;
const MINUTE = 60_000;
const PER_CENT = 0.01;
const FIELDS = [
  ['waitWarnMs', SECOND],
  ['waitBreachMs', SECOND],
  ['talkWarnMs', MINUTE],
  ['talkBreachMs', MINUTE],
  ['pauseWarnMs', MINUTE],
  ['pauseBreachMs', MINUTE],
  ['serviceLevelMs', SECOND],
  ['shortAbandonMs', SECOND],
  ['serviceLevelGoal', PER_CENT],
] as const satisfies readonly (readonly [keyof QueueThresholds, number])[];
type Field = (typeof FIELDS)[number][0];
const UNITS = new Map<number, string>([
  [SECOND, 'rules.seconds'],
  [MINUTE, 'rules.minutes'],
  [PER_CENT, 'rules.percent'],
]);
const UNIT_OF = new Map<Field, number>(FIELDS);
/** Amber and red beside each other; a break belongs to no queue. */
const ROWS: readonly { readonly name: string; readonly fields: readonly Field[]; readonly ofQueue: boolean }[] = [
  { name: 'wait', fields: ['waitWarnMs', 'waitBreachMs'], ofQueue: true },
  { name: 'talk', fields: ['talkWarnMs', 'talkBreachMs'], ofQueue: true },
  { name: 'pause', fields: ['pauseWarnMs', 'pauseBreachMs'], ofQueue: false },
];

const toNumber = (text = ''): number => Number(text.replace(',', '.'));

/** The definition of the service level, and two levels of waiting per queue. Days that are over are counted anew. */
export function ThresholdsPart({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const { said, act } = useActs();
  const { settings } = board;
  const [queue, setQueue] = useState<string>('');
  const limits = settings.thresholds[queue] ?? settings.default;
  const [typed, setTyped] = useState<Partial<Record<keyof QueueThresholds, string>>>({});
  const values = FIELDS.map(
    ([name, unit]) => [name, typed[name] ?? String(Math.round((limits[name] / unit) * 10) / 10)] as const,
  );
  const parsed = Object.fromEntries(
    FIELDS.map(([name, unit], at) => [name, toNumber(values[at]?.[1]) * unit]),
  ) as unknown as QueueThresholds;
  const valid = values.every(([, text]) => /^\d{1,4}([.,]\d)?$/.test(text));
  const ordered = ROWS.every(({ fields: [warn, breach] }) => !warn || !breach || parsed[warn] <= parsed[breach]);
  const field = (name: Field, label: string) => (
    <TextField
      key={name}
      small
      inputMode="decimal"
      label={label}
      after={t(UNITS.get(UNIT_OF.get(name) ?? SECOND) ?? '')}
      value={values.find(([each]) => each === name)?.[1] ?? ''}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
    />
  );
  return (
    <section className={styles['rules']} aria-label={t('rules.formula')}>
      <h3>{t('rules.formula')}</h3>
      {FORMULAS.map((formula) => (
        <label key={formula} className={styles['choice']}>
          <input
            type="radio"
            name="formula"
            checked={settings.formula === formula}
            onChange={() => void act('supervision.settings', { formula, queue: null }, t('rules.saved'))}
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
      {ROWS.filter(({ ofQueue }) => ofQueue || queue === '').map(({ name, fields }) => (
        <div key={name} className={styles['limits']} role="group" aria-label={t(`rules.${name}`)}>
          <span>{t(`rules.${name}`)}</span>
          {fields.map((each, at) => field(each, t(at === 0 ? 'rules.warn' : 'rules.breach')))}
        </div>
      ))}
      <div className={styles['fields']}>
        {(['serviceLevelMs', 'shortAbandonMs', 'serviceLevelGoal'] as const).map((name) =>
          field(name, t(`rules.${name}`)),
        )}
      </div>
      <div className={styles['actRow']}>
        <Button
          kind="primary"
          disabled={!valid || !ordered}
          onClick={() =>
            void act(
              'supervision.settings',
              { formula: settings.formula, queue: queue === '' ? null : queue, thresholds: parsed },
              t('rules.saved'),
            ).then((saved) => saved && setTyped({}))
          }
        >
          {t('rules.save')}
        </Button>
        <SaidLine said={ordered ? said : { text: t('rules.disorder'), bad: true }} />
      </div>
    </section>
  );
}
