import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../app/session.ts';
import { useErrorWords, type ErrorDetails } from '../../shared/i18n/errors.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import type { Refused } from '../panelContext.ts';
import styles from './Refusal.module.css';

interface Props {
  readonly refused: Refused | undefined;
  readonly onClose?: () => void;
}

/** Why something was not done and what can be done instead, in the place where it was asked for. */
export function Refusal({ refused, onClose }: Props) {
  const { t } = useTranslation('operator');
  const errorWords = useErrorWords();
  const wording = useWording();
  if (!refused) return null;
  return (
    <div className={styles['refusal']} role="alert">
      <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
      <p>
        {errorWords(
          refused.code,
          sayInstants(refused.details, (at) => wording.short(at, serverClock.now())),
        )}
      </p>
      {onClose && (
        <button type="button" className={styles['close']} onClick={onClose} aria-label={t('notice.close')}>
          <IconX size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}

/** Until when, from when: a refusal's instants as people say them. */
const sayInstants = (details: ErrorDetails = {}, say: (at: number) => string): ErrorDetails =>
  Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      key.endsWith('At') && typeof value === 'number' ? say(value) : value,
    ]),
  );
