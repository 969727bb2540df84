import { useTranslation } from 'react-i18next';
import type { ArticleSummary } from '../../../../server/contract/rest.ts';
import styles from './AnswerSearch.module.css';

interface ResultsProps {
  readonly list: readonly ArticleSummary[];
  readonly chosen: number;
  readonly empty: string;
  readonly onSay: (article: ArticleSummary) => void;
  readonly onShow: (article: ArticleSummary) => void;
}

/** What was found: the title, the words to say, and more on demand. */
export function AnswerResults({ list, chosen, empty, onSay, onShow }: ResultsProps) {
  const { t } = useTranslation('operator');
  if (list.length === 0) return <p className={styles['empty']}>{empty}</p>;
  return (
    <>
      <ul id="answer-list" role="listbox" aria-label={t('answers.list')} className={styles['results']}>
        {list.map((article, index) => (
          <li
            key={article.id}
            role="option"
            aria-selected={index === Math.min(chosen, list.length - 1)}
            className={styles['result']}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onSay(article)}
          >
            <span className={styles['resultTitle']}>{article.title}</span>
            <span className={styles['spoken']}>{article.spoken}</span>
            {article.sample && <span className={styles['sample']}>{t('answer.sampleShort')}</span>}
            <button
              type="button"
              tabIndex={-1}
              className={styles['more']}
              onClick={(event) => {
                event.stopPropagation();
                onShow(article);
              }}
            >
              {t('answers.details')}
            </button>
          </li>
        ))}
      </ul>
      <p className={styles['keys']}>{t('answers.keys')}</p>
    </>
  );
}
