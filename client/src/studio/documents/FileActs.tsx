import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteDocumentKind } from '../../../../server/contract/siteDocuments.ts';
import { ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { downloadDocument } from '../files.ts';
import styles from './DocumentForm.module.css';
import type { OpenDocument } from './useDocument.ts';

/** The document as a file of the library folder: out, and in to be looked at before it is saved. */
export function FileActs(props: {
  readonly kind: SiteDocumentKind;
  readonly id: string;
  readonly document: OpenDocument;
}) {
  const { kind, id, document } = props;
  const { t } = useTranslation('documents');
  const words = useErrorWords();
  const picker = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string>();
  const download = (): void => {
    downloadDocument(kind, id).then(
      () => setFault(undefined),
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        setFault(cause.code);
      },
    );
  };
  return (
    <>
      {fault !== undefined && <span role="alert">{words(fault)}</span>}
      <input
        ref={picker}
        hidden
        type="file"
        accept={kind === 'article' ? '.md' : kind === 'staff' ? '.csv' : '.yaml,.yml'}
        aria-label={t('file.choose')}
        onChange={({ currentTarget }) => {
          void currentTarget.files?.[0]?.text().then((source) => document.take(source));
          currentTarget.value = '';
        }}
      />
      {document.saved && (
        <button
          type="button"
          className={styles['icon']}
          aria-label={t('file.out')}
          title={t('file.out')}
          onClick={download}
        >
          <IconDownload size={20} />
        </button>
      )}
      <button
        type="button"
        className={styles['icon']}
        aria-label={t('file.in')}
        title={t('file.in')}
        onClick={() => picker.current?.click()}
      >
        <IconUpload size={20} />
      </button>
    </>
  );
}
