import { useTranslation } from 'react-i18next';
import type { PathBook } from '../../../../server/contract/learning.ts';
import { useGet } from '../../shared/http/useGet.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { Link } from '../../shared/router.tsx';
import { Button } from '../../shared/ui/Button.tsx';
import { Failed } from '../../shared/ui/Failed.tsx';
import styles from './Book.module.css';
import { BookRoutes } from './BookRoutes.tsx';
import { BookSteps } from './BookSteps.tsx';
import { useDay } from './moment.ts';

/** All that is said, then all routes through it, for A4: the approved script book of the organisation. */
export default function Book({ scriptId }: { readonly scriptId: string }) {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const { value: book, fault, again } = useGet<PathBook>(`/studio/scripts/${scriptId}/paths`);
  return (
    <div className={styles['scroll']}>
      <div className={styles['acts']}>
        <Link href={`/studio/${scriptId}`}>{t('book.back')}</Link>
        <Button disabled={!book} onClick={() => print()}>
          {t('book.print')}
        </Button>
      </div>
      {fault !== undefined && <Failed onAgain={again}>{words(fault)}</Failed>}
      {!book && fault === undefined && <p>{t('wait')}</p>}
      {book && (
        <article className={styles['book']}>
          <Head book={book} />
          <h2>{t('book.steps')}</h2>
          <p className={styles['how']}>{t('book.stepsWhat')}</p>
          <BookSteps steps={book.steps} />
          <h2>{t('book.routes')}</h2>
          <p className={styles['how']}>{t('book.routesWhat')}</p>
          <BookRoutes steps={book.steps} routes={book.routes} />
        </article>
      )}
    </div>
  );
}

/** Which script and version, of which day, and who approved it; the same at the foot of every sheet. */
function Head({ book }: { readonly book: PathBook }) {
  const { t } = useTranslation('studio');
  const dayOf = useDay();
  const version = book.version === 'draft' ? t('which.draft') : t('version', { number: book.version });
  const dated = `${version}${book.publishedAt === undefined ? '' : `, ${dayOf(book.publishedAt)}`}`;
  const by = book.publishedByName;
  return (
    <header className={styles['head']}>
      <style>{`@page { @bottom-left { content: ${JSON.stringify(`${book.title}. ${dated}`)} } }`}</style>
      <div>
        <h1>{book.title}</h1>
        <p>
          {dated}
          {by !== undefined &&
            `, ${by === 'library' ? t('versions.fromLibrary') : t('versions.published', { name: by })}`}
        </p>
        {book.clauses.length > 0 && <p>{t('book.clauses', { list: book.clauses.join(', ') })}</p>}
        <p>
          {t('book.countSteps', { count: book.steps.length })}, {t('book.countRoutes', { count: book.routes.length })}
        </p>
      </div>
      <div className={styles['approval']}>
        <p>
          {book.approvedByName === undefined
            ? t('book.notApproved')
            : t('book.approved', { name: book.approvedByName })}
        </p>
        <p>{t('book.signature')}</p>
        <p>{t('book.date')}</p>
      </div>
    </header>
  );
}
