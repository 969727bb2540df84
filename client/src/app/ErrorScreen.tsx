import { useTranslation } from 'react-i18next';
import { Button } from '../shared/ui/Button.tsx';
import styles from './SignIn.module.css';

/** The server did not answer the very first questions. */
export function ErrorScreen() {
  const { t } = useTranslation();
  return (
    <main className={styles['page']}>
      <div className={styles['card']} role="alert">
        <h1 className={styles['title']}>{t('start.failed')}</h1>
        <p className={styles['quiet']}>{t('start.whatToDo')}</p>
        <Button kind="primary" onClick={() => location.reload()}>
          {t('start.again')}
        </Button>
      </div>
    </main>
  );
}
