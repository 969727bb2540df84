import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useConnection } from '../../shared/realtime/context.ts';
import { Link } from '../../shared/router.tsx';
import { useStore } from '../../shared/store.ts';
import { Failed } from '../../shared/ui/Failed.tsx';
import { takenStep } from './clipboard.ts';
import { freeId } from './document.ts';
import { Editor } from './Editor.tsx';
import { openDraft, type DraftSession } from './session.ts';
import { SiteListsContext, useReadLists } from '../siteLists.ts';
import { DeskContext, type Desk } from '../studioContext.ts';
import styles from '../Studio.module.css';
import { useFieldsOf } from './subjects.ts';
import { tabId } from './tab.ts';
import { languagesOf } from '../texts.ts';

const NO_STEPS: readonly LooseStep[] = [];

/** One script, open for work as long as the page is on screen. `stepId`: chosen at first. */
export function DraftPage({ scriptId, stepId }: { readonly scriptId: string; readonly stepId: string | undefined }) {
  const connection = useConnection();
  const [session, setSession] = useState<DraftSession>();
  useEffect(() => {
    // Whoever has the studio open is told of every change of a draft.
    const unwatch = connection.watch('studio');
    const made = openDraft(scriptId, tabId(), {
      connection,
      keep: localStorage,
      later(work, ms) {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    });
    // The session holds a wire: it is made when the page is on screen, not while it is drawn.
    // oxlint-disable-next-line react/set-state-in-effect
    setSession(made);
    return () => {
      unwatch();
      made.close();
    };
  }, [connection, scriptId]);
  return session ? <Opened session={session} stepId={stepId} /> : null;
}

function Opened({ session, stepId: first }: { readonly session: DraftSession; readonly stepId: string | undefined }) {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const open = useStore(session.state);
  const fault = useStore(session.fault);
  const [chosen, setChosen] = useState(first);
  const [fresh, setFresh] = useState<string>();
  const fields = useFieldsOf(open?.script.steps ?? NO_STEPS);
  const lists = useReadLists();
  const desk = useMemo((): Desk | undefined => {
    if (!open) return undefined;
    const choose = (stepId: string | undefined): void => {
      setChosen(stepId);
      setFresh((before) => (before === stepId ? before : undefined));
      session.here(stepId ?? null);
    };
    return {
      session,
      open,
      languages: languagesOf(open.script),
      fields,
      chosen,
      choose,
      fresh,
      setStep: (step) => session.edit({ op: 'setStep', step }),
      addStep(after) {
        const id = freeId(
          'step',
          open.script.steps.map((step) => step.id),
        );
        session.edit({ op: 'addStep', step: { id, kind: 'note', title: t('step.new') }, after });
        setFresh(id);
        choose(id);
      },
      pasteStep(after) {
        const taken = takenStep();
        if (!taken) return;
        const ids = open.script.steps.map((step) => step.id);
        const id = ids.includes(taken.id) ? freeId(taken.id.replace(/-\d+$/, ''), ids) : taken.id;
        session.edit({ op: 'addStep', step: { ...taken, id }, after });
        choose(id);
      },
    };
  }, [open, session, fields, chosen, fresh, t]);
  if (fault !== undefined && !desk)
    return (
      <div className={styles['wait']}>
        <Failed onAgain={session.again}>
          {words(fault)} <Link href="/studio">{t('back')}</Link>
        </Failed>
      </div>
    );
  if (!desk) return <p className={styles['wait']}>{t('wait')}</p>;
  return (
    <SiteListsContext value={lists}>
      <DeskContext value={desk}>
        <Editor />
      </DeskContext>
    </SiteListsContext>
  );
}
