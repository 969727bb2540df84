import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RehearsalReplay as Replay } from '../../../server/contract/rehearsal.ts';
import { PanelScreen } from '../operator/PanelScreen.tsx';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { Link } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { useTimes } from './people.ts';
import { Steps, useArrows } from './RunReplay.tsx';
import stripStyles from './Rehearsal.module.css';
import styles from './Training.module.css';
import { Failed } from '../shared/ui/Failed.tsx';
import { useGet } from '../shared/http/useGet.ts';

/** A rehearsal looked at again, moment by moment, in the panel itself. */
export default function RehearsalReplay({ rehearsalId }: { readonly rehearsalId: string }) {
  const { t } = useTranslation('training');
  const words = useErrorWords();
  const { value: replay, fault, again } = useGet<Replay>(`/rehearsals/${rehearsalId}`);
  const { moment, length } = useTimes();
  const [index, setIndex] = useState(0);
  const last = (replay?.frames.length ?? 1) - 1;
  useArrows(setIndex, last);
  const frame = replay?.frames[index];
  const first = replay?.frames[0];
  useEffect(() => {
    // Terms on the panel are counted from the moment that is shown.
    if (frame) serverClock.learn(frame.view.serverNow);
  }, [frame]);
  if (fault !== undefined) return <Failed onAgain={again}>{words(fault)}</Failed>;
  if (!replay) return <p className={styles['wait']}>{t('wait')}</p>;
  return (
    <div className={stripStyles['replay']}>
      <header className={stripStyles['strip']}>
        <Link href="/training">{t('back')}</Link>
        <strong>{replay.title || t('results.rehearsal')}</strong>
        <span className={styles['quiet']}>
          {replay.personName}, {moment(replay.startedAt)}
        </span>
        {frame && first && <span className={styles['quiet']}>{length(frame.at - first.at)}</span>}
        <Steps index={index} last={last} onIndex={setIndex} />
      </header>
      <div className={stripStyles['panel']}>
        {frame ? (
          <PanelScreen
            readOnly
            view={frame.view}
            send={() => Promise.resolve({ ok: false, error: { code: 'training.replay' } })}
          />
        ) : (
          <p className={styles['wait']}>{t('replay.empty')}</p>
        )}
      </div>
    </div>
  );
}
