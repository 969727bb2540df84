import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelView } from '../../../server/contract/panel.ts';
import { unlockSound } from '../shared/ui/sound.ts';
import { Announcer } from './Announcer.tsx';
import { Band } from './band/Band.tsx';
import { DialogHost } from './dialogs/DialogHost.tsx';
import { drafts } from './drafts.ts';
import { HotkeyRoot } from './hotkeys.tsx';
import { LineBar } from './bar/LineBar.tsx';
import { callInHand, stageOf } from './logic/stage.ts';
import { StatusStrip } from './bar/StatusStrip.tsx';
import { closedUi, PanelContext, type Panel, type PanelUi, type Send } from './panelContext.ts';
import { PanelKeys } from './PanelKeys.tsx';
import { Side } from './side/Side.tsx';
import { StageView } from './stage/StageView.tsx';
import styles from './PanelScreen.module.css';

interface Props {
  readonly view: PanelView;
  readonly send: Send;
  /** For a supervisor who looks on: keys and buttons do nothing. */
  readonly readOnly?: boolean;
}

/** The whole panel for one view: used by the operator, by the rehearsal and, read-only, by the supervisor. */
export function PanelScreen({ view, send, readOnly = false }: Props) {
  const { t } = useTranslation('operator');
  const call = callInHand(view);
  const [ui, setUi] = useUi(call?.callId);
  const stage = stageOf(view, ui.naming);
  useEffect(() => {
    if (!readOnly) drafts.keepOnly([...view.calls.map((one) => one.callId), 'panel']);
  }, [view.calls, readOnly]);
  const panel = useMemo<Panel>(
    () => ({ view, call, stage, send, ui, setUi, readOnly }),
    [view, call, stage, send, ui, setUi, readOnly],
  );
  return (
    <PanelContext value={panel}>
      <HotkeyRoot deaf={readOnly}>
        <div className={styles['panel']} inert={readOnly} onPointerDown={unlockSound} onKeyDown={unlockSound}>
          {!readOnly && <PanelKeys />}
          <LineBar />
          <main className={styles['stage']} aria-label={t('stage.label')}>
            <StageView />
          </main>
          <Side />
          <Band />
          <StatusStrip />
        </div>
        {!readOnly && <DialogHost />}
        {!readOnly && <Announcer />}
      </HotkeyRoot>
    </PanelContext>
  );
}

/** What is open belongs to its call: the next one begins clean. */
function useUi(callId: string | undefined): readonly [PanelUi, (change: Partial<PanelUi>) => void] {
  const [kept, setKept] = useState({ callId, ui: closedUi });
  const ui = kept.callId === callId ? kept.ui : closedUi;
  const setUi = useCallback(
    (change: Partial<PanelUi>) =>
      setKept((old) => ({ callId, ui: { ...(old.callId === callId ? old.ui : closedUi), ...change } })),
    [callId],
  );
  return [ui, setUi];
}
