import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { useConnection } from '../shared/realtime/context.ts';
import styles from './Drawers.module.css';

export interface Said {
  readonly text: string;
  readonly bad: boolean;
}
export interface Acts {
  /** What came of the last act. */
  readonly said: Said | undefined;
  readonly say: (text: string, bad?: boolean) => void;
  /** Whether it was done. */
  readonly act: (name: string, input: unknown, done?: string) => Promise<boolean>;
}

/** Sends what a person asks for; says that it is done, or why it is not. */
export function useActs(): Acts {
  const { t } = useTranslation('supervisor');
  const connection = useConnection();
  const errorWords = useErrorWords();
  const [said, setSaid] = useState<Said>();
  // A button that is disabled loses the focus: a second press while the first is on its way does nothing instead.
  const busy = useRef(false);
  return {
    said,
    say: (text, bad = true) => setSaid({ text, bad }),
    async act(name, input, done = t('acts.done')) {
      if (busy.current) return false;
      busy.current = true;
      const result = await connection.send(name, input);
      busy.current = false;
      const waits = result.ok && (result.value as { saved?: boolean } | undefined)?.saved === false;
      setSaid(
        result.ok
          ? { text: waits ? t('acts.notOnDisk') : done, bad: waits }
          : { text: errorWords(result.error.code, result.error.details), bad: true },
      );
      return result.ok;
    },
  };
}

export function SaidLine({ said }: { readonly said: Said | undefined }) {
  return (
    <span role={said?.bad ? 'alert' : 'status'} className={styles['said']} data-bad={said?.bad || undefined}>
      {said?.text}
    </span>
  );
}
