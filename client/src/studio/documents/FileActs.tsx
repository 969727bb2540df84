import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteDocumentKind } from '../../../../server/contract/siteDocuments.ts';
import { ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { downloadDocument } from '../files.ts';
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
        aria-label={t('file.in')}
        onChange={({ currentTarget }) => {
          void currentTarget.files?.[0]?.text().then((source) => document.take(source));
          currentTarget.value = '';
        }}
      />
      {document.saved && (
        <Button kind="quiet" icon={<IconDownload size={18} />} onClick={download}>
          {t('file.out')}
        </Button>
      )}
      <Button kind="quiet" icon={<IconUpload size={18} />} onClick={() => picker.current?.click()}>
        {t('file.in')}
      </Button>
    </>
  );
}
