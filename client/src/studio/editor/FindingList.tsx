import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingView } from '../../../../server/contract/studio.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { Coded } from '../Coded.tsx';
import styles from './FindingList.module.css';
import { useDesk } from '../studioContext.ts';
import { stepOf } from './document.ts';
import { titleOf } from '../texts.ts';

/** Findings of the chosen step at once; those of the whole script one press away. */
/** `inSource`: beside the YAML they name its lines and words. */
export function FindingList({ inSource }: { readonly inSource: boolean }) {
  const { t } = useTranslation('studio');
  const { open, chosen, choose } = useDesk();
  const [all, setAll] = useState(false);
  const { findings } = open.draft;
  const here = findings.filter(({ stepId }) => stepId === chosen);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (findings.length === 0)
    return (
      <section className={styles['fine']} aria-label={t('findings.title')}>
        <IconCheck size={16} aria-hidden /> {t('findings.none')}
      </section>
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
          <li key={`${finding.code} ${finding.path.join('.')} ${finding.message.ru}`} data-severity={finding.severity}>
            <One finding={finding} inSource={inSource} />
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

function One({ finding, inSource }: { readonly finding: FindingView; readonly inSource: boolean }) {
  const { t } = useTranslation('studio');
  const said = useSaid();
  const { message, suggestion, line } = finding;
  return (
    <p>
      <IconAlertTriangle size={16} aria-hidden /> {inSource && line !== undefined && `${t('transfer.line', { line })} `}
      <Coded text={said(message)} />{' '}
      <small>
        <Coded text={(inSource ? suggestion.yaml : undefined) ?? said(suggestion)} />
      </small>
    </p>
  );
}
