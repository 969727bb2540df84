import { newStemmer } from 'snowball-stemmers';

const stemmer = newStemmer('russian');

/** Stems of one word that suffix stripping leaves apart, and diminutives that people say for the thing itself. */
const SAME_STEM: ReadonlyMap<string, string> = new Map([
  ['детьм', 'дет'],
  ['садик', 'сад'],
  ['школьник', 'школ'],
  ['школьн', 'школ'],
  ['приемн', 'прием'],
  ['при', 'прием'],
  ['ден', 'дн'],
  ['дня', 'дн'],
  ['дне', 'дн'],
  ['пис', 'письм'],
  ['зап', 'запис'],
  ['записа', 'запис'],
  ['запиш', 'запис'],
  ['льготник', 'льгот'],
  ['льготн', 'льгот'],
  ['экзаменацион', 'экзам'],
  ['лагерн', 'лагер'],
  ['жалова', 'жалоб'],
  ['пожалова', 'жалоб'],
]);

/** путёвка, путёвок; ребёнка, ребёнок: the vowel before the last к comes and goes. */
const withoutFleetingVowel = (stem: string): string =>
  stem.length > 4 ? stem.replace(/([бвгджзйклмнпрстфхцчшщ])[ое]к$/u, '$1к') : stem;

/** Words that carry no meaning of their own in a question. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'а без бы был была были быть в вам вас во вот вы где да для до его ее если есть еще же за и из или им их к как ' +
    'какая какие какой ко когда кто куда ли меня мне мой моя мы на надо нам нас не нет ни но ну нужно о об он она они от по под ' +
    'при про с со так там то тот у уже хочу что чтобы эта эти это этот я'
  ).split(' '),
);

/** Lower case, `ё` as `е`: people seldom type it. */
export const normalise = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** Words of a text: letters and digits; a hyphen parts. */
export const wordsOf = (text: string): string[] => normalise(text).match(/[\p{L}\p{N}]+/gu) ?? [];

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

const known = new Map<string, string>();
/** The unchanging part of a Russian word. Remembered: the same words come again and again. */
export function stemOf(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const raw = stemmer.stem(word);
  const stem = SAME_STEM.get(raw) ?? withoutFleetingVowel(raw);
  if (known.size > 50_000) known.clear();
  known.set(word, stem);
  return stem;
}
