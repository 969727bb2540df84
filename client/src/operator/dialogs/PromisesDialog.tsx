import { useTranslation } from 'react-i18next';
import { byNearestBreach } from '../logic/band.ts';
import { digitKeys } from '../logic/keys.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import { HandOverAll } from './HandOverAll.tsx';
import styles from './Dialogs.module.css';
import { PromiseRow } from './PromiseRow.tsx';

/** All promises that are mine or nobody's; with no call in hand their number keys call. */
export function PromisesDialog() {
  const { t } = useTranslation('operator');
  const { view, stage, ui, setUi } = usePanel();
  const { send, refused } = useCommand();
  const callbacks = byNearestBreach(view.callbacks);
  const call = (promiseId: string): void => {
    void send('callback.call', { promiseId }).then((result) => {
      if (result.ok) setUi({ dialog: undefined, about: undefined });
    });
  };
  const mine = callbacks.filter(({ owner }) => owner?.id === view.operator.id).length;
  const idle = stage === 'idle';
  const keys = idle ? digitKeys(callbacks, ({ promiseId }) => call(promiseId)) : {};
  return (
    <Dialog title={t('idle.promises')} width={980} keys={keys}>
      <Refusal refused={refused} />
      {callbacks.length === 0 ? (
        <p className={styles['text']}>{t('idle.noPromisesWhat')}</p>
      ) : (
        <ul className={styles['promises']}>
          {callbacks.map((callback, index) => (
            <PromiseRow
              key={callback.promiseId}
              callback={callback}
              hotkey={idle && index < 9 ? String(index + 1) : undefined}
              open={callback.promiseId === ui.about}
              onCall={() => call(callback.promiseId)}
            />
          ))}
        </ul>
      )}
      {mine > 0 && <HandOverAll count={mine} />}
    </Dialog>
  );
}
