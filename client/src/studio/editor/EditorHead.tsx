import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useConnection } from '../../shared/realtime/context.ts';
import { go, Link } from '../../shared/router.tsx';
import { useStore } from '../../shared/store.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { shortName } from '../../supervisor/words.ts';
import { useSession } from '../../app/session.ts';
import styles from '../Studio.module.css';
import { useDesk } from '../studioContext.ts';
import { scriptTitle, titleOf } from '../texts.ts';
import { stepOf } from './document.ts';
import { tabId } from './tab.ts';

export type Pane = 'outline' | 'graph' | 'walk' | 'source' | 'versions';
const PANES: readonly Pane[] = ['outline', 'graph', 'walk', 'source', 'versions'];

interface Props {
  readonly pane: Pane;
  readonly onPane: (pane: Pane) => void;
  readonly search: string;
  readonly onSearch: (text: string) => void;
}

/** Which script, how far it is, who else is in it; and how to look at it. */
export function EditorHead({ pane, onPane, search, onSearch }: Props) {
  const { t } = useTranslation('studio');
  const { session, open } = useDesk();
  const { draft } = open;
  return (
    <header className={styles['head']}>
      <div className={styles['row']}>
        <Link href="/studio" className={styles['icon']} aria-label={t('back')} title={t('back')}>
          <IconArrowLeft size={20} />
        </Link>
        <h1>{scriptTitle(open.script)}</h1>
        <span className={styles['quiet']}>
          {t(`state.${draft.review.state}`)}
          {draft.basedOn > 0 && `, ${t('basedOn', { number: draft.basedOn })}`}
        </span>
        <Saved />
        <span className={styles['space']} />
        <Others />
      </div>
      <div className={styles['row']}>
        <div role="tablist" className={styles['tabs']}>
          {PANES.map((each) => (
            <button key={each} type="button" role="tab" aria-selected={pane === each} onClick={() => onPane(each)}>
              {t(`panes.${each}`)}
            </button>
          ))}
        </div>
        <input
          id="studio-search"
          type="search"
          className={styles['search']}
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          onChange={(event) => onSearch(event.currentTarget.value)}
        />
        <span className={styles['space']} />
        <button
          type="button"
          className={styles['icon']}
          disabled={!open.canUndo}
          aria-label={t('undo')}
          title={`${t('undo')} (Ctrl+Z)`}
          onClick={session.undo}
        >
          <IconArrowBackUp size={20} />
        </button>
        <button
          type="button"
          className={styles['icon']}
          disabled={!open.canRedo}
          aria-label={t('redo')}
          title={`${t('redo')} (Ctrl+Shift+Z)`}
          onClick={session.redo}
        >
          <IconArrowForwardUp size={20} />
        </button>
        <Button kind="quiet" icon={<IconPrinter size={18} />} onClick={() => go(`/studio/${draft.scriptId}/book`)}>
          {t('book.open')}
        </Button>
      </div>
      <Problem />
    </header>
  );
}

function Saved() {
  const { t } = useTranslation('studio');
  const { open } = useDesk();
  const link = useStore(useConnection().link);
  if (open.unsent > 0)
    return (
      <span role="status" className={link.status === 'online' ? styles['quiet'] : styles['amber']}>
        {t(link.status === 'online' ? 'saving' : 'keptHere')}
      </span>
    );
  if (open.draft.storage === 'memory')
    return (
      <span role="status" className={styles['amber']}>
        {t('notOnDisk')}
      </span>
    );
  return <span className={styles['quiet']}>{t('saved')}</span>;
}

function Others() {
  const { t } = useTranslation('studio');
  const { open, choose } = useDesk();
  const { session } = useSession();
  const mine = tabId();
  const others = open.draft.present.filter((each) => each.tabId !== mine);
  return (
    <span className={styles['others']} aria-label={t('present')}>
      {others.map(({ tabId: tab, name, personId, stepId }) => (
        <button
          key={tab}
          type="button"
          disabled={stepId === null}
          title={stepId === null ? name : titleOf(stepOf(open.script, stepId), stepId)}
          onClick={() => choose(stepId ?? undefined)}
        >
          {personId === session.user.id ? t('otherTab') : shortName(name)}
        </button>
      ))}
    </span>
  );
}

function Problem() {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const { open, session } = useDesk();
  if (!open.problem) return null;
  return (
    <p role="alert" className={styles['problem']}>
      {t([`refused.${open.problem.code.replace('studio.', '')}`, 'refused.other'], {
        ...open.problem.details,
        words: words(open.problem.code, open.problem.details),
      })}
      <Button kind="quiet" onClick={session.forget}>
        {t(open.unsent > 0 ? 'dropMine' : 'understood')}
      </Button>
    </p>
  );
}
