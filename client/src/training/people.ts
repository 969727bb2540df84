import { useTranslation } from 'react-i18next';
import { useSession, useWording } from '../app/session.ts';
import { serverClock } from '../shared/time/serverClock.ts';

/** Whoever writes tasks. */
export function useIsTrainer(): boolean {
  const { roles } = useSession().session.user;
  return roles.includes('trainer') || roles.includes('admin');
}

/** Instants as people say them, and lengths. */
export function useTimes(): { readonly moment: (at: number) => string; readonly length: (ms: number) => string } {
  const wording = useWording();
  const { t } = useTranslation('training');
  return {
    moment: (at) => wording.short(at, serverClock.now()),
    length(ms) {
      const seconds = Math.round(ms / 1000);
      return t('seconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
    },
  };
}
