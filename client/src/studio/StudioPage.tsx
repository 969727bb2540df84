import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { matchPath, usePath } from '../shared/router.tsx';
import { DraftPage } from './editor/DraftPage.tsx';
import { ScriptList } from './ScriptList.tsx';
import styles from './Studio.module.css';

const Book = lazy(() => import('./versions/Book.tsx'));
const Inbox = lazy(() => import('./learning/Inbox.tsx'));
const Documents = lazy(() => import('./documents/DocumentsPage.tsx'));

/** The list of scripts, one script open, its printed book, the inbox of missing answers and the other documents. */
export default function StudioPage() {
  const { t } = useTranslation('studio');
  const path = usePath();
  const place = useMemo(() => {
    if (matchPath('/studio/inbox', path)) return { page: 'inbox' } as const;
    const documents = matchPath('/studio/documents/*', path);
    if (documents) {
      const [kind, id] = path.split('/').slice(3).map(decodeURIComponent);
      return { page: 'documents', kind, id } as const;
    }
    const book = matchPath('/studio/:scriptId/book', path);
    if (book) return { page: 'book', scriptId: book['scriptId'] ?? '' } as const;
    const script = matchPath('/studio/:scriptId/*', path);
    if (!script) return { page: 'list' } as const;
    const [stepId] = path.split('/').slice(3).map(decodeURIComponent);
    return { page: 'script', scriptId: script['scriptId'] ?? '', stepId: stepId === '' ? undefined : stepId } as const;
  }, [path]);
  return (
    <main className={styles['page']} aria-label={t('title')}>
      <Suspense fallback={<p className={styles['wait']}>{t('wait')}</p>}>
        {place.page === 'list' && <ScriptList />}
        {place.page === 'inbox' && <Inbox />}
        {place.page === 'documents' && <Documents kind={place.kind} id={place.id} />}
        {place.page === 'book' && <Book scriptId={place.scriptId} />}
        {place.page === 'script' && <DraftPage key={place.scriptId} scriptId={place.scriptId} stepId={place.stepId} />}
      </Suspense>
    </main>
  );
}
