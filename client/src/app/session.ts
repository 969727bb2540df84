import { createContext, useContext } from 'react';
import type { CodedLabel, SessionView, SettingsView } from '../../../server/contract/rest.ts';
import { api, ApiProblem } from '../shared/http/api.ts';
import { createWording, type Wording } from '../shared/time/format.ts';

export interface Site extends SettingsView {
  /** Times and dates in the site's zone and the screen's language. */
  readonly wording: Wording;
  /** What people call the topic, result or reason with this code; a code that is not known any more stays itself. */
  readonly nameOf: (kind: 'topics' | 'dispositions' | 'pauseReasons', code: string) => string;
}
export interface SessionTools {
  readonly session: SessionView;
  readonly signOut: () => void;
}

export const SiteContext = createContext<Site | undefined>(undefined);
export const SessionContext = createContext<SessionTools | undefined>(undefined);

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (!site) throw new Error('no site above this component');
  return site;
}
export const useWording = (): Wording => useSite().wording;

export function useSession(): SessionTools {
  const tools = useContext(SessionContext);
  if (!tools) throw new Error('nobody is signed in above this component');
  return tools;
}

/** A device without a keyboard: its address once carries its token, `/wallboard#token=…`, which becomes the cookie. */
async function enterByToken(): Promise<void> {
  const token = /^#token=([\w.~-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, '', location.pathname);
  await api<void>('/session/token', { method: 'POST', body: { token } }).catch((fault: unknown) => {
    // A token that is over: whoever stands there signs in by hand.
    if (!(fault instanceof ApiProblem && fault.status === 401)) throw fault;
  });
}

/** The session of the cookie; undefined when nobody is signed in. */
export async function readSession(): Promise<SessionView | undefined> {
  await enterByToken();
  return api<SessionView | undefined>('/session');
}
export const readSettings = (): Promise<SettingsView> => api<SettingsView>('/settings');
export const signIn = (login: string, password: string): Promise<SessionView> =>
  api<SessionView>('/session', { method: 'POST', body: { login, password } });
export const endSession = (): Promise<void> => api<void>('/session', { method: 'DELETE' });

export function siteOf(settings: SettingsView, language: 'ru' | 'en'): Site {
  const inLanguage = <One extends CodedLabel>(list: readonly One[]): readonly One[] =>
    language === 'en' ? list.map((one) => ({ ...one, label: one.en ?? one.label })) : list;
  const lists = {
    topics: inLanguage(settings.topics ?? []),
    dispositions: inLanguage(settings.dispositions),
    pauseReasons: inLanguage(settings.pauseReasons),
  };
  return {
    ...settings,
    ...lists,
    wording: createWording(language, settings.timeZone),
    nameOf: (kind, code) => lists[kind].find((one) => one.code === code)?.label ?? code,
  };
}
