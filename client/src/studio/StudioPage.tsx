import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { matchPath, usePath } from '../shared/router.tsx';
import { DraftPage } from './editor/DraftPage.tsx';
import { ScriptList } from './ScriptList.tsx';
import styles from './Studio.module.css';

const Book = lazy(() => import('./versions/Book.tsx'));
const Inbox = lazy(() => import('./learning/Inbox.tsx'));

/** The list of scripts, one script open, its printed book, and the inbox of missing answers. */
export default function StudioPage() {
  const { t } = useTranslation('studio');
  const path = usePath();
  const place = useMemo(() => {
    if (matchPath('/studio/inbox', path)) return { page: 'inbox' } as const;
    const book = matchPath('/studio/:scriptId/book', path);
    if (book) return { page: 'book', scriptId: book['scriptId'] ?? '' } as const;
    const script = matchPath('/studio/:scriptId/*', path);
    return script ? ({ page: 'script', scriptId: script['scriptId'] ?? '' } as const) : ({ page: 'list' } as const);
  }, [path]);
  return (
    <main className={styles['page']} aria-label={t('title')}>
      <Suspense fallback={<p className={styles['wait']}>{t('wait')}</p>}>
        {place.page === 'list' && <ScriptList />}
        {place.page === 'inbox' && <Inbox />}
        {place.page === 'book' && <Book scriptId={place.scriptId} />}
        {place.page === 'script' && <DraftPage key={place.scriptId} scriptId={place.scriptId} />}
      </Suspense>
    </main>
  );
}
