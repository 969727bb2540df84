import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '../../../../machines/vocabulary/index.ts';
import { useSite, type Site } from '../../app/session.ts';
import type { CallView } from '../../../../server/contract/panel.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextArea, TextField } from '../../shared/ui/TextField.tsx';
import { serverClock } from '../../shared/time/serverClock.ts';
import { useDraft } from '../drafts.ts';
import { formatPhone, tidyPhone } from '../logic/phone.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { useSpoken } from '../stage/useSpoken.ts';
import { DeadlineField } from './DeadlineField.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

/** The promise to call back (3.5.5-г): number, term, question. It is given when it is on disk, and says so. */
export function CallbackDialog() {
  const { t } = useTranslation('operator');
  const { call, setUi } = usePanel();
  const { nameOf } = useSite();
  const say = useSpoken(call?.script?.language);
  const { send, busy, refused } = useCommand();
  const id = call?.callId ?? '';
  const [number, setNumber, forgetNumber] = useDraft(id, 'callback.number', formatPhone(call?.client.number ?? ''));
  const [name, setName, forgetName] = useDraft(id, 'callback.name', call?.client.name ?? call?.client.callerName);
  const [question, setQuestion, forgetQuestion] = useDraft(id, 'callback.question', topicOf(call, nameOf));
  const [dueAt, setDueAt] = useState<Instant>();
  const [asked, setAsked] = useState(false);
  if (!call) return null;
  const ready = number.trim() !== '' && question.trim() !== '' && dueAt !== undefined;
  const promise = (): void => {
    setAsked(true);
    if (!ready) return;
    const input = { callId: call.callId, number: number.trim(), dueAt, question: question.trim(), clientName: name };
    void send('callback.promise', input).then((result) => {
      if (!result.ok) return;
      for (const forget of [forgetNumber, forgetName, forgetQuestion]) forget();
      setUi({ dialog: undefined });
    });
  };
  const until = dueAt === undefined ? '…' : say.wording.until(dueAt, serverClock.now());
  return (
    <Dialog title={t('callback.title')} width={680} ownFocus>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          promise();
        }}
      >
        <p className={styles['say']}>
          <span>{t('callback.sayLabel')}</span>
          {say.t(call.client.name === undefined ? 'callback.sayUnnamed' : 'callback.say', {
            name: call.client.name,
            until,
            number: number || '…',
          })}
        </p>
        <DeadlineField value={dueAt} onChange={setDueAt} callId={call.callId} rule={ruleOf(call)} />
        <div className={styles['two']}>
          <TextField
            label={t('callback.number')}
            value={number}
            inputMode="tel"
            autoComplete="off"
            error={asked && number.trim() === '' ? t('callback.numberNeeded') : undefined}
            onChange={(event) => setNumber(event.currentTarget.value)}
            onBlur={() => setNumber(tidyPhone(number))}
          />
          <TextField
            label={t('callback.name')}
            value={name}
            autoComplete="off"
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <TextArea
          data-autofocus
          label={t('callback.question')}
          description={t('callback.questionWhat')}
          value={question}
          rows={2}
          maxLength={2000}
          error={asked && question.trim() === '' ? t('callback.questionNeeded') : undefined}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            promise();
          }}
        />
        <Refusal refused={refused} />
        <div className={styles['buttons']}>
          <Button kind="primary" type="submit" disabled={busy} hotkey="Enter">
            {t(busy ? 'callback.saving' : 'callback.promise')}
          </Button>
          <Button kind="quiet" onClick={() => setUi({ dialog: undefined })} hotkey="Esc">
            {t('dialog.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The rule that the step names, else that of the client's kind (3.5.11: colleagues by the end of the working day). */
const ruleOf = (call: CallView): string =>
  call.script?.step.asks?.callbackRule ?? (call.script?.known.client.kind === 'internal' ? 'internal' : 'callback');

/** A beginning for the question; the operator makes it exact. */
const topicOf = (call: CallView | undefined, nameOf: Site['nameOf']): string =>
  call?.inquiry.topic === undefined ? '' : nameOf('topics', call.inquiry.topic);
