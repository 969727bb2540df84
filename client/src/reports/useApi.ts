import { useCallback, useEffect, useState } from 'react';
import { api } from '../shared/http/api.ts';
import { useInLanguage } from '../shared/i18n/inLanguage.ts';

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly again: () => void;
}
/** Reads an address in the screen's language; what was read last stays until the next answer is here. */
export function useApi<T>(address: string): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const key = `${turn} ${useInLanguage(address)}`;
  const [state, setState] = useState<{ key: string; value?: T; failed: boolean }>({ key: '', failed: false });
  useEffect(() => {
    const stop = new AbortController();
    api<T>(key.slice(key.indexOf(' ') + 1), { signal: stop.signal }).then(
      (value) => setState({ key, value, failed: false }),
      () => {
        if (!stop.signal.aborted) setState((before) => ({ ...before, key, failed: true }));
      },
    );
    return () => stop.abort();
  }, [key]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const here = state.key === key;
  return { value: state.value, busy: !here, failed: here && state.failed, again };
}
