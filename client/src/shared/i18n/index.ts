import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import commonRu from './ru/common.ts';

/**
 * Words of the screen: one file per page and language, `ru/<page>.ts` and `en/<page>.ts`, read when the page is.
 * A page says `useTranslation('<page>')`. Whoever adds a page adds both files; a test compares their keys. What grows
 * too long for one is split by place on the screen, into a folder of the page's name beside it.
 */
const files = import.meta.glob<{ default: object }>('./{ru,en}/*.ts');

export type ScreenLanguage = 'ru' | 'en';
const KEPT_AS = 'screen.language';

export const screenLanguage = (): ScreenLanguage => (localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'ru');

const words = createInstance();
let started: Promise<void> | undefined;

/** Makes the words ready; calling it again gives the same promise. */
export const startWords = (): Promise<void> => (started ??= start());

async function start(): Promise<void> {
  await words
    .use(initReactI18next)
    .use({
      type: 'backend' as const,
      read: async (language: string, page: string) => (await files[`./${language}/${page}.ts`]?.())?.default ?? {},
    })
    .init({
      lng: screenLanguage(),
      fallbackLng: 'ru',
      ns: ['common'],
      defaultNS: 'common',
      resources: { ru: { common: commonRu } },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  document.documentElement.lang = words.language;
  // Chosen in another tab, or around a rehearsal's panel.
  window.addEventListener('storage', ({ key }) => {
    if (key === KEPT_AS) void changeLanguage(screenLanguage());
  });
}

/** Reads the words of a page ahead of drawing it: the file is asked for at once, whatever else is still on its way. */
export async function loadWords(page: string): Promise<void> {
  const file = files[`./${screenLanguage()}/${page}.ts`]?.();
  await startWords();
  await file;
  await words.loadNamespaces(page);
}

export async function changeLanguage(language: ScreenLanguage): Promise<void> {
  localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language;
  await words.changeLanguage(language);
}
