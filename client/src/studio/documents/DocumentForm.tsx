import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteDocumentKind } from '../../../../server/contract/siteDocuments.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Failed } from '../../shared/ui/Failed.tsx';
import { shortName } from '../../supervisor/words.ts';
import type { Plain } from '../texts.ts';
import { useMoment } from '../versions/moment.ts';
import { ReasonDialog } from '../versions/ReasonDialog.tsx';
import styles from './DocumentForm.module.css';
import { Fields } from './Fields.tsx';
import { FileActs } from './FileActs.tsx';
import { FormContext, type FormTools } from './formTools.ts';
import { History } from './History.tsx';
import { SHAPES } from './shapes.ts';
import { useDocument, type OpenDocument } from './useDocument.ts';

interface Props {
  readonly kind: SiteDocumentKind;
  readonly id: string;
  readonly title: string;
  readonly fresh: Plain | undefined;
  readonly choices: FormTools['choices'];
  readonly onSaved: () => void;
}

/** One document: its form, what is wrong with it, who changed it and when. In use from the moment it is saved. */
export function DocumentForm({ kind, id, title, fresh, choices, onSaved }: Props) {
  const { t } = useTranslation('documents');
  const words = useErrorWords();
  const { document, problem, again } = useDocument(kind, id, fresh, onSaved);
  const [isHistory, setHistory] = useState(false);
  const faults = document?.faults;
  const tools = useMemo(() => ({ faults: faults ?? [], choices }), [faults, choices]);
  if (!document)
    return problem === undefined ? (
      <p className={styles['quiet']}>{t('wait')}</p>
    ) : (
      <Failed onAgain={again}>{words(problem)}</Failed>
    );
  return (
    <section className={styles['document']}>
      <Head kind={kind} id={id} title={title} document={document} isHistory={isHistory} onHistory={setHistory} />
      <div className={styles['scroll']}>
        {isHistory ? (
          <History kind={kind} id={id} document={document} />
        ) : (
          <form className={styles['form']} onSubmit={(event) => event.preventDefault()}>
            <FormContext value={tools}>
              <Fields fields={SHAPES[kind]} value={document.content} path={[]} onChange={document.edit} />
            </FormContext>
          </form>
        )}
      </div>
    </section>
  );
}

/** Of what stands beside no field, such as the lines of a file: so many are told at once. */
const WHOLE_FAULTS = 5;

interface HeadProps {
  readonly kind: SiteDocumentKind;
  readonly id: string;
  readonly title: string;
  readonly document: OpenDocument;
  readonly isHistory: boolean;
  readonly onHistory: (open: boolean) => void;
}
function Head({ kind, id, title, document, isHistory, onHistory }: HeadProps) {
  const { t } = useTranslation('documents');
  const words = useErrorWords();
  const moment = useMoment();
  const [asking, setAsking] = useState<'save' | 'remove'>();
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    // Whoever chose it by keyboard goes on in it, and not behind a hundred articles of the list.
    const first = document.saved === undefined ? 'form :is(input, textarea)' : 'h2';
    head.current?.parentElement?.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
    // Once, when the document comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const { saved, isChanged, faults, problem } = document;
  useSaveKey(isChanged, () => setAsking('save'));
  const said = useSaid();
  const whole = faults.filter(({ path }) => path.length === 0).slice(0, WHOLE_FAULTS);
  const isMany = kind === 'article' || kind === 'calendarYear';
  return (
    <header ref={head} className={styles['head']}>
      <div>
        <h2 tabIndex={-1}>{title || t('fresh')}</h2>
        <p className={styles['quiet']}>
          {saved
            ? `${t('revision', { number: saved.revision })}, ${moment(saved.changedAt)}, ${saved.changedByName ? shortName(saved.changedByName) : t('fromLibrary')}`
            : t('notSaved')}
          {saved?.removed === true && ` · ${t('removed')}`}
        </p>
      </div>
      <div className={styles['acts']}>
        {saved && (
          <Button kind="quiet" aria-pressed={isHistory} onClick={() => onHistory(!isHistory)}>
            {t(isHistory ? 'toForm' : 'history')}
          </Button>
        )}
        {saved && isMany && !saved.removed && (
          <Button kind="quiet" onClick={() => setAsking('remove')}>
            {t('takeOut')}
          </Button>
        )}
        <FileActs kind={kind} id={id} document={document} />
        {isChanged && saved && (
          <Button kind="quiet" onClick={document.drop}>
            {t('drop')}
          </Button>
        )}
        <Button
          kind="primary"
          disabled={!isChanged}
          aria-keyshortcuts="Control+S"
          title="Ctrl+S"
          onClick={() => setAsking('save')}
        >
          {t('save')}
        </Button>
      </div>
      {problem !== undefined && (
        <p role="alert" className={styles['problem']}>
          {words(problem)}
        </p>
      )}
      {faults.length > 0 && (
        <div role="alert" className={styles['problem']}>
          {t('faults', { count: faults.length })}
          {whole.length > 0 && (
            <ul>
              {whole.map(({ message }) => (
                <li key={message.ru}>{said(message)}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {asking && (
        <ReasonDialog
          title={t(asking === 'save' ? 'save' : 'takeOut')}
          what={t(`${asking}What`)}
          act={t(asking === 'save' ? 'save' : 'takeOut')}
          onClose={() => setAsking(undefined)}
          onDone={(reason) => {
            setAsking(undefined);
            if (asking === 'save') document.save(reason);
            else void document.act('siteDocument.remove', { reason });
          }}
        />
      )}
    </header>
  );
}

/** Ctrl+S, whatever the layout of the keyboard: the button stands above a form of many fields. */
function useSaveKey(isChanged: boolean, save: () => void): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      if (isChanged) latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isChanged]);
}
