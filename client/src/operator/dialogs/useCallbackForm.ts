import { useState } from 'react';
import type { Instant } from '../../../../machines/vocabulary/index.ts';
import type { CallView } from '../../../../server/contract/panel.ts';
import { useSite } from '../../app/session.ts';
import { useDraft } from '../drafts.ts';
import { formatPhone } from '../logic/phone.ts';
import { useCommand, usePanel, type Refused } from '../panelContext.ts';

export interface CallbackForm {
  readonly number: string;
  readonly setNumber: (text: string) => void;
  readonly name: string;
  readonly setName: (text: string) => void;
  readonly question: string;
  readonly setQuestion: (text: string) => void;
  readonly dueAt: Instant | undefined;
  readonly setDueAt: (dueAt: Instant) => void;
  /** It was tried: what is missing is marked. */
  readonly asked: boolean;
  /** The disk has not answered yet. */
  readonly busy: boolean;
  readonly refused: Refused | undefined;
  readonly promise: () => void;
}

/** What a promise to call back needs; typed texts survive a reload until the promise is given. */
export function useCallbackForm(call: CallView): CallbackForm {
  const { setUi } = usePanel();
  const { nameOf } = useSite();
  const { send, busy, refused } = useCommand();
  const { callId, client, inquiry } = call;
  const topic = inquiry.topic === undefined ? '' : nameOf('topics', inquiry.topic);
  const noted = call.script?.known.inquiry.question ?? topic;
  const [number, setNumber, forgetNumber] = useDraft(callId, 'callback.number', formatPhone(client.number));
  const [name, setName, forgetName] = useDraft(callId, 'callback.name', client.name ?? client.callerName);
  const [question, setQuestion, forgetQuestion] = useDraft(callId, 'callback.question', noted);
  const [dueAt, setDueAt] = useState<Instant>();
  const [asked, setAsked] = useState(false);
  return {
    ...{ number, setNumber, name, setName, question, setQuestion, dueAt, setDueAt, asked, busy, refused },
    promise() {
      setAsked(true);
      if (number.trim() === '' || question.trim() === '' || dueAt === undefined) return;
      const input = { callId, number: number.trim(), dueAt, question: question.trim(), clientName: name };
      void send('callback.promise', input).then((result) => {
        if (!result.ok) return;
        for (const forget of [forgetNumber, forgetName, forgetQuestion]) forget();
        // A client who would not wait is promised a call instead: there is no hold to name a time for any more.
        setUi({ dialog: undefined, naming: false });
      });
    },
  };
}
