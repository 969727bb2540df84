import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** Turns a code of the server into words: what happened, what it means for the client, what to do. */
export function useErrorWords(): (code: string, details?: ErrorDetails) => string {
  const { t } = useTranslation('errors');
  return useCallback(
    (code, details = {}) => t([code, `${code.split('.')[0]}.*`, 'unknown'], { ...details, code, keySeparator: false }),
    [t],
  );
}
