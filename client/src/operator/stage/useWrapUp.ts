import { useEffect, useState } from 'react';
import type { DispositionLabel } from '../../../../server/contract/rest.ts';
import { useSite } from '../../app/session.ts';
import { drafts, useDraft } from '../drafts.ts';
import { useCall, useCommand, type CommandTools } from '../panelContext.ts';

/** A pause in typing after which the note is sent. */
const PAUSE_MS = 600;

export interface WrapUpForm extends Pick<CommandTools, 'busy' | 'refused' | 'forget'> {
  readonly note: string;
  readonly setNote: (text: string) => void;
  /** Results that a call of this direction can have. */
  readonly offered: readonly DispositionLabel[];
  readonly disposition: string | undefined;
  readonly pick: (code: string) => void;
  /** Whether the client's question is solved; null when nobody knows. */
  readonly solved: boolean | null;
  readonly setSolved: (solved: boolean | null) => void;
  /** What closing was tried without: a result, or the words that the result asks for. Asked for once. */
  readonly asked: 'result' | 'note' | undefined;
  readonly close: () => void;
}

/** How the call ended and what is worth noting: kept as typed, sent as it comes, closed by the operator or by time. */
export function useWrapUp(): WrapUpForm {
  const { callId, wrapUp, script, direction } = useCall();
  const site = useSite();
  const { send, busy, refused, forget } = useCommand();
  const [note, setNote, forgetNote] = useDraft(callId, 'note', wrapUp?.note ?? '');
  const [disposition, setDisposition] = useState(() => drafts.read(callId, 'disposition') ?? wrapUp?.disposition);
  const [solved, setSolved] = useState<boolean | null>(script?.step.ended?.satisfied ?? null);
  const [asked, setAsked] = useState<WrapUpForm['asked']>();
  const offered = site.dispositions.filter(({ directions }) => directions?.includes(direction) ?? true);
  const result = site.dispositions.find(({ code }) => code === disposition);
  const known = result?.code;
  // What is chosen and typed goes to the server as it comes: the time may run out at any moment.
  useEffect(() => {
    const timer = setTimeout(() => {
      if (note !== (wrapUp?.note ?? '') || (known ?? null) !== (wrapUp?.disposition ?? null)) {
        void send('wrapUp.note', { callId, disposition: known ?? null, note });
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [note, known]);
  return {
    ...{ busy, refused, forget, note, setNote, solved, setSolved, asked, offered },
    disposition: known,
    pick(code) {
      drafts.write(callId, 'disposition', code);
      setDisposition(code);
      setAsked(undefined);
      const means = offered.find((one) => one.code === code)?.satisfied;
      if (means !== undefined) setSolved(means);
    },
    close() {
      if (known === undefined) {
        setAsked('result');
        return;
      }
      if (result?.noteRequired === true && note.trim() === '' && asked !== 'note') {
        setAsked('note');
        return;
      }
      void send('wrapUp.close', { callId, disposition: known, note, satisfied: solved }).then((result) => {
        if (result.ok) forgetNote();
      });
    },
  };
}
