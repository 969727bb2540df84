import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleSummary, ArticleView } from '../../../../server/contract/rest.ts';
import { useWording } from '../../app/session.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { api } from '../../shared/http/api.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import styles from './Article.module.css';

/** Details are Markdown; what draws it is read with the first article that is opened. */
const Markdown = lazy(() => import('react-markdown'));

interface Props {
  readonly summary: ArticleSummary;
  readonly onSay: () => void;
  readonly onBack: () => void;
}

export function Article({ summary, onSay, onBack }: Props) {
  const { t } = useTranslation('operator');
  const wording = useWording();
  const [article, setArticle] = useState<ArticleView>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    api<ArticleView>(`/knowledge/${encodeURIComponent(summary.id)}`, { signal: stop.signal }).then(setArticle, () => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, [summary.id]);
  return (
    <article className={styles['article']}>
      <h2 className={styles['title']}>{summary.title}</h2>
      {summary.validUntil !== undefined && (
        <p className={styles['quiet']}>
          {t('answer.validUntil', { day: wording.day(summary.validUntil, serverClock.now()) })}
        </p>
      )}
      <p className={styles['spoken']}>{summary.spoken}</p>
      <div className={styles['acts']}>
        <Button kind="primary" onClick={onSay} hotkey="Enter">
          {t('answer.say')}
        </Button>
        <Button kind="quiet" onClick={onBack} hotkey="←">
          {t('answer.back')}
        </Button>
      </div>
      {failed && <p className={styles['quiet']}>{t('answers.failed')}</p>}
      {article && (
        <div className={styles['details']}>
          <Suspense fallback={null}>
            <Markdown>{article.details}</Markdown>
          </Suspense>
        </div>
      )}
    </article>
  );
}
