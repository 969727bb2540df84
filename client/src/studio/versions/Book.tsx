import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PathBook } from '../../../../server/contract/learning.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { Link } from '../../shared/router.tsx';
import { Button } from '../../shared/ui/Button.tsx';
import styles from './Book.module.css';
import { useDay } from './moment.ts';

/** All routes with their lines in order, for A4: the approved script book of the organisation. */
export default function Book({ scriptId }: { readonly scriptId: string }) {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const dayOf = useDay();
  const [book, setBook] = useState<PathBook>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    api<PathBook>(`/studio/scripts/${scriptId}/paths`, { signal: stop.signal }).then(setBook, (cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      if (!stop.signal.aborted) setFault(cause.code);
    });
    return () => stop.abort();
  }, [scriptId]);
  return (
    <div className={styles['scroll']}>
      <div className={styles['acts']}>
        <Link href={`/studio/${scriptId}`}>{t('book.back')}</Link>
        <Button disabled={!book} onClick={() => print()}>
          {t('book.print')}
        </Button>
      </div>
      {fault !== undefined && <p role="alert">{words(fault)}</p>}
      {!book && fault === undefined && <p>{t('wait')}</p>}
      {book && (
        <article className={styles['book']}>
          <h1>{book.title}</h1>
          <p>
            {book.version === 'draft' ? t('which.draft') : t('version', { number: book.version })}
            {book.publishedAt !== undefined && `, ${dayOf(book.publishedAt)}`}
            {book.publishedByName !== undefined &&
              `, ${book.publishedByName === 'library' ? t('versions.fromLibrary') : t('versions.published', { name: book.publishedByName })}`}
          </p>
          <p>
            {book.approvedByName === undefined
              ? t('book.notApproved')
              : t('book.approved', { name: book.approvedByName })}
          </p>
          {book.clauses.length > 0 && <p>{t('book.clauses', { list: book.clauses.join(', ') })}</p>}
          {book.routes.map((route) => (
            <section key={route.number}>
              <h2>{t('book.route', { number: route.number, title: route.title })}</h2>
              <ol>
                {route.steps.map((step, index) => (
                  // A route may pass a step twice.
                  // oxlint-disable-next-line react/no-array-index-key
                  <li key={index}>
                    <h3>{step.title}</h3>
                    {step.lines.map((line) => (
                      <p key={line}>«{line}»</p>
                    ))}
                    {step.trial?.map((line) => (
                      <p key={line}>
                        {t('book.trial')} «{line}»
                      </p>
                    ))}
                    {step.onward !== undefined && <p className={styles['then']}>→ {step.onward}</p>}
                  </li>
                ))}
              </ol>
              {route.ending !== undefined && <p className={styles['then']}>{route.ending}</p>}
            </section>
          ))}
        </article>
      )}
    </div>
  );
}
