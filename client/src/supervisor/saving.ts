import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { useConnection } from '../shared/realtime/context.ts';

/** Sends a change; says that it is saved, or why it is not. */
export function useSaving(): {
  readonly said: string | undefined;
  /** Whether it was saved. */
  readonly save: (name: string, input: unknown) => Promise<boolean>;
} {
  const { t } = useTranslation('supervisor');
  const connection = useConnection();
  const errorWords = useErrorWords();
  const [said, setSaid] = useState<string>();
  return {
    said,
    save: async (name, input) => {
      const result = await connection.send(name, input);
      setSaid(result.ok ? t('rules.saved') : errorWords(result.error.code, result.error.details));
      return result.ok;
    },
  };
}
