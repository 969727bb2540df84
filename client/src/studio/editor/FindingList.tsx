import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingView } from '../../../../server/contract/studio.ts';
import { Key } from '../../shared/ui/Key.tsx';
import styles from './FindingList.module.css';
import { useDesk } from '../studioContext.ts';
import { stepOf } from './document.ts';
import { titleOf } from '../texts.ts';

/** Findings of the chosen step at once; those of the whole script one press away. */
export function FindingList() {
  const { t } = useTranslation('studio');
  const { open, chosen, choose } = useDesk();
  const [all, setAll] = useState(false);
  const { findings } = open.draft;
  const here = findings.filter(({ stepId }) => stepId === chosen);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (findings.length === 0)
    return (
      <p className={styles['fine']}>
        <IconCheck size={16} aria-hidden /> {t('findings.none')}
      </p>
    );
  const shown = all ? findings : here;
  return (
    <section className={styles['findings']} aria-label={t('findings.title')}>
      <button type="button" className={styles['sum']} aria-expanded={all} onClick={() => setAll(!all)}>
        {errors > 0 && <span className={styles['error']}>{t('findings.errors', { count: errors })}</span>}
        {findings.length > errors && <span>{t('findings.warnings', { count: findings.length - errors })}</span>}
        <span className={styles['next']}>
          {t('findings.next')} <Key>F8</Key>
        </span>
      </button>
      <ul>
        {shown.map((finding) => (
          <li key={`${finding.code} ${finding.path.join('.')} ${finding.message}`} data-severity={finding.severity}>
            <One finding={finding} />
            {all && finding.stepId !== undefined && (
              <button type="button" onClick={() => choose(finding.stepId)}>
                {titleOf(stepOf(open.script, finding.stepId), finding.stepId)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `(steps.1.limit.after)`: the place for those who write YAML; here the step is named beside it. */
const PLACE = / \([\w.-]+\)$/;

const One = ({ finding }: { readonly finding: FindingView }) => (
  <p>
    <IconAlertTriangle size={16} aria-hidden /> {finding.message.replace(PLACE, '')} <small>{finding.suggestion}</small>
  </p>
);
