import { useTranslation } from 'react-i18next';

/** The address with the language of the screen: the server's words come in it, and are read again when it changes. */
export function useInLanguage(address: string): string {
  const { i18n } = useTranslation();
  return `${address}${address.includes('?') ? '&' : '?'}language=${i18n.language === 'en' ? 'en' : 'ru'}`;
}
