import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListeningMode, ListeningRules, OperatorRow } from '../../../server/contract/board.ts';
import { rightsOf } from '../../../server/contract/listeningRights.ts';
import { useSession } from '../app/session.ts';
import { Button } from '../shared/ui/Button.tsx';
import { SaidLine, useActs } from './acts.tsx';
import styles from './Drawers.module.css';

const PHONE = 'board.phone';
const MODES = ['listen', 'whisper', 'join', 'takeOver'] as const satisfies readonly ListeningMode[];

interface Props {
  readonly row: OperatorRow;
  readonly rules: ListeningRules;
  /** What is typed above. */
  readonly reason: string;
  readonly onDone: () => void;
}

/** Listening, whispering, joining, taking over: by the supervisor's telephone, each with what the rules say of it. */
export function ListenActs({ row, rules, reason, onDone }: Props) {
  const { t } = useTranslation('supervisor');
  const { session } = useSession();
  const acts = useActs();
  const [device, setDevice] = useMyPhone();
  const operatorId = row.key;
  const rights = rightsOf(rules, session.user.roles, row.unit);
  const begin = async (mode: ListeningMode): Promise<void> => {
    if (device === null) return acts.say(t('operator.choosePhone'));
    if (rights[mode].reason && reason === '') return acts.say(t('operator.needReason'));
    const done =
      mode === 'takeOver'
        ? await acts.act('listening.takeOver', { operatorId, device, reason }, t('operator.phoneRings'))
        : await acts.act('listening.start', { operatorId, mode, device, reason }, t('operator.phoneRings'));
    if (done) onDone();
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
                onClick={() => void begin(mode)}
              >
                {t(`operator.${mode}`)}
              </Button>
              <span className={styles['quiet']}>{words.filter(Boolean).join(', ')}</span>
            </li>
          );
        })}
      </ul>
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
      <SaidLine said={acts.said} />
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
