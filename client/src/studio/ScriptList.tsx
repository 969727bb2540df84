import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptRow, StudioView } from '../../../server/contract/studio.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { go, Link } from '../shared/router.tsx';
import { Button } from '../shared/ui/Button.tsx';
import { TextField } from '../shared/ui/TextField.tsx';
import { shortName } from '../supervisor/words.ts';
import { Dialog } from './Dialog.tsx';
import { idFrom } from './ids.ts';
import { StudioNav } from './StudioNav.tsx';
import { Transfer } from './Transfer.tsx';
import { useMoment } from './versions/moment.ts';
import styles from './ScriptList.module.css';

/** All scripts: what is published, what is being written and by whom, what the checker finds. */
export function ScriptList() {
  const { t } = useTranslation('studio');
  const studio = useTopic<StudioView>('studio');
  const [text, setText] = useState('');
  const [creating, setCreating] = useState(false);
  const rows = (studio?.scripts ?? []).filter(({ title, scriptId }) =>
    `${title} ${scriptId}`.toLocaleLowerCase('ru').includes(text.trim().toLocaleLowerCase('ru')),
  );
  return (
    <div className={styles['list']} aria-busy={!studio}>
      <StudioNav current="scripts">
        <Transfer />
        <TextField
          small
          type="search"
          aria-label={t('list.find')}
          placeholder={t('list.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button kind="primary" icon={<IconPlus size={18} />} onClick={() => setCreating(true)}>
          {t('list.create')}
        </Button>
      </StudioNav>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {(['script', 'steps', 'current', 'draft', 'findings', 'present'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(`list.columns.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.scriptId} row={row} />
            ))}
          </tbody>
        </table>
        {studio && rows.length === 0 && <p className={styles['empty']}>{t(text ? 'list.nothing' : 'list.empty')}</p>}
      </div>
      {creating && <Create rows={studio?.scripts ?? []} onClose={() => setCreating(false)} />}
    </div>
  );
}

function Row({ row }: { readonly row: ScriptRow }) {
  const { t } = useTranslation('studio');
  const moment = useMoment();
  const { current, draft } = row;
  return (
    <tr>
      <th scope="row">
        <Link href={`/studio/${row.scriptId}`}>{row.title}</Link>
        <small>{row.chosenForCalls ? t('list.forCalls') : t('list.nested')}</small>
      </th>
      <td className="figures">{row.steps}</td>
      <td>
        {current ? (
          <>
            {t('version', { number: current.version })}
            <small>{moment(current.publishedAt)}</small>
          </>
        ) : (
          <small>{t('list.never')}</small>
        )}
      </td>
      <td>
        {draft && (
          <>
            <span data-state={draft.state} className={styles['state']}>
              {t(`state.${draft.state}`)}
            </span>
            <small>
              {draft.changedBy}, {moment(draft.changedAt)}
            </small>
          </>
        )}
      </td>
      <td>{draft && <Found draft={draft} />}</td>
      <td>
        {row.present.map(({ tabId, name }) => (
          <span key={tabId}>{shortName(name)} </span>
        ))}
      </td>
    </tr>
  );
}

/** What the checker finds, or that it is still at work. */
function Found({ draft: { errors, warnings = 0 } }: { readonly draft: NonNullable<ScriptRow['draft']> }) {
  const { t } = useTranslation('studio');
  if (errors === undefined) return <small>{t('findings.checking')}</small>;
  return (
    <>
      {errors > 0 && (
        <span className={styles['errors']}>
          <IconAlertTriangle size={16} aria-hidden /> {t('findings.errors', { count: errors })}
        </span>
      )}
      {warnings > 0 && <small>{t('findings.warnings', { count: warnings })}</small>}
      {errors + warnings === 0 && <small>{t('findings.none')}</small>}
    </>
  );
}

function Create({ rows, onClose }: { readonly rows: readonly ScriptRow[]; readonly onClose: () => void }) {
  const { t } = useTranslation('studio');
  const connection = useConnection();
  const words = useErrorWords();
  const [title, setTitle] = useState('');
  const [model, setModel] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const scriptId = idFrom(
      title,
      rows.map((row) => row.scriptId),
    );
    void connection.send('studio.create', { scriptId, title, ...(model ? { copyOf: model } : {}) }).then((result) => {
      if (result.ok) go(`/studio/${scriptId}`);
      else setProblem(words(result.error.code, result.error.details));
    });
  };
  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <form onSubmit={submit} className={styles['form']}>
        <TextField
          autoFocus
          required
          maxLength={200}
          label={t('create.name')}
          description={t('create.nameWhat')}
          value={title}
          error={problem}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <label>
          {t('create.from')}
          <select value={model} onChange={(event) => setModel(event.currentTarget.value)}>
            <option value="">{t('create.nothing')}</option>
            {rows.map((row) => (
              <option key={row.scriptId} value={row.scriptId}>
                {t('create.copyOf', { title: row.title })}
              </option>
            ))}
          </select>
        </label>
        <Button kind="primary" type="submit" disabled={title.trim() === ''}>
          {t('create.go')}
        </Button>
      </form>
    </Dialog>
  );
}
