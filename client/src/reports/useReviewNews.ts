import { useEffect, useRef } from 'react';
import type { RemindersView } from '../../../server/contract/panel.ts';
import { useTopic } from '../shared/realtime/context.ts';

/** Reads again when somebody reviewed me or answered me: what is on the screen is true without a reload. */
export function useReviewNews(again: () => void): void {
  const newest = useTopic<RemindersView>('reminders')?.reviews[0]?.id;
  const known = useRef(newest);
  useEffect(() => {
    if (newest !== undefined && newest !== known.current) again();
    known.current = newest;
  }, [newest, again]);
}
