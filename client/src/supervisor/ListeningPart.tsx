import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListeningMode, ListeningRight, ListeningRule, ListeningRules } from '../../../server/contract/board.ts';
import { Button } from '../shared/ui/Button.tsx';
import type { Board } from './board.ts';
import { SaidLine, useActs } from './acts.tsx';
import styles from './Drawers.module.css';

const MODES: readonly ListeningMode[] = ['listen', 'whisper', 'join', 'takeOver'];
const RIGHTS: readonly (keyof ListeningRight)[] = ['allowed', 'reason', 'told'];
const ROLES = ['supervisor', 'admin', 'trainer'] as const;

/** Who may listen to whom, whether it needs a reason, and whether the operator is told. */
export function ListeningPart({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const { said, act } = useActs();
  const [draft, setDraft] = useState<ListeningRules>();
  // The answer outruns the board: until the board brings what was saved, the old rules must not flash up.
  const [sent, setSent] = useState<{ readonly rules: ListeningRules; readonly over: ListeningRules }>();
  const rules = draft ?? (sent?.over === board.listening ? sent.rules : board.listening);
  const submit = async (): Promise<void> => {
    if (!(await act('supervision.listeningRules', { rules }, t('rules.saved')))) return;
    setSent({ rules, over: board.listening });
    setDraft(undefined);
  };
  const units = [...new Set([...board.operators.values()].map((row) => row.unit))].filter(Boolean).sort();
  const change = (at: number, next: ListeningRule): void =>
    setDraft(rules.map((rule, index) => (index === at ? next : rule)));
  const everyone = rules.find(({ role, unit }) => role === null && unit === null);
  return (
    <section className={styles['rules']} aria-label={t('rules.listening')}>
      <h3>{t('rules.listening')}</h3>
      <p className={styles['quiet']}>{t('rules.listeningAbout')}</p>
      {rules.map((rule, at) => (
        <Rule
          key={at}
          rule={rule}
          units={units}
          isLast={rule === everyone}
          onChange={(next) => change(at, next)}
          onRemove={() => setDraft(rules.filter((each) => each !== rule))}
        />
      ))}
      <div className={styles['actRow']}>
        {everyone && (
          <Button onClick={() => setDraft([{ ...everyone, role: 'supervisor', unit: units[0] ?? null }, ...rules])}>
            {t('rules.add')}
          </Button>
        )}
        <Button kind="primary" disabled={draft === undefined} onClick={() => void submit()}>
          {t('rules.save')}
        </Button>
        <SaidLine said={said} />
      </div>
    </section>
  );
}

interface RuleProps {
  readonly rule: ListeningRule;
  readonly units: readonly string[];
  /** The rule for everyone keeps its place. */
  readonly isLast: boolean;
  readonly onChange: (next: ListeningRule) => void;
  readonly onRemove: () => void;
}
function Rule({ rule, units, isLast, onChange, onRemove }: RuleProps) {
  const { t } = useTranslation('supervisor');
  const turn = (mode: ListeningMode, right: keyof ListeningRight): void =>
    onChange({
      ...rule,
      rights: { ...rule.rights, [mode]: { ...rule.rights[mode], [right]: !rule.rights[mode][right] } },
    });
  const known = rule.unit === null || units.includes(rule.unit) ? units : [...units, rule.unit];
  return (
    <div className={styles['rule']}>
      <div className={styles['ruleHead']}>
        {isLast ? (
          <strong>{t('rules.others')}</strong>
        ) : (
          <>
            <select
              aria-label={t('rules.role')}
              value={rule.role ?? ''}
              onChange={(event) => {
                const role = ROLES.find((each) => each === event.currentTarget.value) ?? null;
                onChange({ ...rule, role });
              }}
            >
              <option value="">{t('rules.anyRole')}</option>
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {t(`rules.roles.${role}`)}
                </option>
              ))}
            </select>
            <select
              aria-label={t('filter.unit')}
              value={rule.unit ?? ''}
              onChange={(event) => onChange({ ...rule, unit: event.currentTarget.value || null })}
            >
              <option value="">{t('rules.anyUnit')}</option>
              {known.map((unit) => (
                <option key={unit}>{unit}</option>
              ))}
            </select>
            <Button kind="quiet" onClick={onRemove}>
              {t('rules.remove')}
            </Button>
          </>
        )}
      </div>
      <table>
        <thead>
          <tr>
            <td />
            {RIGHTS.map((right) => (
              <th key={right} scope="col">
                {t(`rules.right.${right}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MODES.map((mode) => (
            <tr key={mode}>
              <th scope="row">{t(`operator.${mode}`)}</th>
              {RIGHTS.map((right) => (
                <td key={right}>
                  <input
                    type="checkbox"
                    aria-label={`${t(`operator.${mode}`)}: ${t(`rules.right.${right}`)}`}
                    checked={rule.rights[mode][right]}
                    // Whoever loses a call sees it, and why is always asked.
                    disabled={mode === 'takeOver' && right !== 'allowed'}
                    onChange={() => turn(mode, right)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
