import { createContext, useContext } from 'react';
import type { LooseStep } from '../../../server/contract/studio.ts';
import type { DraftSession, OpenDraft } from './editor/session.ts';
import type { FieldMap } from './editor/subjects.ts';
import type { TextLanguage } from './texts.ts';

/** One script open for work: what the panes of the editor share. */
export interface Desk {
  readonly session: DraftSession;
  readonly open: OpenDraft;
  readonly languages: readonly TextLanguage[];
  /** What the script asks for and writes down. */
  readonly fields: FieldMap;
  /** Id of the chosen step. */
  readonly chosen: string | undefined;
  readonly choose: (stepId: string | undefined) => void;
  /** The step that was just added here and has no name of its own yet. */
  readonly fresh: string | undefined;
  readonly setStep: (step: LooseStep) => void;
  readonly addStep: (after: string | null) => void;
  /** The step that was taken last, under an id of its own. */
  readonly pasteStep: (after: string | null) => void;
}
export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no script is open above this component');
  return desk;
}
