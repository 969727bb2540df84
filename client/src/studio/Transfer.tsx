import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportView } from '../../../server/contract/studioVersions.ts';
import { ApiProblem } from '../shared/http/api.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { useSaid } from '../shared/i18n/said.ts';
import { Link } from '../shared/router.tsx';
import { Button } from '../shared/ui/Button.tsx';
import { Coded } from './Coded.tsx';
import { Dialog } from './Dialog.tsx';
import { downloadAll, upload } from './files.ts';
import styles from './ScriptList.module.css';

/** Scripts out to a folder and in from one. What comes in becomes drafts, to be looked at and published. */
export function Transfer() {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const picker = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<ImportView>();
  const [fault, setFault] = useState<string>();
  const run = (work: Promise<ImportView | void>): void => {
    work.then(
      (view) => {
        setFault(undefined);
        if (view) setOutcome(view);
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        setFault(cause.code);
      },
    );
  };
  return (
    <>
      {fault !== undefined && (
        <span role="alert" className={styles['errors']}>
          {words(fault)}
        </span>
      )}
      <input
        ref={picker}
        hidden
        multiple
        type="file"
        accept=".yaml,.yml"
        aria-label={t('transfer.files')}
        onChange={({ currentTarget }) => {
          run(upload([...(currentTarget.files ?? [])]));
          currentTarget.value = '';
        }}
      />
      <Button kind="quiet" onClick={() => picker.current?.click()}>
        {t('transfer.in')}
      </Button>
      <Button kind="quiet" onClick={() => run(downloadAll())}>
        {t('transfer.out')}
      </Button>
      {outcome && <Outcome view={outcome} onClose={() => setOutcome(undefined)} />}
    </>
  );
}

function Outcome({ view, onClose }: { readonly view: ImportView; readonly onClose: () => void }) {
  const { t } = useTranslation('studio');
  const said = useSaid();
  return (
    <Dialog title={t('transfer.done')} onClose={onClose}>
      <div className={styles['form']}>
        {view.drafts.length > 0 && <p>{t('transfer.drafts', { count: view.drafts.length })}</p>}
        <ul>
          {view.drafts.map(({ scriptId, file }) => (
            <li key={file}>
              <Link href={`/studio/${scriptId}`}>{file}</Link>
            </li>
          ))}
        </ul>
        {view.refused.map(({ file, findings }) => (
          <div key={file} role="alert">
            <strong>{t('transfer.refused', { file })}</strong>
            {findings.slice(0, 5).map((finding) => (
              <p key={`${finding.code} ${finding.line ?? 0} ${finding.message.ru}`} className={styles['errors']}>
                {finding.line !== undefined && `${t('transfer.line', { line: finding.line })} `}
                <Coded text={said(finding.message)} />
              </p>
            ))}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
