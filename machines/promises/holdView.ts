import type { Instant, Language, Milliseconds, PromiseId } from '../vocabulary/index.ts';
import type { HoldBook } from './holdBook.ts';
import { holdPromise } from './holdPromise.ts';
import type { HoldContext } from './holdTypes.ts';

/** The hold promise of a call at this moment, as screens show it. */
export interface HoldView {
  readonly promiseId?: PromiseId;
  /** `unpromised`: the client waits and nobody has named a time; ask for it. */
  readonly state: 'named' | 'running' | 'overdue' | 'unpromised';
  readonly promisedMs?: Milliseconds;
  readonly heldAt?: Instant;
  readonly dueAt?: Instant;
  /** On disk. Until then the screen says so. */
  readonly saved: boolean;
  /** Named after a return, as more time: the client is asked anew, with an apology. */
  readonly prolongs?: true;
  /** More time is wished for: the client is asked for it after the return. */
  readonly moreMs?: Milliseconds;
  /** What to say on return. */
  readonly returnLine: string;
}
export interface HoldWords {
  readonly language: Language;
  /** As the client is addressed: name and patronymic. */
  readonly clientName?: string;
  /** Everything about this hold is on disk. */
  readonly saved: boolean;
}

type Tone = 'thanks' | 'apology' | 'moreTime' | 'callback';
const RETURN_LINES: Readonly<Record<Language, Readonly<Record<Tone, string>>>> = {
  ru: {
    thanks: 'Спасибо за ожидание.',
    apology: 'Спасибо за ожидание. Приношу извинения: ждать пришлось дольше, чем было обещано.',
    moreTime: 'Спасибо за ожидание. Приношу извинения, мне нужно ещё немного времени. Вам удобно подождать?',
    callback: 'Спасибо за ожидание. Чтобы вам не ждать на линии, я перезвоню вам.',
  },
  en: {
    thanks: 'Thank you for waiting.',
    apology: 'Thank you for waiting. I am sorry it took longer than I promised.',
    moreTime: 'Thank you for waiting. I am sorry, I need a little more time. May I ask you to wait?',
    callback: 'Thank you for waiting. So that you need not stay on the line, I will call you back.',
  },
};

const toneOf = (context: HoldContext, overdue: boolean): Tone => {
  if (context.callbackId !== null) return 'callback';
  if (context.extension !== null || (context.prolongs !== null && context.heldAt === null)) return 'moreTime';
  return overdue || context.prolongs !== null ? 'apology' : 'thanks';
};

/** "Пётр Сергеевич, спасибо за ожидание." The first letter becomes small after a name in Russian and English alike. */
const addressed = (line: string, name: string | undefined): string =>
  name === undefined || name === '' ? line : `${name}, ${line.charAt(0).toLowerCase()}${line.slice(1)}`;

/** Nothing when the client does not wait and no time is named, and in the first instant of an unpromised hold. */
export const holdViewOf = (book: HoldBook, words: HoldWords): HoldView | undefined => {
  const { current } = book;
  if (current === null) return undefined;
  const { context } = current;
  const overdue = holdPromise.hasTag(current, 'overdue');
  const state = stateOf(context, overdue, holdPromise.hasTag(current, 'askForTime'));
  if (state === undefined) return undefined;
  return {
    ...(context.promiseId === null ? {} : { promiseId: context.promiseId }),
    state,
    ...(context.promisedMs === null ? {} : { promisedMs: context.promisedMs }),
    ...(context.heldAt === null ? {} : { heldAt: context.heldAt }),
    ...(context.dueAt === null ? {} : { dueAt: context.dueAt }),
    saved: words.saved,
    ...(context.prolongs === null ? {} : { prolongs: true }),
    ...(context.extension === null ? {} : { moreMs: context.extension.promisedMs }),
    returnLine: addressed(RETURN_LINES[words.language][toneOf(context, overdue)], words.clientName),
  };
};

const stateOf = (context: HoldContext, overdue: boolean, asked: boolean): HoldView['state'] | undefined => {
  if (context.promiseId === null) return asked ? 'unpromised' : undefined;
  if (context.heldAt === null) return 'named';
  return overdue ? 'overdue' : 'running';
};
