import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/http/api.ts';
import { TextField } from '../../shared/ui/TextField.tsx';
import { filterOptions, type Option } from '../logic/filterOptions.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { OptionRow } from '../OptionRow.tsx';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

/** One of `GET /scripts`. */
interface Published {
  readonly scriptId: string;
  readonly title: string | { readonly ru?: string; readonly en?: string };
}

/** Scripts that are published now, by their names; undefined until they are here. */
function usePublished(): { readonly scripts: readonly Option[] | undefined; readonly failed: boolean } {
  const { i18n } = useTranslation('operator');
  const [scripts, setScripts] = useState<readonly Published[]>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    api<readonly Published[]>('/scripts', { signal: stop.signal }).then(setScripts, () => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, []);
  const nameOf = ({ scriptId, title }: Published): string =>
    typeof title === 'string' ? title : ((i18n.language === 'en' ? title.en : title.ru) ?? title.ru ?? scriptId);
  return { failed, scripts: scripts?.map((one) => ({ value: one.scriptId, label: nameOf(one) })) };
}

/** Another script for this call, when the one that was chosen by itself does not fit. What was learned goes along. */
export function ScriptsDialog() {
  const { t } = useTranslation('operator');
  const { call, setUi } = usePanel();
  const { send, refused } = useCommand();
  const { scripts, failed } = usePublished();
  const [text, setText] = useState('');
  if (!call) return null;
  const found = filterOptions(scripts ?? [], text);
  const open = (scriptId: string): void => {
    void send('script.open', { callId: call.callId, scriptId }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  return (
    <Dialog title={t('scripts.title')} width={560} ownFocus>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (found[0] && text !== '') open(found[0].value);
        }}
      >
        <p className={styles['text']}>{t('scripts.what')}</p>
        <TextField
          data-autofocus
          aria-label={t('scripts.search')}
          placeholder={t('scripts.search')}
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={styles['people']}>
          {found.map(({ value, label }, index) => (
            <OptionRow
              key={value}
              hotkey={index === 0 && text !== '' ? 'Enter' : undefined}
              onClick={() => open(value)}
            >
              {label}
            </OptionRow>
          ))}
          {found.length === 0 && (
            <p className={styles['quiet']}>{t(`scripts.${failed ? 'failed' : scripts ? 'nothing' : 'loading'}`)}</p>
          )}
        </div>
        <Refusal refused={refused} />
      </form>
    </Dialog>
  );
}
