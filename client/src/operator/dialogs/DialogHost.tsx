import { lazy, Suspense, useEffect } from 'react';
import { whenIdle } from '../../shared/whenIdle.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { usePanel } from '../panelContext.ts';

const load = () => import('./dialogs.tsx');
const OpenDialog = lazy(load);

/** Dialogs are read apart from the panel's first load, as soon as the browser has nothing better to do. */
export function DialogHost() {
  const { ui } = usePanel();
  useEffect(() => whenIdle(() => void load().catch(() => undefined)), []);
  if (ui.dialog === undefined) return null;
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
