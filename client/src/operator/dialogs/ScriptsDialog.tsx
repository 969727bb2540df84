import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/http/api.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';
import { filterOptions } from '../logic/filterOptions.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

/** One of `GET /scripts`. */
interface Published {
  readonly scriptId: string;
  readonly title: string | { readonly ru?: string; readonly en?: string };
}

/** Another script for this call, when the one that was chosen by itself does not fit. What was learned goes along. */
export function ScriptsDialog() {
  const { t, i18n } = useTranslation('operator');
  const { call, setUi } = usePanel();
  const { send, refused } = useCommand();
  const [scripts, setScripts] = useState<readonly Published[]>();
  const [failed, setFailed] = useState(false);
  const [text, setText] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    api<readonly Published[]>('/scripts', { signal: stop.signal }).then(setScripts, () => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, []);
  if (!call) return null;
  const options = (scripts ?? []).map(({ scriptId, title }) => ({
    value: scriptId,
    label: typeof title === 'string' ? title : ((i18n.language === 'en' ? title.en : title.ru) ?? title.ru ?? scriptId),
  }));
  const found = filterOptions(options, text);
  const open = (scriptId: string): void => {
    void send('script.open', { callId: call.callId, scriptId }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  const keys = Object.fromEntries(found.slice(0, 9).map(({ value }, index) => [String(index + 1), () => open(value)]));
  return (
    <Dialog title={t('scripts.title')} width={560} keys={keys} ownFocus>
      <div className={styles['form']}>
        <p className={styles['text']}>{t('scripts.what')}</p>
        <TextField
          data-autofocus
          aria-label={t('scripts.search')}
          placeholder={t('scripts.search')}
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key !== 'Enter' || !first || text === '') return;
            event.preventDefault();
            open(first.value);
          }}
        />
        <div className={styles['people']}>
          {found.map(({ value, label }, index) => (
            <button
              key={value}
              type="button"
              className={styles['option']}
              aria-current={value === call.script?.step.scriptId || undefined}
              onClick={() => open(value)}
            >
              {index === 0 && text !== '' && <Key>Enter</Key>}
              {label}
            </button>
          ))}
          {found.length === 0 && (
            <p className={styles['quiet']}>
              {t(failed ? 'scripts.failed' : scripts ? 'scripts.nothing' : 'scripts.loading')}
            </p>
          )}
        </div>
        <Refusal refused={refused} />
      </div>
    </Dialog>
  );
}
