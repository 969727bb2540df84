import { useTranslation } from 'react-i18next';
import { Failed } from '../shared/ui/Failed.tsx';
import type { Loaded } from './useApi.ts';
import styles from './Reports.module.css';

/** While nothing is there yet, and when it did not come. */
export function Waiting({ of }: { readonly of: Loaded<unknown> }) {
  const { t } = useTranslation('reports');
  if (of.failed) return <Failed onAgain={of.again}>{t('load.failed')}</Failed>;
  return of.value === undefined ? (
    <p className={styles['quiet']} role="status">
      {t('load.busy')}
    </p>
  ) : null;
}
