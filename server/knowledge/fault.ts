import type { Said } from '../../machines/script/localText.ts';
import { AppError } from '../../machines/vocabulary/index.ts';

/** One thing wrong in one file of the library, in words for the person who edits the file. */
export interface LibraryFault {
  /** Path of the file as it was given or found. */
  readonly file: string;
  /** Line in the file, from 1, when it is known. */
  readonly line?: number;
  /** What is wrong and what is expected: commands tell it in Russian, the studio in the language of its screen. */
  readonly message: Said;
}

/** Either the value, or every fault that was found: a file is never half accepted. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly LibraryFault[] };

/** `knowledge/queue.md, строка 4: …` */
export const describeFault = (fault: LibraryFault): string =>
  fault.line === undefined
    ? `${fault.file}: ${fault.message.ru}`
    : `${fault.file}, строка ${fault.line}: ${fault.message.ru}`;

/** For callers that cannot go on without the value: `AppError` `library.faults` with all faults in its message. */
export const orThrow = <T>(loaded: Loaded<T>): T => {
  if (loaded.ok) return loaded.value;
  throw new AppError('library.faults', loaded.faults.map(describeFault).join('\n'), {
    kind: 'user',
    details: { count: loaded.faults.length, first: loaded.faults[0] ? describeFault(loaded.faults[0]) : '' },
  });
};
