import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Milliseconds } from '../../../../machines/vocabulary/index.ts';
import { useSite } from '../../app/session.ts';
import { createWording, type Wording } from '../../shared/time/format.ts';

export interface Spoken {
  readonly t: (key: string, values?: Record<string, unknown>) => string;
  readonly wording: Wording;
  /** Asks a client who has waited for more time, which is named (3.5.5-б). */
  readonly moreTime: (name: string | undefined, ms: Milliseconds) => string;
}

/** Words to say to the client: in the language of the talk, which need not be the screen's. */
export function useSpoken(language: Language | undefined): Spoken {
  const { i18n } = useTranslation('operator');
  const { timeZone } = useSite();
  const spoken = language ?? (i18n.language === 'en' ? 'en' : 'ru');
  useEffect(() => {
    if (!i18n.hasResourceBundle(spoken, 'operator')) void i18n.loadLanguages(spoken);
  }, [i18n, spoken]);
  return useMemo(() => {
    const fixed = i18n.getFixedT(spoken, 'operator');
    const wording = createWording(spoken, timeZone);
    return {
      t: (key, values = {}) => fixed(key, values),
      wording,
      moreTime: (name, ms) =>
        fixed(name === undefined ? 'hold.consentMoreUnnamed' : 'hold.consentMore', { name, time: wording.spoken(ms) }),
    };
  }, [i18n, spoken, timeZone]);
}
