import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WalkView } from '../../../../server/contract/studio.ts';
import { useConnection } from '../../shared/realtime/context.ts';
import { useStore } from '../../shared/store.ts';
import styles from './Preview.module.css';
import { useDesk } from '../studioContext.ts';

const ASK_AFTER_MS = 150;

interface Shown {
  readonly stepId: string;
  readonly walk?: WalkView;
}

/** The step as the operator will see it, filled with an example. A draft that does not compile keeps its last good view. */
export function Preview({ stepId }: { readonly stepId: string }) {
  const { t } = useTranslation('studio');
  const connection = useConnection();
  const { open } = useDesk();
  const { scriptId, revision } = open.draft;
  const online = useStore(connection.link, (link) => link.status === 'online');
  const [outside, setOutside] = useState(false);
  const [shown, setShown] = useState<Shown>();
  const asked = useRef(0);
  useEffect(() => {
    if (!online) return;
    asked.current += 1;
    const mine = asked.current;
    const timer = setTimeout(() => {
      const known = outside ? { workingHours: false } : {};
      void connection.send('studio.preview', { scriptId, version: 'draft', stepId, known }).then((result) => {
        if (mine !== asked.current) return;
        if (result.ok) setShown({ stepId, walk: result.value as WalkView });
        else setShown((before) => (before?.stepId === stepId ? before : { stepId }));
      });
    }, ASK_AFTER_MS);
    return () => clearTimeout(timer);
    // The revision is not sent, but the line changes with it.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [connection, online, scriptId, revision, stepId, outside]);
  const { view, trialLines } = (shown?.stepId === stepId ? shown.walk : undefined) ?? {};
  return (
    <section className={styles['preview']} aria-label={t('preview.title')}>
      <header>
        <span>{t('preview.title')}</span>
        <label>
          <input type="checkbox" checked={outside} onChange={(event) => setOutside(event.currentTarget.checked)} />
          {t('preview.outside')}
        </label>
      </header>
      {view ? (
        <>
          {trialLines && <p className={styles['quiet']}>{t('trial.first')}</p>}
          <Lines lines={view.lines} />
          {trialLines && (
            <>
              <p className={styles['quiet']}>{t('trial.second')}</p>
              <Lines lines={trialLines} />
            </>
          )}
          {!online && <p className={styles['quiet']}>{t('preview.offline')}</p>}
          {view.lines.length === 0 && <p className={styles['quiet']}>{t('preview.silent')}</p>}
          {view.fields.length > 0 && (
            <p className={styles['quiet']}>{view.fields.map(({ label }) => `▢ ${label}`).join('   ')}</p>
          )}
          <ol className={styles['choices']}>
            {view.choices.map((choice) => (
              <li key={choice.id} data-off={!choice.enabled || undefined} title={choice.whyNot}>
                <kbd>{choice.key}</kbd> {choice.label}
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p className={styles['quiet']}>{t(shown ? 'preview.broken' : 'wait')}</p>
      )}
    </section>
  );
}

const Lines = ({ lines }: { readonly lines: readonly string[] }) =>
  lines.map((line) => (
    <p key={line} className={styles['line']}>
      «{line}»
    </p>
  ));
