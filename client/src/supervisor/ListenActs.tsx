import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListeningMode, ListeningRules, OperatorRow } from '../../../server/contract/board.ts';
import { rightsOf } from '../../../server/contract/listeningRights.ts';
import { useSession } from '../app/session.ts';
import { Button } from '../shared/ui/Button.tsx';
import { SaidLine, type Acts } from './acts.tsx';
import type { Written } from './OperatorActs.tsx';
import styles from './Drawers.module.css';

const PHONE = 'board.phone';
/** As long as the exchange rings it. */
const RINGS_MS = 30_000;
const MODES = ['listen', 'whisper', 'join', 'takeOver'] as const satisfies readonly ListeningMode[];

interface Props {
  readonly row: OperatorRow;
  readonly rules: ListeningRules;
  /** Said in one place with those of the other acts: this part goes when the call has been taken over. */
  readonly acts: Acts;
  readonly written: Written;
}

/** Listening, whispering, joining, taking over: by the supervisor's telephone, each with what the rules say of it. */
export function ListenActs({ row, rules, acts, written }: Props) {
  const { t } = useTranslation('supervisor');
  const { session } = useSession();
  const [device, setDevice] = useMyPhone();
  const operatorId = row.key;
  const rights = rightsOf(rules, session.user.roles, row.unit);
  const mine = row.listening?.supervisorName === session.user.name ? row.listening.mode : undefined;
  /** The telephone rings for this mode; once it is lifted, the mode itself tells. */
  const [ringing, setRinging] = useState<ListeningMode>();
  if (ringing !== undefined && ringing === mine) setRinging(undefined);
  useEffect(() => {
    if (ringing === undefined) return undefined;
    const timer = setTimeout(() => setRinging(undefined), RINGS_MS);
    return () => clearTimeout(timer);
  }, [ringing]);
  const begin = async (mode: ListeningMode): Promise<void> => {
    if (device === null) return acts.say(t('operator.choosePhone'));
    if (rights[mode].reason && written.isMissing(t('operator.needReason'))) return;
    const input = { operatorId, device, reason: written.text };
    const done =
      mode === 'takeOver'
        ? await acts.act('listening.takeOver', input, t('operator.takenOver'))
        : await acts.act('listening.start', { ...input, mode }, '');
    if (!done) return;
    setRinging(mode);
    written.clear();
  };
  return (
    <section className={styles['part']} aria-label={t('rules.listening')}>
      <h3>{t('rules.listening')}</h3>
      <Select
        aria-label={t('operator.myPhone')}
        placeholder={t('operator.myPhone')}
        data={session.devices.map((each) => ({ value: each.device, label: each.label }))}
        value={device}
        onChange={setDevice}
        searchable
      />
      <ul className={styles['modes']}>
        {MODES.map((mode) => {
          const { allowed, told, reason: needed } = rights[mode];
          const words = allowed
            ? [t(told ? 'operator.told' : 'operator.notTold'), needed && t('operator.withReason')]
            : [t('operator.notAllowed')];
          return (
            <li key={mode}>
              <Button
                small
                kind={mode === 'takeOver' && allowed ? 'danger' : 'plain'}
                disabled={!allowed}
                aria-pressed={mode === 'takeOver' ? undefined : mode === mine}
                onClick={() => void begin(mode)}
              >
                {t(`operator.${mode}`)}
              </Button>
              <span className={styles['quiet']}>{words.filter(Boolean).join(', ')}</span>
            </li>
          );
        })}
      </ul>
      {ringing && <SaidLine said={{ text: t('operator.phoneRings'), bad: false }} />}
      {row.listening && (
        <div className={styles['actRow']}>
          <Button
            small
            disabled={device === null}
            onClick={() => void acts.act('listening.stop', { device }, t('operator.stopped'))}
          >
            {t('operator.stopListening')}
          </Button>
          <span className={styles['quiet']}>
            {t('operator.listening', {
              name: row.listening.supervisorName,
              mode: t(`operator.modes.${row.listening.mode}`),
            })}
          </span>
        </div>
      )}
    </section>
  );
}

/** The telephone of this person's desk, as chosen last. */
function useMyPhone(): [device: string | null, set: (device: string | null) => void] {
  const { session } = useSession();
  const known = (device: string | null | undefined): string | undefined =>
    session.devices.find((each) => each.device === device)?.device;
  const [device, setDevice] = useState<string | null>(
    () =>
      known(localStorage.getItem(PHONE)) ??
      session.user.device ??
      (session.devices.length === 1 ? (session.devices[0]?.device ?? null) : null),
  );
  return [
    device,
    (next) => {
      if (next !== null) localStorage.setItem(PHONE, next);
      setDevice(next);
    },
  ];
}
