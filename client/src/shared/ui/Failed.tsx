import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import styles from './Failed.module.css';

interface Props {
  /** What did not come, in words. */
  readonly children: ReactNode;
  readonly onAgain: () => void;
}

/** Stands where something should be that did not come, with the way to ask for it once more. */
export function Failed({ children, onAgain }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles['failed']} role="alert">
      <p>{children}</p>
      <Button onClick={() => onAgain()}>{t('again')}</Button>
    </div>
  );
}
