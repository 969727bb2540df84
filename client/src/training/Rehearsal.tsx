import { IconPhone, IconPhoneOff, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoCommands } from '../../../server/contract/demo.ts';
import { REHEARSAL_SPEEDS, type RehearsalView } from '../../../server/contract/rehearsal.ts';
import { useWording } from '../app/session.ts';
import { useErrorWords, type ErrorDetails } from '../shared/i18n/errors.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { go, Link } from '../shared/router.tsx';
import { Button } from '../shared/ui/Button.tsx';
import stripStyles from './Rehearsal.module.css';
import styles from './Training.module.css';

type Going = NonNullable<RehearsalView['rehearsal']>;
type Send = (name: string, input: object) => void;

/** The operator's own panel on a demonstration telephone; above it, what the client, the colleagues and the clock do. */
export function Rehearsal() {
  const { t } = useTranslation('training');
  const words = useErrorWords();
  const connection = useConnection();
  const view = useTopic<RehearsalView>('rehearsal');
  const [fault, setFault] = useState<{ code: string; details?: ErrorDetails }>();
  const ask = async (name: string, input: object): Promise<unknown> => {
    const result = await connection.send(name, input);
    setFault(result.ok ? undefined : result.error);
    return result.ok ? (result.value ?? {}) : undefined;
  };
  const send: Send = (name, input) => void ask(name, input);
  const stop = async (): Promise<void> => {
    const kept = (await ask('rehearsal.stop', {})) as { rehearsalId?: string } | undefined;
    if (kept) go(kept.rehearsalId === undefined ? '/training' : `/training/rehearsals/${kept.rehearsalId}`);
  };
  if (!view) return <p className={styles['wait']}>{t('wait')}</p>;
  const going = view.rehearsal;
  if (!going)
    return (
      <p className={styles['wait']}>
        {t('rehearsal.over')} <Link href="/training">{t('back')}</Link>
      </p>
    );
  return (
    <div className={stripStyles['replay']}>
      <header className={stripStyles['strip']}>
        <Link href="/training">{t('back')}</Link>
        <ClientKeys going={going} send={send} />
        <TelephoneKeys going={going} send={send} />
        <TimeKeys going={going} send={send} />
        <Button icon={<IconPlayerStop size={18} />} onClick={() => void stop()}>
          {t('rehearsal.stop')}
        </Button>
        {fault && (
          <p role="alert" className={styles['fault']}>
            {words(fault.code, fault.details)}
          </p>
        )}
      </header>
      {/* Our own page from our own address: it needs what any page of ours needs. */}
      {/* oxlint-disable-next-line react/iframe-missing-sandbox */}
      <iframe
        key={going.rehearsalId}
        className={stripStyles['panel']}
        title={t('rehearsal.panel')}
        src={`/rehearsal/${going.rehearsalId}/operator`}
      />
    </div>
  );
}

interface KeysProps {
  readonly going: Going;
  readonly send: Send;
}
const demoKey = <Name extends keyof DemoCommands>(name: Name, input: DemoCommands[Name]) => ({ name, input });

