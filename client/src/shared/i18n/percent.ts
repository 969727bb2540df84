/** As the page is written now; tests of parts have no page. */
export const isEnglish = (): boolean => 'document' in globalThis && document.documentElement.lang === 'en';

/** `61 %` in Russian, `61%` in English; the sign is never torn from its figure. */
export const inPercent = (figure: string | number): string => `${figure}${isEnglish() ? '' : '\u00a0'}%`;
