import { useCallback, useState } from 'react';
import { createDrafts } from './logic/drafts.ts';

export const drafts = createDrafts(sessionStorage);

/** A text that survives a reload of the page until it is sent: `[text, setText, forget]`. */
export function useDraft(
  callId: string,
  name: string,
  initial = '',
): readonly [string, (text: string) => void, () => void] {
  const [text, setText] = useState(() => drafts.read(callId, name) ?? initial);
  const write = useCallback(
    (next: string) => {
      drafts.write(callId, name, next);
      setText(next);
    },
    [callId, name],
  );
  const forget = useCallback(() => drafts.write(callId, name, undefined), [callId, name]);
  return [text, write, forget];
}
