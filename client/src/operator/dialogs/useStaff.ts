import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffSuggestion } from '../../../../server/contract/rest.ts';
import { api, query } from '../../shared/http/api.ts';

export interface Staff {
  readonly people: readonly StaffSuggestion[];
  readonly failed: boolean;
  readonly loading: boolean;
}

/** People for this call, those who fit best first; a number that was typed can always be called. */
export function useStaff(callId: string, text: string): Staff {
  const { t } = useTranslation('operator');
  const [found, setFound] = useState<Staff>({ people: [], failed: false, loading: true });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        api<readonly StaffSuggestion[]>(`/staff/suggest${query({ callId, q: text.trim() })}`, {
          signal: stop.signal,
        }).then(
          (people) => setFound({ people, failed: false, loading: false }),
          () => {
            if (!stop.signal.aborted) setFound({ people: [], failed: true, loading: false });
          },
        );
      },
      text === '' ? 0 : 60,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [callId, text]);
  const number = text.replace(/[^\d+]/g, '');
  const typed = number.length >= 2 && /^[\d\s()+-]+$/.test(text.trim());
  if (!typed || found.people.some((person) => person.extension === number)) return found;
  const manual: StaffSuggestion = {
    name: t('transfer.thisNumber', { number }),
    unit: t('transfer.thisNumberWhy'),
    position: '',
    extension: number,
    free: true,
    inHours: true,
    topics: [],
    matches: [],
  };
  return { ...found, people: [...found.people, manual] };
}
