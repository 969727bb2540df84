import { useCallback, useEffect, useState } from 'react';
import { api } from '../shared/http/api.ts';
import { useInLanguage } from '../shared/i18n/inLanguage.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}
export interface Pages<T> {
  readonly items: readonly T[] | undefined;
  readonly busy: boolean;
  readonly failed: boolean;
  /** Absent when all is here. */
  readonly more?: () => void;
  readonly again: () => void;
}
interface State<T> {
  /** The address that was read last, with its cursor. */
  readonly address: string;
  readonly items?: readonly T[];
  readonly next?: string | undefined;
  readonly failed: boolean;
}
/** A list read page by page. `of` has no cursor; another list begins anew. */
export function usePages<T>(of: string): Pages<T> {
  const list = useInLanguage(of);
  const [asked, setAsked] = useState({ list, cursor: '', turn: 0 });
  const [state, setState] = useState<State<T>>({ address: '', failed: false });
  const cursor = asked.list === list ? asked.cursor : '';
  const address = `${list}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
  const key = `${asked.turn} ${address}`;
  useEffect(() => {
    const stop = new AbortController();
    api<Page<T>>(key.slice(key.indexOf(' ') + 1), { signal: stop.signal }).then(
      (page) =>
        setState((before) => ({
          address: key,
          items: cursor === '' ? page.items : [...(before.items ?? []), ...page.items],
          next: page.next,
          failed: false,
        })),
      () => {
        if (!stop.signal.aborted) setState((before) => ({ ...before, address: key, failed: true }));
      },
    );
    return () => stop.abort();
  }, [key, cursor]);
  const again = useCallback(() => setAsked((before) => ({ ...before, turn: before.turn + 1 })), []);
  const here = state.address === key;
  const { next } = state;
  return {
    items: state.items,
    busy: !here,
    failed: here && state.failed,
    ...(next === undefined || !here ? {} : { more: () => setAsked({ list, cursor: next, turn: asked.turn }) }),
    again,
  };
}
