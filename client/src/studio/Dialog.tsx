import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Dialog.module.css';

/** The browser's own dialog: it keeps the focus and closes by Esc. */
export function Dialog(props: { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }) {
  const { t } = useTranslation('studio');
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} className={styles['dialog']} aria-labelledby={id} onCancel={props.onClose}>
      <header>
        <h2 id={id}>{props.title}</h2>
        <button type="button" aria-label={t('close')} onClick={props.onClose}>
          <IconX size={18} />
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
