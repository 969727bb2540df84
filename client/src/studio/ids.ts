const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ы: 'y',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** Addresses of the studio's own pages: a script may not be called so. */
const RESERVED = ['inbox', 'documents'];

/** Words as an id, perhaps '': «Приём в сад» → `priem-v-sad`. */
export function slugOf(words: string): string {
  const latin = words.toLocaleLowerCase('ru').replaceAll(/[а-яё]/g, (letter) => LETTERS[letter] ?? '');
  return latin
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 50);
}

/** An id of a script from its Russian title, not among `taken`. */
export function idFrom(title: string, taken: readonly string[]): string {
  const base = slugOf(title) || 'script';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(id) && !RESERVED.includes(id)) return id;
  }
}
