import { IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  SITE_DOCUMENT_KINDS,
  type SiteDocumentKind,
  type SiteDocumentRow,
  type SiteDocumentView,
} from '../../../../server/contract/siteDocuments.ts';
import type { StudioView } from '../../../../server/contract/studio.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useGet } from '../../shared/http/useGet.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useTopic } from '../../shared/realtime/context.ts';
import { go, Link } from '../../shared/router.tsx';
import { Button } from '../../shared/ui/Button.tsx';
import { Failed } from '../../shared/ui/Failed.tsx';
import { downloadDocuments } from '../files.ts';
import { idFrom } from '../ids.ts';
import { StudioNav } from '../StudioNav.tsx';
import { anyText, isPlain, plainList, str, textIn } from '../texts.ts';
import { DocumentForm } from './DocumentForm.tsx';
import styles from './DocumentsPage.module.css';
import type { FormTools } from './formTools.ts';
import { freshDocument } from './shapes.ts';

interface Props {
  readonly kind: string | undefined;
  readonly id: string | undefined;
}
const SINGLE = SITE_DOCUMENT_KINDS.filter((kind) => kind !== 'article' && kind !== 'calendarYear');

/** Arrows go through the list, past what is an hour of Tab. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button, input')];
  const here = entries.findIndex((each) => each === event.target);
  entries[here + by]?.focus();
  event.preventDefault();
}

/** What the organisation writes down besides scripts: lists to the left, the document chosen to the right. */
export default function DocumentsPage({ kind: wanted, id }: Props) {
  const { t } = useTranslation('documents');
  const words = useErrorWords();
  const { value: rows, fault, again } = useGet<readonly SiteDocumentRow[]>('/site-documents');
  const [exportFault, setExportFault] = useState<string>();
  const [search, setSearch] = useState('');
  const [choices, readTopics] = useChoices();
  useEffect(readTopics, [readTopics]);
  const read = (): void => {
    again();
    readTopics();
  };
  const exportAll = (): void => {
    setExportFault(undefined);
    downloadDocuments().catch((cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      setExportFault(cause.code);
    });
  };
  const problem = exportFault ?? fault;
  const kind = SITE_DOCUMENT_KINDS.find((each) => each === wanted);
  const row = rows?.find((each) => each.kind === kind && each.id === id);
  const fits = ({ title }: SiteDocumentRow): boolean =>
    title.toLocaleLowerCase('ru').includes(search.trim().toLocaleLowerCase('ru'));
  const listed = (rows ?? []).filter((each) => each.kind === 'article' && fits(each));
  const years = (rows ?? []).filter((each) => each.kind === 'calendarYear');
  const isFresh = rows !== undefined && !row && id !== undefined;
  return (
    <div className={styles['page']}>
      <StudioNav current="documents">
        {rows && problem !== undefined && <p role="alert">{words(problem)}</p>}
        <Button kind="quiet" onClick={exportAll}>
          {t('file.all')}
        </Button>
      </StudioNav>
      <div className={styles['work']}>
        <nav className={styles['kinds']} aria-label={t('title')} onKeyDown={walk}>
          <ul>
            {SINGLE.map((each) => (
              <Entry key={each} kind={each} id={each} title={t(`kind.${each}`)} chosen={kind === each} />
            ))}
            {years.map((each) => (
              <Entry
                key={each.id}
                {...each}
                title={t('yearOf', { year: each.id })}
                chosen={kind === each.kind && id === each.id}
              />
            ))}
            {rows && (
              <li>
                <button type="button" onClick={() => go(`/studio/documents/calendarYear/${nextYear(years)}`)}>
                  <IconPlus size={16} aria-hidden /> {t('addYear', { year: nextYear(years) })}
                </button>
              </li>
            )}
          </ul>
          <header>
            <h2>{t('kind.article')}</h2>
            {rows && (
              <button type="button" onClick={() => go(`/studio/documents/article/${freeArticle(rows)}`)}>
                <IconPlus size={16} aria-hidden /> {t('addArticle')}
              </button>
            )}
          </header>
          <input
            type="search"
            aria-label={t('findArticle')}
            placeholder={t('findArticle')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <ul>
            {listed.map((each) => (
              <Entry key={each.id} {...each} chosen={kind === 'article' && id === each.id} />
            ))}
          </ul>
        </nav>
        {rows && kind && id !== undefined ? (
          <DocumentForm
            key={`${kind}/${id}`}
            kind={kind}
            id={id}
            title={
              kind === 'article'
                ? (row?.title ?? '')
                : kind === 'calendarYear'
                  ? t('yearOf', { year: id })
                  : t(`kind.${kind}`)
            }
            fresh={isFresh && (kind === 'article' || kind === 'calendarYear') ? freshDocument(kind, id) : undefined}
            choices={choices}
            onSaved={read}
          />
        ) : (
          <div className={styles['empty']}>
            {!rows && fault !== undefined ? <Failed onAgain={read}>{words(fault)}</Failed> : t('choose')}
          </div>
        )}
      </div>
    </div>
  );
}

function Entry(props: {
  readonly kind: SiteDocumentKind;
  readonly id: string;
  readonly title: string;
  readonly chosen: boolean;
  readonly removed?: boolean;
}) {
  const { t } = useTranslation('documents');
  return (
    <li>
      <Link
        href={`/studio/documents/${props.kind}/${encodeURIComponent(props.id)}`}
        aria-current={props.chosen ? 'page' : undefined}
      >
        {props.title}
        {props.removed === true && <small> {t('removed')}</small>}
      </Link>
    </li>
  );
}

const nextYear = (years: readonly SiteDocumentRow[]): string =>
  String(Math.max(new Date().getFullYear() - 1, ...years.map(({ id }) => Number(id))) + 1);
const freeArticle = (rows: readonly SiteDocumentRow[]): string =>
  idFrom(
    'статья',
    rows.map(({ id }) => id),
  );

/** What fields choose from: topics, situations and profiles as they are in use, and the scripts. */
function useChoices(): readonly [FormTools['choices'], () => void] {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'ru';
  const [topics, setTopics] = useState<unknown>();
  const scripts = useTopic<StudioView>('studio')?.scripts;
  const read = useCallback(() => {
    api<SiteDocumentView>('/site-documents/topics/topics').then(
      ({ content }) => setTopics(content),
      (cause: unknown) => {
        // Without the list a field still shows the code that it holds.
        if (!(cause instanceof ApiProblem)) throw cause;
      },
    );
  }, []);
  const choices = useMemo(() => {
    const of = (key: string) =>
      plainList(isPlain(topics) ? topics[key] : undefined).map((each) => ({
        value: str(each['id']),
        label: textIn(each['label'], language) || anyText(each['label']),
      }));
    return {
      topics: of('topics'),
      situations: of('situations'),
      profiles: of('profiles'),
      scripts: (scripts ?? []).map(({ scriptId, title }) => ({ value: scriptId, label: title })),
    };
  }, [topics, scripts, language]);
  return [choices, read];
}
