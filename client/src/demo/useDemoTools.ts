import { useCallback, useEffect, useState } from 'react';
import type { Connection } from '../shared/realtime/connection.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import type { SendDemo } from './demoContext.ts';

/** How long a refusal stays on the screen when nobody reads it. */
const SHOWN_MS = 8_000;

/** Sends what was pressed; what is refused is said in words, at one place. */
export function useDemoTools(sendCommand: Connection['send']): {
  readonly send: SendDemo;
  readonly refusal: string | undefined;
  readonly forget: () => void;
} {
  const words = useErrorWords();
  const [refusal, setRefusal] = useState<string>();
  const forget = useCallback(() => setRefusal(undefined), []);
  const send = useCallback<SendDemo>(
    (name, input) => {
      void sendCommand(name, input).then((result) =>
        setRefusal(result.ok ? undefined : words(result.error.code, result.error.details)),
      );
    },
    [sendCommand, words],
  );
  useEffect(() => {
    if (refusal === undefined) return undefined;
    const timer = setTimeout(forget, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [refusal, forget]);
  return { send, refusal, forget };
}
