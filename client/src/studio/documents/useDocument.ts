import { useCallback, useEffect, useState } from 'react';
import type {
  DocumentFault,
  ReadDocument,
  SaveDocumentResult,
  SiteDocumentKind,
  SiteDocumentView,
} from '../../../../server/contract/siteDocuments.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useConnection } from '../../shared/realtime/context.ts';
import { isPlain, keptPlain, type Plain } from '../texts.ts';

export interface OpenDocument {
  /** As it is in use; absent for a document that is not saved yet. */
  readonly saved: SiteDocumentView | undefined;
  readonly revision: number;
  readonly content: Plain;
  readonly isChanged: boolean;
  readonly faults: readonly DocumentFault[];
  readonly problem: string | undefined;
  readonly edit: (next: Plain) => void;
  /** A file of the library folder into the form; nothing is saved by it. */
  readonly take: (source: string) => Promise<void>;
  readonly drop: () => void;
  readonly save: (reason: string) => void;
  /** `siteDocument.restore` or `siteDocument.remove`. */
  readonly act: (name: string, input: object) => Promise<boolean>;
}

/** A document on its way, or the code of why it did not come. */
interface Reading {
  readonly document: OpenDocument | undefined;
  readonly problem: string | undefined;
  readonly again: () => void;
}

/** What was typed and not saved stays on this computer, as a draft of a script does. */
const keptAs = (kind: string, id: string): string => `studio.document.${kind}/${id}`;

/** One document open for work; `fresh` is what a new one begins with. */
export function useDocument(
  kind: SiteDocumentKind,
  id: string,
  fresh: Plain | undefined,
  onSaved: () => void,
): Reading {
  const connection = useConnection();
  const key = keptAs(kind, id);
  const [saved, setSaved] = useState<SiteDocumentView>();
  const [mine, setMine] = useState<Plain | undefined>(() => keptPlain(localStorage.getItem(key)));
  const [faults, setFaults] = useState<readonly DocumentFault[]>([]);
  const [problem, setProblem] = useState<string>();
  const isNew = fresh !== undefined;
  const read = useCallback(async () => {
    try {
      setSaved(await api<SiteDocumentView>(`/site-documents/${kind}/${encodeURIComponent(id)}`));
      setProblem((before) => (before === 'siteDocuments.conflict' ? before : undefined));
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      setProblem(cause.code);
    }
  }, [kind, id]);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect
    if (!isNew) void read();
  }, [isNew, read]);
  const again = (): void => void read();
  if (!saved && !fresh) return { document: undefined, problem, again };
  const stored = isPlain(saved?.content) ? saved.content : (fresh ?? {});
  const keep = (next: Plain | undefined): void => {
    setMine(next);
    if (next) localStorage.setItem(key, JSON.stringify(next));
    else localStorage.removeItem(key);
  };
  const act = async (name: string, input: object): Promise<boolean> => {
    const revision = saved?.revision ?? 0;
    const result = await connection.send(name, { kind, id, revision, ...input });
    setProblem(result.ok ? undefined : result.error.code);
    // What somebody saved meanwhile is read, and what is written here stays: saving again is a decision then.
    if (!result.ok) {
      if (result.error.code === 'siteDocuments.conflict') await read();
      return false;
    }
    const outcome = result.value as SaveDocumentResult;
    setFaults(outcome.saved ? [] : outcome.faults);
    if (!outcome.saved) return false;
    keep(undefined);
    await read();
    onSaved();
    return true;
  };
  const document: OpenDocument = {
    saved,
    revision: saved?.revision ?? 0,
    content: mine ?? stored,
    isChanged: (mine !== undefined && JSON.stringify(mine) !== JSON.stringify(stored)) || isNew,
    faults,
    problem,
    edit: keep,
    async take(source) {
      try {
        const path = `/site-documents/${kind}/${encodeURIComponent(id)}/file`;
        const file = await api<ReadDocument>(path, { method: 'POST', body: { source } });
        setProblem(undefined);
        setFaults(file.read ? [] : file.faults);
        if (file.read && isPlain(file.content)) keep(file.content);
      } catch (cause) {
        if (!(cause instanceof ApiProblem)) throw cause;
        setProblem(cause.code);
      }
    },
    drop() {
      keep(undefined);
      setFaults([]);
      setProblem(undefined);
    },
    save: (reason) => void act('siteDocument.save', { content: mine ?? stored, reason }),
    act,
  };
  return { document, problem, again };
}
