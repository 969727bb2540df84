import { useTranslation } from 'react-i18next';
import { TextArea } from '../../shared/ui/TextField.tsx';
import { useDraft } from '../drafts.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { Dialog } from './Dialog.tsx';
import { DialogForm } from './DialogForm.tsx';
import styles from './Dialogs.module.css';

/** «Нет нужного ответа»: what the caller said goes to the author of the script. */
export function NoAnswerDialog() {
  const { t } = useTranslation('operator');
  const { call, setUi } = usePanel();
  const { send, busy, refused } = useCommand();
  const [said, setSaid, forget] = useDraft(call?.callId ?? '', 'noAnswer');
  const step = call?.script?.step;
  if (!call || !step) return null;
  const submit = (): void => {
    if (said.trim() === '') return;
    void send('script.noAnswer', { callId: call.callId, stepId: step.stepId, said }).then((result) => {
      if (!result.ok) return;
      forget();
      setUi({ dialog: undefined, toldStep: step.stepId });
    });
  };
  return (
    <Dialog title={t('noAnswer.title')} width={560} ownFocus>
      <DialogForm onSubmit={submit} submit={t('noAnswer.send')} hotkey="Enter" disabled={busy} refused={refused}>
        <p className={styles['text']}>{t('noAnswer.what', { step: step.title })}</p>
        <TextArea
          data-autofocus
          label={t('noAnswer.said')}
          value={said}
          rows={3}
          maxLength={2000}
          onChange={(event) => setSaid(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            submit();
          }}
        />
      </DialogForm>
    </Dialog>
  );
}
