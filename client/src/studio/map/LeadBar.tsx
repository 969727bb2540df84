import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Key } from '../../shared/ui/Key.tsx';
import { stepOf } from '../editor/document.ts';
import type { Lead } from '../leads.ts';
import { useDesk } from '../studioContext.ts';
import { titleOf } from '../texts.ts';
import styles from './Graph.module.css';

/** The way that is picked on the map: what it is, from where to where, and how to be rid of it. */
export function LeadBar({ lead, onRemove }: { readonly lead: Lead; readonly onRemove: () => void }) {
  const { t } = useTranslation('studio');
  const { open } = useDesk();
  const title = (id: string): string => titleOf(stepOf(open.script, id), id);
  const label = lead.kind === 'reaction' ? t(`fact.${lead.via}`) : lead.label;
  return (
    <div role="status" className={styles['lead']}>
      <span>
        {t(`graph.lead.${lead.kind}`, { label })}: {title(lead.from)} → {title(lead.to)}
      </span>
      <span className={styles['quiet']}>{t('graph.lead.turn')}</span>
      <button type="button" onClick={onRemove}>
        <IconTrash size={16} aria-hidden /> {t('graph.lead.remove')} <Key>Del</Key>
      </button>
    </div>
  );
}
