import { lazy, Suspense, useEffect } from 'react';
import { whenIdle } from '../../shared/whenIdle.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { usePanel } from '../panelContext.ts';
import { useActions } from '../useActions.ts';

const load = () => import('./dialogs.tsx');
const OpenDialog = lazy(load);

/** Dialogs are read apart from the panel's first load, as soon as the browser has nothing better to do. */
export function DialogHost() {
  const { ui, setUi } = usePanel();
  const actions = useActions();
  /** The client hung up, or went on with a colleague: there is nobody to transfer any more. */
  const isOver = ui.dialog === 'transfer' && actions.transfer === undefined;
  useEffect(() => whenIdle(() => void load().catch(() => undefined)), []);
  useEffect(() => {
    if (isOver) setUi({ dialog: undefined });
  }, [isOver, setUi]);
  if (ui.dialog === undefined || isOver) return null;
  return (
    <>
      <HoldKeys />
      <Suspense fallback={null}>
        <OpenDialog name={ui.dialog} />
      </Suspense>
    </>
  );
}

/** From the very key that opens a dialog: what is typed next is not meant for the page below. */
function HoldKeys() {
  useHotkeys({}, { modal: true });
  return null;
}
