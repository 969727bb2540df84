import { useEffect, useState } from 'react';
import type { CallView } from '../../../../server/contract/panel.ts';
import type { ArticleSummary } from '../../../../server/contract/rest.ts';
import { api, ApiProblem, query } from '../../shared/http/api.ts';

export interface Found {
  readonly list: readonly ArticleSummary[];
  readonly busy: boolean;
  readonly failed: boolean;
}
const NOTHING: Found = { list: [], busy: false, failed: false };

/** Answers to what is typed, the topic of the call first; without text, those of the topic. Old ones stay until new come. */
export function useAnswers(text: string, call: CallView, wanted: boolean): Found {
  const [found, setFound] = useState<Found>(NOTHING);
  const { callId } = call;
  const { topic } = call.inquiry;
  useEffect(() => {
    if (!wanted) return undefined;
    const stop = new AbortController();
    setFound((old) => ({ ...old, busy: true }));
    // The server answers in milliseconds; this only joins the strokes of one fast word.
    const timer = setTimeout(
      () => {
        api<readonly ArticleSummary[] | { readonly articles: readonly ArticleSummary[] }>(
          `/knowledge/search${query({ q: text.trim(), topic, callId })}`,
          { signal: stop.signal },
        ).then(
          (answer) => setFound({ list: 'articles' in answer ? answer.articles : answer, busy: false, failed: false }),
          (fault: unknown) => {
            if (fault instanceof ApiProblem && fault.code === 'client.aborted') return;
            setFound((old) => ({ ...old, busy: false, failed: true }));
          },
        );
      },
      text === '' ? 0 : 40,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, topic, callId, wanted]);
  return found;
}
