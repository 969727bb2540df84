import { createContext, useCallback, useContext, useState } from 'react';
import type { OperatorCommands } from '../../../server/contract/commands.ts';
import type { CallView, PanelView } from '../../../server/contract/panel.ts';
import type { CommandResult } from '../../../server/contract/protocol.ts';
import type { ArticleSummary } from '../../../server/contract/rest.ts';
import type { ErrorDetails } from '../shared/i18n/errors.ts';
import type { Stage } from './logic/stage.ts';

export type Send = <Name extends keyof OperatorCommands>(
  name: Name,
  input: OperatorCommands[Name],
) => Promise<CommandResult>;

export type DialogName =
  | 'transfer'
  | 'callback'
  | 'promises'
  | 'pause'
  | 'device'
  | 'noAnswer'
  | 'situations'
  | 'channels'
  | 'scripts'
  | 'restart'
  | 'history'
  | 'askHelp'
  | 'dial'
  | 'help';

/** What is open on this screen only; the server knows nothing of it. */
export interface PanelUi {
  readonly dialog: DialogName | undefined;
  /** The operator names a time to hold. */
  readonly naming: boolean;
  /** A prepared answer that stands in place of the line of this step; on other steps it is one key away. */
  readonly answer: { readonly article: ArticleSummary; readonly stepId: string | undefined } | undefined;
  /** The client on hold must be asked for this much more. */
  readonly moreMs: number | undefined;
  /** The step of which the author of the script has just been told. */
  readonly toldStep: string | undefined;
  /** Which inquiry or promise the open dialog is about. */
  readonly about: string | undefined;
}
export const closedUi: PanelUi = {
  dialog: undefined,
  naming: false,
  answer: undefined,
  moreMs: undefined,
  toldStep: undefined,
  about: undefined,
};

export interface Panel {
  readonly view: PanelView;
  readonly call: CallView | undefined;
  readonly stage: Stage;
  readonly send: Send;
  readonly ui: PanelUi;
  readonly setUi: (change: Partial<PanelUi>) => void;
  /** A supervisor looks on: everything is seen, nothing can be done. */
  readonly readOnly: boolean;
}

export const PanelContext = createContext<Panel | undefined>(undefined);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error('no panel above this component');
  return panel;
}

/** The call in hand; only on stages that have one. */
export function useCall(): CallView {
  const { call } = usePanel();
  if (!call) throw new Error('no call on this stage');
  return call;
}

export interface Refused {
  readonly code: string;
  readonly details: ErrorDetails;
}
export interface CommandTools {
  readonly send: Send;
  readonly busy: boolean;
  /** Why the last command of this place was refused. */
  readonly refused: Refused | undefined;
  /** Says in this place why something was not even asked for. */
  readonly refuse: (why: Refused) => void;
  readonly forget: () => void;
}

/** Commands of one place of the screen, so that a refusal is told where the person looks. */
export function useCommand(): CommandTools {
  const panel = usePanel();
  const [sending, setSending] = useState(0);
  const [refused, setRefused] = useState<Refused>();
  const sendNow = panel.send;
  const send = useCallback<Send>(
    async (name, input) => {
      setSending((count) => count + 1);
      setRefused(undefined);
      const result = await sendNow(name, input);
      setSending((count) => count - 1);
      if (!result.ok) setRefused({ code: result.error.code, details: result.error.details ?? {} });
      return result;
    },
    [sendNow],
  );
  return { send, busy: sending > 0, refused, refuse: setRefused, forget: () => setRefused(undefined) };
}