/** Who calls, with which question; and the client's own handset. */
function ClientKeys({ going, send }: KeysProps) {
  const { t } = useTranslation('training');
  const { callers, clients, telephones } = going.demo;
  const [callerId, setCallerId] = useState('');
  const present = clients.filter(({ state }) => state !== 'listening');
  const chosen = callers.find(({ id }) => id === callerId) ?? callers[0];
  const colleagues = telephones.filter(({ device }) => device !== going.device);
  const busy = colleagues.length > 0 && colleagues.every(({ behaviour }) => behaviour === 'busy');
  const onLine = present[0];
  return (
    <div className={stripStyles['group']} role="group" aria-label={t('rehearsal.client')}>
      {onLine ? (
        <>
          <span className={stripStyles['who']} title={onLine.story}>
            <strong>{onLine.name || onLine.number}</strong> {onLine.question}
          </span>
          <Button
            icon={<IconPhoneOff size={18} />}
            onClick={() => send('rehearsal.key', demoKey('demo.clientHangUp', { clientId: onLine.id }))}
          >
            {t('rehearsal.clientHangUp')}
          </Button>
        </>
      ) : (
        <>
          <select
            aria-label={t('rehearsal.caller')}
            value={chosen?.id ?? ''}
            onChange={(event) => setCallerId(event.currentTarget.value)}
          >
            {callers.map(({ id, name, question }) => (
              <option key={id} value={id}>
                {name}: {question}
              </option>
            ))}
          </select>
          <Button
            kind="primary"
            icon={<IconPhone size={18} />}
            disabled={!chosen}
            onClick={() => chosen && send('rehearsal.key', demoKey('demo.call', { callerId: chosen.id }))}
          >
            {t('rehearsal.call')}
          </Button>
        </>
      )}
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={busy}
          onChange={({ currentTarget }) => {
            const behaviour = currentTarget.checked ? 'busy' : 'answers';
            for (const { device } of colleagues) send('rehearsal.key', demoKey('demo.behave', { device, behaviour }));
          }}
        />
        {t('rehearsal.transfersFail')}
      </label>
    </div>
  );
}

/** The trainee's own telephone: the panel follows it, as it would a real one. */
function TelephoneKeys({ going: { device, demo }, send }: KeysProps) {
  const { t } = useTranslation('training');
  const own = demo.telephones.find((each) => each.device === device);
  const call = own?.calls.find(({ state }) => state !== 'dialling') ?? own?.calls[0];
  const key = (name: 'demo.answer' | 'demo.hangUp' | 'demo.hold' | 'demo.resume' | 'demo.reject') => () =>
    send('rehearsal.key', demoKey(name, { device }));
  const state = call?.state;
  return (
    <div className={stripStyles['group']} role="group" aria-label={t('rehearsal.telephone')}>
      <span className={styles['quiet']}>{t(`rehearsal.line.${state ?? 'free'}`)}</span>
      {state === 'ringing' && (
        <Button kind="primary" onClick={key('demo.answer')}>
          {t('rehearsal.answer')}
        </Button>
      )}
      {state === 'talking' && <Button onClick={key('demo.hold')}>{t('rehearsal.hold')}</Button>}
      {state === 'onHold' && <Button onClick={key('demo.resume')}>{t('rehearsal.resume')}</Button>}
      {state !== undefined && <Button onClick={key('demo.hangUp')}>{t('rehearsal.hangUp')}</Button>}
    </div>
  );
}

/** The rehearsal's own time. It only goes forward, as time does. */
function TimeKeys({ going, send }: KeysProps) {
  const { t } = useTranslation('training');
  const wording = useWording();
  const now = useRunning(going);
  return (
    <div className={stripStyles['group']} role="group" aria-label={t('rehearsal.clock')}>
      <span className="figures">{wording.timeExact(now)}</span>
      {REHEARSAL_SPEEDS.map((speed) => (
        <button
          key={speed}
          type="button"
          className={stripStyles['speed']}
          aria-pressed={going.speed === speed}
          title={t('rehearsal.speed', { speed })}
          onClick={() => send('rehearsal.speed', { speed })}
        >
          ×{speed}
        </button>
      ))}
      <Button kind="quiet" onClick={() => send('rehearsal.time', { to: going.isWorkingTime ? 'closed' : 'working' })}>
        {t(going.isWorkingTime ? 'rehearsal.afterHours' : 'rehearsal.workHours')}
      </Button>
    </div>
  );
}

/** Its time now: from the last push, at its own speed. */
function useRunning({ now, speed }: Going): number {
  const [shown, setShown] = useState(now);
  useEffect(() => {
    const from = performance.now();
    const tick = (): void => setShown(now + (performance.now() - from) * speed);
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [now, speed]);
  return shown;
}
