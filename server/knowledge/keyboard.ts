/**
 * The Russian and the Latin keyboard, key by key, in the same order. Who types without looking at the screen types
 * `ltnbq cfl` for «детский сад»; the letters х ъ ж э б ю ё are punctuation of the Latin layout.
 */
const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю';
const LATIN_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>';

const toRussian = new Map<string, string>();
const toLatin = new Map<string, string>();
for (const [index, russian] of Array.from(RUSSIAN).entries()) {
  const latin = LATIN.charAt(index);
  toRussian.set(latin, russian);
  toRussian.set(LATIN_SHIFTED.charAt(index), russian);
  if (/[a-z]/u.test(latin)) toLatin.set(russian, latin);
}

const through = (text: string, keys: ReadonlyMap<string, string>): string =>
  Array.from(text, (character) => keys.get(character) ?? character).join('');

/** What the same keys give in the Russian layout. */
export const inRussianLayout = (text: string): string => through(text, toRussian);
/** What the same keys give in the Latin layout. */
export const inLatinLayout = (text: string): string => through(text.toLowerCase(), toLatin);
