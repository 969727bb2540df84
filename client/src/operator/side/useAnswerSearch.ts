import { useState, type KeyboardEvent } from 'react';
import type { CallView } from '../../../../server/contract/panel.ts';
import type { ArticleSummary } from '../../../../server/contract/rest.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { SEARCH_ID } from './focusSearch.ts';
import { useAnswers, type Found } from './useAnswers.ts';

export interface AnswerSearchState {
  readonly text: string;
  readonly type: (text: string) => void;
  /** The list stands in place of what is known. */
  readonly open: boolean;
  readonly start: () => void;
  readonly found: Found;
  /** Place of the chosen one in the list. */
  readonly chosen: number;
  /** The one that is read in full. */
  readonly shown: ArticleSummary | undefined;
  readonly show: (article: ArticleSummary | undefined) => void;
  /** Puts the spoken answer in front of the operator; its use is recorded. */
  readonly say: (article: ArticleSummary) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** Offered without a search, by key A: prepared during a hold, or the best of the topic. */
  readonly offer: { readonly article: ArticleSummary; readonly prepared: boolean } | undefined;
}

export function useAnswerSearch(call: CallView): AnswerSearchState {
  const { ui, setUi } = usePanel();
  const { send } = useCommand();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [shown, setShown] = useState<ArticleSummary>();
  const step = call.script?.step;
  const answering = step?.kind === 'answer';
  const found = useAnswers(text, call, open || answering);
  const chosen = Math.max(0, Math.min(at, found.list.length - 1));
  const leave = (): void => {
    setOpen(false);
    setText('');
    setAt(0);
    setShown(undefined);
    document.getElementById(SEARCH_ID)?.blur();
  };
  const say = (article: ArticleSummary): void => {
    setUi({ answer: { article, stepId: step?.stepId } });
    leave();
    void send('knowledge.use', { callId: call.callId, articleId: article.id });
  };
  const offer = open ? undefined : offerOf(ui.answer, step?.stepId, answering ? found.list[0] : undefined);
  useHotkeys(offer ? { A: () => say(offer.article) } : {});
  return {
    ...{ text, open, found, chosen, shown, say, offer, show: setShown },
    start: () => setOpen(true),
    type(next) {
      setText(next);
      setAt(0);
      setShown(undefined);
    },
    onKeyDown(event) {
      const current = found.list[chosen];
      const count = Math.max(1, found.list.length);
      const atEnd = event.currentTarget.selectionStart === text.length;
      if (event.key === 'ArrowDown') setAt((chosen + 1) % count);
      else if (event.key === 'ArrowUp') setAt((chosen - 1 + count) % count);
      else if (event.key === 'Enter' && current) say(current);
      else if (event.key === 'ArrowRight' && current && atEnd) setShown(current);
      else if (event.key === 'ArrowLeft' && shown) setShown(undefined);
      else if (event.key === 'Escape') leave();
      else return;
      event.preventDefault();
    },
  };
}

/** An answer prepared on another step, such as during a hold, waits for the step on which it is said. */
function offerOf(
  answer: { readonly article: ArticleSummary; readonly stepId: string | undefined } | undefined,
  stepId: string | undefined,
  best: ArticleSummary | undefined,
): AnswerSearchState['offer'] {
  if (answer) return answer.stepId === stepId ? undefined : { article: answer.article, prepared: true };
  return best && { article: best, prepared: false };
}
