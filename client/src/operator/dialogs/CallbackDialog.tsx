import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../../server/contract/panel.ts';
import { TextArea, TextField } from '../../shared/ui/TextField.tsx';
import { serverClock } from '../../shared/time/serverClock.ts';
import { tidyPhone } from '../logic/phone.ts';
import { usePanel } from '../panelContext.ts';
import { Spoken } from '../stage/Spoken.tsx';
import { useSpoken } from '../stage/useSpoken.ts';
import { DeadlineField } from './DeadlineField.tsx';
import { Dialog } from './Dialog.tsx';
import { DialogForm } from './DialogForm.tsx';
import styles from './Dialogs.module.css';
import { useCallbackForm, type CallbackForm } from './useCallbackForm.ts';

/** The promise to call back (3.5.5-г): number, term, question. It is given when it is on disk, and says so. */
export function CallbackDialog() {
  const { t } = useTranslation('operator');
  const { call } = usePanel();
  return (
    <Dialog title={t('callback.title')} width={680} ownFocus>
      {call && <PromiseForm call={call} />}
    </Dialog>
  );
}

function PromiseForm({ call }: { readonly call: CallView }) {
  const { t } = useTranslation('operator');
  const form = useCallbackForm(call);
  return (
    <DialogForm
      onSubmit={form.promise}
      submit={t(form.busy ? 'callback.saving' : 'callback.promise')}
      hotkey="Enter"
      disabled={form.busy}
      refused={form.refused}
    >
      <ToSay call={call} form={form} />
      <DeadlineField value={form.dueAt} onChange={form.setDueAt} of={{ callId: call.callId }} rule={ruleOf(call)} />
      <Texts form={form} />
    </DialogForm>
  );
}

/** The promise in the words that the client hears, in the language of the talk. */
function ToSay({ call, form }: { readonly call: CallView; readonly form: CallbackForm }) {
  const { t } = useTranslation('operator');
  const say = useSpoken(call.script?.language);
  const { name } = call.client;
  return (
    <p className={styles['say']}>
      <span>{t('callback.sayLabel')}</span>
      <Spoken>
        {say.t(name === undefined ? 'callback.sayUnnamed' : 'callback.say', {
          name,
          until: form.dueAt === undefined ? '…' : say.wording.until(form.dueAt, serverClock.now()),
          // Read aloud in one go: the number is not broken over two lines.
          number: form.number.replaceAll(' ', '\u00a0') || '…',
        })}
      </Spoken>
    </p>
  );
}

function Texts({ form }: { readonly form: CallbackForm }) {
  const { t } = useTranslation('operator');
  const { number, name, question, asked } = form;
  // A hidden number is asked for first.
  const [numberFirst] = useState(number === '');
  return (
    <>
      <div className={styles['two']}>
        <TextField
          data-autofocus={numberFirst || undefined}
          label={t('callback.number')}
          value={number}
          inputMode="tel"
          autoComplete="off"
          error={asked && number.trim() === '' ? t('callback.numberNeeded') : undefined}
          onChange={(event) => form.setNumber(event.currentTarget.value)}
          onBlur={() => form.setNumber(tidyPhone(number))}
        />
        <TextField
          label={t('callback.name')}
          value={name}
          autoComplete="off"
          maxLength={200}
          onChange={(event) => form.setName(event.currentTarget.value)}
        />
      </div>
      <TextArea
        data-autofocus={!numberFirst || undefined}
        label={t('callback.question')}
        description={t('callback.questionWhat')}
        value={question}
        rows={2}
        maxLength={2000}
        error={asked && question.trim() === '' ? t('callback.questionNeeded') : undefined}
        onChange={(event) => form.setQuestion(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          form.promise();
        }}
      />
    </>
  );
}

/** The rule that the step names, else that of the client's kind (3.5.11: colleagues by the end of the working day). */
const ruleOf = (call: CallView): string =>
  call.script?.step.asks?.callbackRule ?? (call.script?.known.client.kind === 'internal' ? 'internal' : 'callback');
