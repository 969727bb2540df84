import { useTranslation } from 'react-i18next';
import { useDemo } from './demoContext.ts';
import { Telephone } from './Telephone.tsx';
import styles from './Telephones.module.css';

/** The desk: telephones of the centre, and below them colleagues whose telephone is in use. */
export function Telephones() {
  const { t } = useTranslation('demo');
  const { view } = useDemo();
  const staff = view.telephones.filter(({ kind }) => kind === 'staff');
  const busy = view.telephones.filter(({ kind, calls }) => kind === 'colleague' && calls.length > 0);
  return (
    <>
      <h2 id="demo-telephones">{t('telephones.title')}</h2>
      <ul className={styles['desk']}>
        {[...staff, ...busy].map((telephone) => (
          <Telephone key={telephone.device} telephone={telephone} />
        ))}
      </ul>
    </>
  );
}
