import { useHotkeys } from './hotkeys.tsx';
import { usePanel } from './panelContext.ts';
import { focusSearch } from './side/focusSearch.ts';
import { focusStage } from './stage/focusStage.ts';
import { useActions } from './useActions.ts';

/** Keys that mean the same wherever one is on the panel. Draws nothing. */
export function PanelKeys() {
  const { setUi, stage, view, send } = usePanel();
  const pause = () => (view.operator.state === 'ready' ? setUi({ dialog: 'pause' }) : void send('operator.ready', {}));
  const actions = useActions();
  const notice = view.notices[0];
  useHotkeys({
    search: focusSearch,
    tab: focusStage,
    help: () => setUi({ dialog: 'help' }),
    L: () => setUi({ dialog: 'promises' }),
    ...(notice && { Z: () => void send('notice.dismiss', { id: notice.id }) }),
    ...(actions.hold && { H: actions.hold }),
    ...(actions.transfer && { T: actions.transfer }),
    ...(actions.callback && { C: actions.callback }),
    ...(actions.history && { I: actions.history }),
    ...(actions.help && { S: actions.help }),
    ...((stage === 'idle' || stage === 'device') && {
      P: pause,
      D: () => setUi({ dialog: 'device' }),
      N: () => setUi({ dialog: 'dial' }),
    }),
  });
  return null;
}
