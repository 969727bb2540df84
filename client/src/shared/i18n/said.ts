import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Said } from '../../../../machines/script/localText.ts';

/** Words that come in both languages, in that of the screen. */
export function useSaid(): (said: Said) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'ru';
  return useCallback((said) => said[language], [language]);
}
