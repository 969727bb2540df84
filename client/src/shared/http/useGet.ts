import { useCallback, useEffect, useState } from 'react';
import { api, ApiProblem } from './api.ts';

export interface Got<T> {
  readonly value: T | undefined;
  readonly fault: string | undefined;
  readonly again: () => void;
}

/** Reads an address of the interface when the page comes and when asked again. */
export function useGet<T>(path: string): Got<T> {
  const [value, setValue] = useState<T>();
  const [fault, setFault] = useState<string>();
  const again = useCallback(() => {
    api<T>(path).then(
      (read) => {
        setFault(undefined);
        setValue(read);
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        setFault(cause.code);
      },
    );
  }, [path]);
  useEffect(again, [again]);
  return { value, fault, again };
}
