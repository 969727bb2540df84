import { IconSearch } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../../server/contract/panel.ts';
import type { ArticleSummary } from '../../../../server/contract/rest.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';
import { useHotkeys } from '../hotkeys.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Article } from './Article.tsx';
import styles from './AnswerSearch.module.css';
import { SEARCH_ID } from './focusSearch.ts';
import { useAnswers } from './useAnswers.ts';

interface Props {
  readonly call: CallView;
  /** What stands here while nobody searches. */
  readonly children: ReactNode;
}

/**
 * Prepared answers (3.4.10, 3.5.3): found while typing, put in front of the operator by Enter. At the step of answering
 * the best answers of the topic are offered without a search.
 */
export function AnswerSearch({ call, children }: Props) {
  const { t } = useTranslation('operator');
  const { ui, setUi } = usePanel();
  const { send } = useCommand();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [shown, setShown] = useState<ArticleSummary>();
  const answering = call.script?.step.kind === 'answer';
  const found = useAnswers(text, call, open || answering);
  const stepId = call.script?.step.stepId;
  // An answer prepared on hold waits for the step on which it is said.
  const prepared = ui.answer && ui.answer.stepId !== stepId ? ui.answer.article : undefined;
  const first = open ? undefined : (prepared ?? (answering && !ui.answer ? found.list[0] : undefined));

  const say = (article: ArticleSummary): void => {
    setUi({ answer: { article, stepId } });
    setOpen(false);
    setShown(undefined);
    document.getElementById(SEARCH_ID)?.blur();
    void send('knowledge.use', { callId: call.callId, articleId: article.id });
  };
  const close = (): void => {
    setOpen(false);
    setShown(undefined);
    document.getElementById(SEARCH_ID)?.blur();
  };
  const move = (by: number): void => {
    const count = Math.max(1, found.list.length);
    setChosen((now) => (Math.min(now, count - 1) + by + count) % count);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const current = found.list[Math.min(chosen, found.list.length - 1)];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && current) say(current);
    else if (event.key === 'ArrowRight' && current && event.currentTarget.selectionStart === text.length) {
      setShown(current);
    } else if (event.key === 'ArrowLeft' && shown) setShown(undefined);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  useHotkeys(first ? { A: () => say(first) } : {});
  return (
    <div className={styles['column']}>
      <div className={styles['content']}>
        {!open && children}
        {open && shown && <Article summary={shown} onSay={() => say(shown)} onBack={() => setShown(undefined)} />}
        {open && !shown && (
          <Results
            list={found.list}
            chosen={chosen}
            empty={t(found.failed ? 'answers.failed' : found.busy ? 'answers.busy' : 'answers.nothing')}
            onSay={say}
            onShow={setShown}
          />
        )}
      </div>
      <div className={styles['foot']}>
        {first && (
          <button type="button" className={styles['offer']} onClick={() => say(first)} aria-keyshortcuts="A">
            <span>{t(prepared ? 'answers.prepared' : 'answers.ofTopic')}</span>
            <span>{first.title}</span>
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
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
            setShown(undefined);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

interface ResultsProps {
  readonly list: readonly ArticleSummary[];
  readonly chosen: number;
  readonly empty: string;
  readonly onSay: (article: ArticleSummary) => void;
  readonly onShow: (article: ArticleSummary) => void;
}

function Results({ list, chosen, empty, onSay, onShow }: ResultsProps) {
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
