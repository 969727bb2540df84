import { useTranslation } from 'react-i18next';
import type { DraftConflict } from '../../../../server/contract/studio.ts';
import { Button } from '../../shared/ui/Button.tsx';
import styles from './ConflictList.module.css';
import { leaves, withPartsOf } from './conflictParts.ts';
import { stepOf } from './document.ts';
import { useMoment } from '../versions/moment.ts';
import { useDesk } from '../studioContext.ts';
import { isPlain, titleOf } from '../texts.ts';

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
  const current = stepId === '' ? open.script.head : stepOf(open.script, stepId);
  const mine = isPlain(conflict.mine)
    ? withPartsOf(current ?? conflict.mine, conflict.mine, current ? parts : [])
    : undefined;
  return (
    <section role="alert" className={styles['conflict']}>
      <h3>{t('conflict.title', { title })}</h3>
      <p>{t('conflict.what', { name: byName, time: moment(at) })}</p>
      <div className={styles['sides']}>
        <Side title={t('conflict.theirs')} value={conflict.theirs} other={conflict.mine} parts={parts} />
        <Side
          title={t('conflict.mine', { name: byName })}
          value={conflict.mine}
          other={conflict.theirs}
          parts={parts}
        />
      </div>
      <div className={styles['acts']}>
        <Button onClick={() => resolve(null)}>{t('conflict.keepTheirs')}</Button>
        {mine && <Button onClick={() => resolve(mine)}>{t('conflict.keepMine')}</Button>}
      </div>
    </section>
  );
}

interface SideProps {
  readonly title: string;
  readonly value: unknown;
  readonly other: unknown;
  readonly parts: readonly string[];
}

/** Only what differs within the colliding parts: the rest of a step would hide it. */
function Side({ title, value, other, parts }: SideProps) {
  const { t } = useTranslation('studio');
  const keys = new Set(parts.map((part) => part.split('.')[0] ?? ''));
  const against = leaves(other);
  const differing = [...leaves(value)].filter(
    ([place, text]) => (keys.has('') || keys.has(place.split('.')[0] ?? '')) && against.get(place) !== text,
  );
  return (
    <div>
      <h4>{title}</h4>
      {isPlain(value) ? differing.map(([place, text]) => <p key={place}>{text}</p>) : <p>{t('conflict.removed')}</p>}
      {isPlain(value) && differing.length === 0 && <p>{t('conflict.nothing')}</p>}
    </div>
  );
}
