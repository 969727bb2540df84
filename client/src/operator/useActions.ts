import { usePanel } from './panelContext.ts';

/** What can be opened about the call at this moment; what is absent makes no sense now. */
export interface Actions {
  readonly hold?: () => void;
  readonly transfer?: () => void;
  readonly callback?: () => void;
  readonly history?: () => void;
  readonly help?: () => void;
}

/** Keys and buttons take the same list, so that they never disagree. */
export function useActions(): Actions {
  const { call, stage, setUi } = usePanel();
  if (!call || stage === 'idle' || stage === 'device') return {};
  const history = () => setUi({ dialog: 'history', about: call.inquiry.id });
  const callback = () => setUi({ dialog: 'callback' });
  const help = () => setUi({ dialog: 'askHelp' });
  const transfer = () => setUi({ dialog: 'transfer' });
  switch (stage) {
    case 'script':
      return { history, callback, help, transfer, hold: () => setUi({ naming: true }) };
    case 'naming':
    case 'consent':
      return { history, callback, help, transfer };
    case 'held':
      return { history, callback, help };
    case 'wrapUp':
      return { history, callback };
    case 'consulting':
    case 'transferring':
    case 'ringing':
      return { history };
  }
}
