import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffSuggestion } from '../../../../server/contract/rest.ts';
import { api, query } from '../../shared/http/api.ts';

/** Whom the client may be given to. */
export interface Candidate extends StaffSuggestion {
  /** A number that was typed: nothing is known of who is there. */
  readonly typed?: true;
}
export interface Staff {
  readonly people: readonly Candidate[];
  readonly failed: boolean;
  /** `people` are not yet those of the text. */
  readonly loading: boolean;
}
interface Found {
  readonly people: readonly StaffSuggestion[];
  readonly failed: boolean;
  /** What was asked for. */
  readonly text?: string;
}

/** People for this call, those who fit best first; a number that was typed can always be called. */
export function useStaff(callId: string, text: string): Staff {
  const { t } = useTranslation('operator');
  const [found, setFound] = useState<Found>({ people: [], failed: false });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        api<readonly StaffSuggestion[]>(`/staff/suggest${query({ callId, q: text.trim() })}`, {
          signal: stop.signal,
        }).then(
          (people) => setFound({ people, failed: false, text }),
          () => {
            if (!stop.signal.aborted) setFound({ people: [], failed: true, text });
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
  const staff = { people: found.people, failed: found.failed, loading: found.text !== text };
  const number = text.replace(/[^\d+]/g, '');
  const typed = number.length >= 2 && /^[\d\s()+-]+$/.test(text.trim());
  if (!typed || found.people.some((person) => person.extension === number)) return staff;
  const manual: Candidate = {
    name: t('transfer.thisNumber', { number }),
    unit: t('transfer.thisNumberWhy'),
    position: '',
    extension: number,
    free: true,
    inHours: true,
    topics: [],
    matches: [],
    typed: true,
  };
  return { ...staff, people: [...staff.people, manual] };
}
