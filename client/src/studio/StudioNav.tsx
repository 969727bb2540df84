import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnansweredItem } from '../../../server/contract/learning.ts';
import { api, ApiProblem } from '../shared/http/api.ts';
import { Link } from '../shared/router.tsx';
import styles from './StudioNav.module.css';

const PLACES = ['scripts', 'documents', 'inbox'] as const;
const ADDRESS = { scripts: '/studio', documents: '/studio/documents', inbox: '/studio/inbox' } as const;

/** The studio's own places; `children`: what can be done on this one. */
export function StudioNav({
  current,
  children,
}: {
  readonly current: (typeof PLACES)[number];
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('studio');
  const open = useOpenItems();
  return (
    <header className={styles['nav']}>
      <nav aria-label={t('title')}>
        {PLACES.map((place) =>
          place === current ? (
            <h1 key={place}>{t(`place.${place}`)}</h1>
          ) : (
            <Link key={place} href={ADDRESS[place]}>
              {t(`place.${place}`)}
              {place === 'inbox' && open > 0 && <small className="figures"> {open}</small>}
            </Link>
          ),
        )}
      </nav>
      <div className={styles['acts']}>{children}</div>
    </header>
  );
}

/** How many words of clients wait for an answer in a script. */
function useOpenItems(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    api<UnansweredItem[]>('/studio/unanswered?state=open').then(
      (items) => setCount(items.length),
      (cause: unknown) => {
        // The number is only a hint; the page itself tells what is wrong.
        if (!(cause instanceof ApiProblem)) throw cause;
      },
    );
  }, []);
  return count;
}
