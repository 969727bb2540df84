import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../../server/contract/panel.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';
import { AnswerResults } from './AnswerResults.tsx';
import { Article } from './Article.tsx';
import styles from './AnswerSearch.module.css';
import { SEARCH_ID } from './focusSearch.ts';
import { useAnswerSearch } from './useAnswerSearch.ts';

interface Props {
  readonly call: CallView;
  /** What stands here while nobody searches. */
  readonly children: ReactNode;
}

/**
 * Prepared answers (3.4.10, 3.5.3): found while typing, put in front of the operator by Enter. At the step of answering
 * the best answer of the topic is offered without a search.
 */
export function AnswerSearch({ call, children }: Props) {
  const { t } = useTranslation('operator');
  const search = useAnswerSearch(call);
  const { open, shown, found, offer } = search;
  return (
    <div className={styles['column']}>
      <div className={styles['content']}>
        {!open && children}
        {open && shown && (
          <Article summary={shown} onSay={() => search.say(shown)} onBack={() => search.show(undefined)} />
        )}
        {open && !shown && (
          <AnswerResults
            list={found.list}
            chosen={search.chosen}
            empty={t(found.failed ? 'answers.failed' : found.busy ? 'answers.busy' : 'answers.nothing')}
            onSay={search.say}
            onShow={search.show}
          />
        )}
      </div>
      <div className={styles['foot']}>
        {offer && (
          <button
            type="button"
            className={styles['offer']}
            onClick={() => search.say(offer.article)}
            aria-keyshortcuts="A"
          >
            <span>{t(offer.prepared ? 'answers.prepared' : 'answers.ofTopic')}</span>
            <span>{offer.article.title}</span>
            <Key>A</Key>
          </button>
        )}
        <TextField
          id={SEARCH_ID}
          role="combobox"
          aria-expanded={open}
          aria-controls="answer-list"
          aria-label={t('answers.search')}
          placeholder={t('answers.search')}
          icon={<IconSearch size={16} aria-hidden />}
          after={<Key>/</Key>}
          autoComplete="off"
          spellCheck={false}
          value={search.text}
          onChange={(event) => search.type(event.currentTarget.value)}
          onFocus={search.start}
          onKeyDown={search.onKeyDown}
        />
      </div>
    </div>
  );
}
