import { useEffect, useState } from 'react';
import type { CallView } from '../../../../server/contract/panel.ts';
import type { ArticleSummary } from '../../../../server/contract/rest.ts';
import { api, query } from '../../shared/http/api.ts';

export interface Found {
  readonly list: readonly ArticleSummary[];
  readonly busy: boolean;
  readonly failed: boolean;
}
interface Answered {
  readonly list: readonly ArticleSummary[];
  readonly failed: boolean;
  /** What was asked. */
  readonly to: string;
}

/** Answers to what is typed, the topic of the call first; without text, those of the topic. Old ones stay until new come. */
export function useAnswers(text: string, call: CallView, wanted: boolean): Found {
  const [answered, setAnswered] = useState<Answered>({ list: [], failed: false, to: '' });
  // The server knows the topic of the call and what the client asks; when more is learned, other answers are nearer.
  const learned = call.learned.map(({ value }) => value);
  const question = JSON.stringify([text.trim(), call.callId, call.inquiry.topic, ...learned]);
  useEffect(() => {
    if (!wanted) return undefined;
    const [q, callId] = JSON.parse(question) as [string, string];
    const stop = new AbortController();
    // The server answers in milliseconds; this only joins the strokes of one fast word.
    const timer = setTimeout(
      () => {
        api<readonly ArticleSummary[]>(`/knowledge/search${query({ q, callId })}`, { signal: stop.signal }).then(
          (list) => setAnswered({ list, failed: false, to: question }),
          () => {
            if (!stop.signal.aborted) setAnswered((old) => ({ list: old.list, failed: true, to: question }));
          },
        );
      },
      q === '' ? 0 : 40,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question, wanted]);
  return { list: answered.list, failed: answered.failed, busy: answered.to !== question };
}
