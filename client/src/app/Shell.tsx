import { createElement, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BASE } from '../shared/base.ts';
import { go, usePath } from '../shared/router.tsx';
import { useStore } from '../shared/store.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { componentOf, remindersNow } from './loadPage.ts';
import { pageOf, pagesFor } from './pages.ts';
import { PageFault } from './PageFault.tsx';
import { Rail } from './Rail.tsx';
import { useSession, useSite, useWording } from './session.ts';
import styles from './Shell.module.css';

/** The frame of every page: the rail, the state of the connection, and the page itself. */
export function Shell() {
  const { session } = useSession();
  const path = usePath();
  const demo = useSite().demo !== undefined;
  const mine = useMemo(() => pagesFor(session.user.roles, demo), [session.user.roles, demo]);
  const page = pageOf(path);
  const first = mine[0];
  const content = useMemo(() => page && createElement(componentOf(page)), [page]);
  const reminders = useMemo(() => {
    if (!page || page.reminders === 'own' || page.reminders === 'none') return null;
    return createElement(remindersNow(), { withPromises: page.reminders === undefined });
  }, [page]);
  // Inside a rehearsal the page stands in another page, which has the rail.
  const withRail = page?.frame === 'rail' && BASE === '';
  const elsewhere = !page || !mine.includes(page);
  useEffect(() => {
    if (elsewhere && first) go(`/${first.id}`, { replace: true });
  }, [elsewhere, first]);
  if (elsewhere) return first ? null : <NothingHere />;
  return (
    <div className={styles['shell']} data-frame={withRail ? 'rail' : 'bare'}>
      {withRail && <Rail pages={mine} current={page} />}
      <div className={styles['page']}>
        <PageFault key={page.id}>
          <Suspense fallback={<div className={styles['wait']} aria-busy="true" />}>{content}</Suspense>
        </PageFault>
      </div>
      <Suspense>{reminders}</Suspense>
      <LinkBanner />
    </div>
  );
}

/** Over the page, so that nothing moves when the connection comes and goes. */
function LinkBanner() {
  const { t } = useTranslation();
  const wording = useWording();
  const connection = useConnection();
  const link = useStore(connection.link);
  const unanswered = useStore(connection.unanswered);
  // The demonstration exchange is a part of the server: with it calls end.
  const what = useSite().demo === undefined ? 'link.whatToDo' : 'link.whatToDoDemo';
  if (link.status !== 'offline') return null;
  return (
    <div className={styles['banner']} role="alert">
      <strong>{t('link.lost', { time: wording.timeExact(link.since) })}</strong>
      <span>{unanswered > 0 ? t('link.unanswered', { count: unanswered }) : t(what)}</span>
    </div>
  );
}

function NothingHere() {
  const { t } = useTranslation();
  const { signOut } = useSession();
  return (
    <main className={styles['nothing']}>
      <h1>{t('noPages.title')}</h1>
      <p>{t('noPages.what')}</p>
      <button type="button" onClick={signOut}>
        {t('rail.signOut')}
      </button>
    </main>
  );
}
