import { Drawer, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListeningRight, ListeningRules, MirrorView, OperatorRow } from '../../../server/contract/board.ts';
import type { CallView } from '../../../server/contract/panel.ts';
import { useSession } from '../app/session.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { elapsed } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { Button } from '../shared/ui/Button.tsx';
import { rightsOf } from '../../../server/contract/listeningRights.ts';
import { phone } from './words.ts';
import styles from './Supervisor.module.css';

/** One operator: what his panel shows now, and what a supervisor can do about it. */
export function OperatorDrawer({
  row,
  rules,
  onClose,
}: {
  readonly row: OperatorRow | undefined;
  readonly rules: ListeningRules;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('supervisor');
  const connection = useConnection();
  const operatorId = row?.key;
  useEffect(() => {
    if (!operatorId) return undefined;
    void connection.send('supervision.watch', { operatorId });
    return () => void connection.send('supervision.watch', { operatorId: null });
  }, [connection, operatorId]);
  return (
    <Drawer
      opened={row !== undefined}
      onClose={onClose}
      position="right"
      transitionProps={{ duration: 100 }}
      size={520}
      title={row?.name}
      closeButtonProps={{ 'aria-label': t('operator.close') }}
    >
      {row && <Inside row={row} rules={rules} />}
    </Drawer>
  );
}

interface Opened {
  readonly row: OperatorRow;
  readonly rules: ListeningRules;
}
function Inside({ row, rules }: Opened) {
  const { t } = useTranslation('supervisor');
  const mirror = useTopic<MirrorView>('mirror');
  const call = mirror?.operatorId === row.key ? mirror.view?.calls[0] : undefined;
  const since = useTimed((now) => elapsed(now - row.since));
  return (
    <div className={styles['drawer']}>
      <p className={styles['quiet']}>
        {[
          row.unit,
          row.device,
          `${t(`state.${row.state}`)} ${row.state === 'offline' ? '' : since}`,
          t('operator.today', { count: row.handled, time: elapsed(row.talkMs) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <section className={styles['mirror']} aria-label={t('operator.mirror')}>
        {call ? <Mirror call={call} /> : <p className={styles['quiet']}>{t('operator.noCall')}</p>}
      </section>
      <Acts row={row} rules={rules} />
    </div>
  );
}

function Mirror({ call }: { readonly call: CallView }) {
  const { t } = useTranslation('supervisor');
  const step = call.script?.step;
  return (
    <>
      <p className={styles['quiet']}>
        {[call.client.name ?? call.client.callerName, phone(call.client.number), call.script?.title, step?.title]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className={styles['mirrorLine']}>{step?.lines[0] ?? step?.hints[0] ?? ''}</p>
      <ul className={styles['mirrorLearned']}>
        {call.learned.map(({ label, value }) => (
          <li key={label}>
            <span className={styles['quiet']}>{label}</span> {value}
          </li>
        ))}
      </ul>
      {call.transfers.count > 0 && (
        <p>
          {t('risk.transfers', { count: call.transfers.count, limit: call.transfers.limit + call.transfers.extra })}
        </p>
      )}
    </>
  );
}

function Acts({ row, rules }: Opened) {
  const { t } = useTranslation('supervisor');
  const connection = useConnection();
  const errorWords = useErrorWords();
  const { session } = useSession();
  const [text, setText] = useState('');
  const [device, setDevice] = useState<string | null>(
    session.user.device ?? (session.devices.length === 1 ? (session.devices[0]?.device ?? null) : null),
  );
  const [problem, setProblem] = useState<string>();
  const act = async (name: string, input: Record<string, unknown>, needsReason = true): Promise<void> => {
    if (needsReason && text.trim() === '') {
      setProblem(t('operator.needReason'));
      return;
    }
    const result = await connection.send(name, input);
    setProblem(result.ok ? undefined : errorWords(result.error.code, result.error.details));
    if (result.ok) setText('');
  };
  const operatorId = row.key;
  const reason = text.trim();
  const inCall = row.state === 'onCall';
  const rights = rightsOf(rules, session.user.roles, row.unit);
  const aboutRight = ({ allowed, reason: needed, told }: ListeningRight): string =>
    allowed
      ? [t(told ? 'operator.told' : 'operator.notTold'), needed ? t('operator.withReason') : '']
          .filter(Boolean)
          .join(', ')
      : t('operator.notAllowed');
  return (
    <div className={styles['acts']}>
      <TextInput
        label={t('operator.reason')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem}
      />
      <div className={styles['actRow']}>
        {row.help && (
          <Button kind="primary" onClick={() => void act('supervision.helpTaken', { operatorId }, false)}>
            {t('operator.helpTaken')}
          </Button>
        )}
        <Button onClick={() => void act('supervision.message', { to: { operatorIds: [operatorId] }, text: reason })}>
          {t('operator.message')}
        </Button>
        {row.state === 'paused' && (
          <Button onClick={() => void act('supervision.endPause', { operatorId, reason })}>
            {t('operator.endPause')}
          </Button>
        )}
        {row.state === 'ready' && (
          <Button onClick={() => void act('supervision.pause', { operatorId, reason })}>{t('operator.pause')}</Button>
        )}
        {row.state === 'wrapUp' && (
          <Button onClick={() => void act('supervision.endWrapUp', { operatorId, reason })}>
            {t('operator.endWrapUp')}
          </Button>
        )}
        {row.state !== 'offline' && !inCall && (
          <Button onClick={() => void act('supervision.signOut', { operatorId, reason })}>
            {t('operator.signOut')}
          </Button>
        )}
        <Button onClick={() => void act('supervision.handOverAll', { operatorId, to: null, reason })}>
          {t('operator.handOver')}
        </Button>
      </div>
      {inCall && (
        <>
          <Select
            label={t('operator.myPhone')}
            data={session.devices.map((each) => ({ value: each.device, label: each.label }))}
            value={device}
            onChange={setDevice}
            searchable
          />
          <div className={styles['actRow']}>
            {(['listen', 'whisper', 'join'] as const).map((mode) => (
              <Button
                key={mode}
                disabled={device === null || !rights[mode].allowed}
                title={aboutRight(rights[mode])}
                onClick={() => void act('listening.start', { operatorId, mode, device, reason }, rights[mode].reason)}
              >
                {t(`operator.${mode}`)}
              </Button>
            ))}
            {row.call?.transfers.atLimit && row.call.inquiryId && (
              <Button onClick={() => void act('supervision.allowTransfer', { inquiryId: row.call?.inquiryId, reason })}>
                {t('operator.allowTransfer')}
              </Button>
            )}
            {row.listening && (
              <Button disabled={device === null} onClick={() => void act('listening.stop', { device }, false)}>
                {t('operator.stopListening')}
              </Button>
            )}
            <Button
              kind="danger"
              disabled={device === null || !rights.takeOver.allowed}
              onClick={() => void act('listening.takeOver', { operatorId, device, reason })}
            >
              {t('operator.takeOver')}
            </Button>
          </div>
          {row.listening && (
            <p className={styles['quiet']}>
              {t('operator.listening', {
                name: row.listening.supervisorName,
                mode: t(`operator.modes.${row.listening.mode}`),
              })}
            </p>
          )}
        </>
      )}
    </div>
  );
}
