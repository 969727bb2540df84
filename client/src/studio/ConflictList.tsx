import { useTranslation } from 'react-i18next';
import type { DraftConflict } from '../../../server/contract/studio.ts';
import { Button } from '../shared/ui/Button.tsx';
import styles from './ConflictList.module.css';
import { stepOf } from './document.ts';
import { useMoment } from './moment.ts';
import { useDesk } from './studioContext.ts';
import { isPlain, titleOf } from './texts.ts';

/** Two different edits of one part: both are shown, somebody chooses. Until then the draft cannot go to review. */
export function ConflictList() {
  const { open } = useDesk();
  if (open.draft.conflicts.length === 0) return null;
  return (
    <div className={styles['list']}>
      {open.draft.conflicts.map((conflict) => (
        <One key={conflict.conflictId} conflict={conflict} />
      ))}
    </div>
  );
}

function One({ conflict }: { readonly conflict: DraftConflict }) {
  const { t } = useTranslation('studio');
  const moment = useMoment();
  const { session, open } = useDesk();
  const { conflictId, stepId, parts, byName, at } = conflict;
  const resolve = (step: unknown): void => void session.ask('studio.resolve', { conflictId, step });
  const title = stepId === '' ? t('conflict.head') : titleOf(stepOf(open.script, stepId), stepId);
  const mine = merged(conflict);
  return (
    <section role="alert" className={styles['conflict']}>
      <h3>{t('conflict.title', { title })}</h3>
      <p>{t('conflict.what', { name: byName, time: moment(at) })}</p>
      <div className={styles['sides']}>
        <Side title={t('conflict.theirs')} value={conflict.theirs} parts={parts} />
        <Side title={t('conflict.mine', { name: byName })} value={conflict.mine} parts={parts} />
      </div>
      <div className={styles['acts']}>
        <Button onClick={() => resolve(null)}>{t('conflict.keepTheirs')}</Button>
        {mine && <Button onClick={() => resolve(mine)}>{t('conflict.keepMine')}</Button>}
      </div>
    </section>
  );
}

/** The draft's step with the colliding parts as in the edit that waits; other parts stay as they are now. */
function merged({ theirs, mine, parts }: DraftConflict): Record<string, unknown> | undefined {
  if (!isPlain(mine)) return undefined;
  const next: Record<string, unknown> = isPlain(theirs) ? { ...theirs } : { ...mine };
  for (const part of parts) {
    const [key = ''] = part.split('.');
    if (key !== '') next[key] = mine[key];
  }
  return next;
}

function Side(props: { readonly title: string; readonly value: unknown; readonly parts: readonly string[] }) {
  const { t } = useTranslation('studio');
  const { value } = props;
  const keys = [...new Set(props.parts.map((part) => part.split('.')[0] ?? ''))];
  return (
    <div>
      <h4>{props.title}</h4>
      {isPlain(value) ? (
        keys.map((key) => <pre key={key}>{shown(key === '' ? value : value[key], t('conflict.nothing'))}</pre>)
      ) : (
        <p>{t('conflict.removed')}</p>
      )}
    </div>
  );
}
const shown = (value: unknown, nothing: string): string => {
  if (value === undefined) return nothing;
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, undefined, 2)
        .replaceAll(/[{}[\]",]/g, '')
        .trim();
};
