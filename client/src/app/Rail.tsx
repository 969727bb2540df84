import { IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from '../shared/router.tsx';
import { chooseScheme, useShownScheme } from '../shared/ui/scheme.ts';
import { changeLanguage } from '../shared/i18n/index.ts';
import type { Page } from './pages.ts';
import { useSession } from './session.ts';
import styles from './Rail.module.css';

const ICON = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;

/** The narrow column with the person's pages, and what concerns the screen itself at its foot. */
export function Rail({ pages, current }: { readonly pages: readonly Page[]; readonly current: Page }) {
  const { t } = useTranslation();
  return (
    <nav className={styles['rail']} aria-label={t('rail.label')}>
      <ul className={styles['list']}>
        {pages.map((page) => {
          const PageIcon = page.icon;
          return (
            <li key={page.id}>
              <Link
                href={`/${page.id}`}
                className={styles['item']}
                title={t(`pages.${page.id}`)}
                aria-label={t(`pages.${page.id}`)}
                aria-current={page === current ? 'page' : undefined}
              >
                <PageIcon {...ICON} />
              </Link>
            </li>
          );
        })}
      </ul>
      <Screen />
    </nav>
  );
}

/** What concerns the screen itself. */
function Screen() {
  const { t, i18n } = useTranslation();
  const { session, signOut } = useSession();
  const scheme = useShownScheme();
  const other = i18n.language === 'en' ? 'ru' : 'en';
  return (
    <ul className={styles['list']}>
      <li>
        <button
          type="button"
          className={styles['item']}
          lang={other}
          title={t('rail.language')}
          aria-label={t('rail.language')}
          onClick={() => void changeLanguage(other)}
        >
          {other === 'en' ? 'EN' : 'РУ'}
        </button>
      </li>
      <li>
        <button
          type="button"
          className={styles['item']}
          title={t(scheme === 'dark' ? 'rail.light' : 'rail.dark')}
          aria-label={t(scheme === 'dark' ? 'rail.light' : 'rail.dark')}
          onClick={() => chooseScheme(scheme === 'dark' ? 'light' : 'dark')}
        >
          {scheme === 'dark' ? <IconSun {...ICON} /> : <IconMoon {...ICON} />}
        </button>
      </li>
      <li>
        <button
          type="button"
          className={styles['item']}
          title={t('rail.signOutOf', { name: session.user.name })}
          aria-label={t('rail.signOut')}
          onClick={signOut}
        >
          <IconLogout {...ICON} />
        </button>
      </li>
    </ul>
  );
}
