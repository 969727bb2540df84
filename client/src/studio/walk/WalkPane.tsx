import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WalkEvent, WalkView } from '../../../../server/contract/studio.ts';
import { useErrorWords, type ErrorDetails } from '../../shared/i18n/errors.ts';
import { useConnection } from '../../shared/realtime/context.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { WalkStage } from '../../shared/walk/WalkStage.tsx';
import { useDesk } from '../studioContext.ts';
import styles from './WalkPane.module.css';

const FACTS = ['holdNamed', 'held', 'resumed', 'holdOverdue', 'callbackPromised', 'transferRefused', 'clientHungUp'];

/** The draft walked as a conversation: where the walk is, there is the form of its step, and what is written is heard at once. */
export default function WalkPane() {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const connection = useConnection();
  const { open, choose } = useDesk();
  const { scriptId, revision } = open.draft;
  const [walk, setWalk] = useState<WalkView>();
  const [outside, setOutside] = useState(false);
  const [fault, setFault] = useState<{ code: string; details?: ErrorDetails }>();
  const state = useRef<WalkView['state']>(undefined);
  const go = useCallback(
    async (event?: WalkEvent): Promise<void> => {
      const known = outside ? { workingHours: false } : {};
      const asked = { scriptId, version: 'draft', known, ...(event ? { event } : {}) };
      let result = await connection.send('studio.walk', {
        ...asked,
        ...(state.current ? { state: state.current } : {}),
      });
      // The step on which the walk stood is gone: it begins anew.
      if (!result.ok && result.error.code === 'studio.walkState') result = await connection.send('studio.walk', asked);
      setFault(result.ok ? undefined : result.error);
      if (!result.ok) return;
      const view = result.value as WalkView;
      state.current = view.state;
      setWalk(view);
    },
    [connection, scriptId, outside],
  );
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect
    void go();
    // The revision is not sent, but the words change with it.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [go, revision]);
  const stepId = walk?.view.stepId;
  const isOwn = open.script.steps.some(({ id }) => id === stepId);
  useEffect(() => {
    if (stepId !== undefined && isOwn) choose(stepId);
    // Only when the walk goes on: whoever looks at another step meanwhile is left there.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [stepId, isOwn]);
  const restart = (): void => {
    state.current = undefined;
    void go();
  };
  return (
    <div className={styles['pane']}>
      <header>
        <Button kind="quiet" onClick={restart}>
          {t('walk.restart')}
        </Button>
        <label>
          <input
            type="checkbox"
            checked={outside}
            onChange={(event) => {
              state.current = undefined;
              setOutside(event.currentTarget.checked);
            }}
          />
          {t('preview.outside')}
        </label>
      </header>
      {fault && (
        <p role="alert" className={styles['fault']}>
          {fault.code === 'studio.errors' ? t('preview.broken') : words(fault.code, fault.details)}
        </p>
      )}
      {walk && <WalkStage walk={walk} onEvent={(event) => void go(event)} facts={FACTS} />}
    </div>
  );
}
