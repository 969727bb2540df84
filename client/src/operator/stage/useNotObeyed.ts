import { useEffect, useState } from 'react';

/** A telephone that obeys does so at once; after this the person is asked to press its own key. */
const OBEYS_WITHIN_MS = 2_500;

/**
 * `[notObeyed, expect]`: after `expect()` the first becomes true if the stage is still the same, which means that the
 * telephone took no notice. Nobody says so: the exchange only passes the request on.
 */
export function useNotObeyed(): readonly [boolean, () => void] {
  const [since, setSince] = useState<number>();
  const [notObeyed, setNotObeyed] = useState(false);
  useEffect(() => {
    if (since === undefined) return undefined;
    const timer = setTimeout(() => setNotObeyed(true), OBEYS_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [since]);
  return [notObeyed, () => setSince((old) => (old ?? 0) + 1)];
}
