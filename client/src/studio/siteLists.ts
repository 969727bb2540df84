import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { SiteDocumentKind, SiteDocumentView } from '../../../server/contract/siteDocuments.ts';
import { api, ApiProblem } from '../shared/http/api.ts';
import { useSaid } from '../shared/i18n/said.ts';
import { anyText, isPlain, plainList, str, textIn, type Plain } from './texts.ts';

/** What the organisation keeps lists of and a script names by code: code → title in the language of the screen. */
export type SiteList = 'topics' | 'situations' | 'profiles' | 'contactPoints' | 'dispositions';
export type SiteLists = Readonly<Record<SiteList, ReadonlyMap<string, string>>>;

const NONE: ReadonlyMap<string, string> = new Map();
export const NO_LISTS: SiteLists = {
  topics: NONE,
  situations: NONE,
  profiles: NONE,
  contactPoints: NONE,
  dispositions: NONE,
};
export const SiteListsContext = createContext(NO_LISTS);
export const useSiteLists = (): SiteLists => useContext(SiteListsContext);

const KINDS = ['topics', 'contactPoints', 'dispositions'] as const satisfies readonly SiteDocumentKind[];

/** The lists as they are now; while they are not read, or cannot be, codes stand for themselves. */
export function useReadLists(): SiteLists {
  const said = useSaid();
  const [contents, setContents] = useState<Plain>({});
  useEffect(() => {
    for (const kind of KINDS)
      api<SiteDocumentView>(`/site-documents/${kind}/${kind}`).then(
        ({ content }) => setContents((before) => (isPlain(content) ? { ...before, ...content } : before)),
        (cause: unknown) => {
          if (!(cause instanceof ApiProblem)) throw cause;
        },
      );
  }, []);
  return useMemo(() => {
    const titles = (list: SiteList): ReadonlyMap<string, string> =>
      new Map(
        plainList(contents[list]).map((item) => {
          const title = item['label'] ?? item['title'];
          return [str(item['id']), said({ ru: anyText(title), en: textIn(title, 'en') || anyText(title) })];
        }),
      );
    return {
      topics: titles('topics'),
      situations: titles('situations'),
      profiles: titles('profiles'),
      contactPoints: titles('contactPoints'),
      dispositions: titles('dispositions'),
    };
  }, [contents, said]);
}
