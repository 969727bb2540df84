import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallbackView } from '../../../../server/contract/panel.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';
import { useCommand, type Send } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Colleague } from './Colleague.tsx';
import { DeadlineField } from './DeadlineField.tsx';
import styles from './PromiseActs.module.css';

interface Props {
  readonly callback: CallbackView;
  readonly mine: boolean;
}
type Form = 'handOver' | 'reschedule' | 'correctNumber' | 'giveUp' | 'cancel';
const OUTCOMES = ['noAnswer', 'busy', 'wrongNumber'] as const;

/** Everything that can be done about a promise besides calling. What needs a reason asks for it here. */
export function PromiseActs({ callback, mine }: Props) {
  const { t } = useTranslation('operator');
  const { send, refused, forget } = useCommand();
  const [form, setForm] = useState<Form>();
  const { promiseId } = callback;
  const attempted = callback.talkedAt !== undefined || callback.attempts > 0 || callback.state === 'calling';
  return (
    <div className={styles['acts']}>
      <div className={styles['buttons']}>
        {!mine && (
          <Button kind="quiet" onClick={() => void send('callback.take', { promiseId })}>
            {t('promise.take')}
          </Button>
        )}
        {attempted &&
          OUTCOMES.map((outcome) => (
            <Button
              key={outcome}
              kind="quiet"
              onClick={() => void send('callback.attempt', { promiseId, outcome, note: '' })}
            >
              {t(`promise.outcome.${outcome}`)}
            </Button>
          ))}
        {(['reschedule', 'handOver', 'correctNumber', 'giveUp', 'cancel'] as const).map((name) => (
          <Button key={name} kind="quiet" aria-expanded={form === name} onClick={() => setForm(name)}>
            {t(`promise.${name}`)}
          </Button>
        ))}
      </div>
      {form !== undefined && (
        <ReasonForm key={form} form={form} callback={callback} send={send} onDone={() => setForm(undefined)} />
      )}
      <Refusal refused={refused} onClose={forget} />
    </div>
  );
}

interface FormProps {
  readonly form: Form;
  readonly callback: CallbackView;
  readonly send: Send;
  readonly onDone: () => void;
}

function ReasonForm({ form, callback, send, onDone }: FormProps) {
  const { t } = useTranslation('operator');
  const { promiseId } = callback;
  const [reason, setReason] = useState('');
  const { number: dialled, extension } = callback;
  const [number, setNumber] = useState(
    extension === undefined ? dialled : `${dialled} ${t('promise.extension', { number: extension })}`,
  );
  const [dueAt, setDueAt] = useState(callback.dueAt);
  const [told, setTold] = useState(false);
  const [to, setTo] = useState<string>();
  const commands = {
    handOver: () => send('callback.handOver', { promiseId, to: to ?? null, reason }),
    reschedule: () => send('callback.reschedule', { promiseId, dueAt, reason, ...(told && { clientInformed: true }) }),
    correctNumber: () => send('callback.correctNumber', { promiseId, number, reason }),
    giveUp: () => send('callback.giveUp', { promiseId, reason }),
    cancel: () => send('callback.cancel', { promiseId, reason }),
  } as const;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void commands[form]().then((result) => {
          if (result.ok) onDone();
        });
      }}
    >
      <p>{t(`promise.what.${form}`)}</p>
      {form === 'handOver' && <Colleague value={to} onChange={setTo} />}
      {form === 'reschedule' && (
        <>
          <DeadlineField value={dueAt} onChange={setDueAt} of={{ promiseId }} />
          <label className={styles['told']}>
            <input type="checkbox" checked={told} onChange={(event) => setTold(event.currentTarget.checked)} />
            {t('promise.clientTold')}
          </label>
        </>
      )}
      {form === 'correctNumber' && (
        <TextField
          label={t('callback.number')}
          value={number}
          inputMode="tel"
          required
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
      )}
      <TextField
        label={t('promise.reason')}
        value={reason}
        required={form !== 'handOver'}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles['buttons']}>
        <Button kind="primary" type="submit">
          {t(`promise.do.${form}`)}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('dialog.cancel')}
        </Button>
      </div>
    </form>
  );
}
