import { useTranslation } from 'react-i18next';
import { Button } from '../shared/ui/Button.tsx';
import type { Loaded } from './useApi.ts';
import styles from './Reports.module.css';

/** While nothing is there yet, and when it did not come. */
export function Waiting({ of }: { readonly of: Loaded<unknown> }) {
  const { t } = useTranslation('reports');
  if (of.failed)
    return (
      <div className={styles['failed']} role="alert">
        <p>{t('load.failed')}</p>
        <Button onClick={() => of.again()}>{t('load.again')}</Button>
      </div>
    );
  return of.value === undefined ? (
    <p className={styles['quiet']} role="status">
      {t('load.busy')}
    </p>
  ) : null;
}
