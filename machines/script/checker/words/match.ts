import type { WordList } from './lists.ts';
import { plainWord, stemOf } from './stems.ts';
import type { Word } from './stems.ts';

export interface Match {
  readonly heard: string;
  readonly instead: string;
}

/** One place of a phrase: exact forms, or any form of one of the words. Capitals alone match capitals alone. */
interface Slot {
  readonly exact: ReadonlySet<string> | undefined;
  readonly stems: ReadonlySet<string>;
  readonly isAbbreviation: boolean;
}
interface Phrase {
  readonly slots: readonly Slot[];
  readonly instead: string;
}

function slotOf(part: string): Slot {
  const forms = part.replace('=', '').split('|');
  const isAbbreviation = forms.every((form) => /^\p{Lu}{2,}$/u.test(form));
  return {
    exact: part.startsWith('=') ? new Set(isAbbreviation ? forms : forms.map(plainWord)) : undefined,
    stems: new Set(forms.map(stemOf)),
    isAbbreviation,
  };
}

/** Phrases of a list by what their first word can be: a root, an exact form, or an abbreviation as written. */
interface Index {
  readonly byStem: ReadonlyMap<string, readonly Phrase[]>;
  readonly byForm: ReadonlyMap<string, readonly Phrase[]>;
}

const indexes = new WeakMap<WordList, Index>();
function indexOf(list: WordList): Index {
  const found = indexes.get(list);
  if (found) return found;
  const byStem = new Map<string, Phrase[]>();
  const byForm = new Map<string, Phrase[]>();
  for (const [heard, instead] of list.entries) {
    const slots = heard.replaceAll(',', ' ').split(/\s+/u).filter(Boolean).map(slotOf);
    const phrase = { slots, instead };
    const first = slots[0];
    const [index, keys] = first?.exact ? [byForm, first.exact] : [byStem, first?.stems ?? []];
    for (const key of keys) index.set(key, [...(index.get(key) ?? []), phrase]);
  }
  const made = { byStem, byForm };
  indexes.set(list, made);
  return made;
}

const fits = (slot: Slot, word: Word | undefined): boolean => {
  if (!word) return false;
  if (slot.isAbbreviation) return slot.exact?.has(word.written) ?? false;
  return slot.exact ? slot.exact.has(word.plain) : slot.stems.has(word.stem);
};

/** Words that stand inside a phrase without changing it: «ставлю вас в известность». */
const BETWEEN = new Set(
  'вас вам вы вами ваш ваша ваше ваши вашего вашему вашу его ее их нам нас мы мне меня я'.split(' '),
);

/** Where the phrase that begins at `start` ends, or undefined when it is not there. */
function endOf({ slots }: Phrase, words: readonly Word[], start: number): number | undefined {
  let at = start;
  for (const [index, slot] of slots.entries()) {
    if (index > 0 && !fits(slot, words[at]) && BETWEEN.has(words[at]?.plain ?? '')) at += 1;
    if (!fits(slot, words[at])) return undefined;
    at += 1;
  }
  return at;
}

/** Phrases of the list that occur among the words of one sentence, each once. */
export function matches(list: WordList, words: readonly Word[]): Match[] {
  const { byStem, byForm } = indexOf(list);
  const found = new Map<string, Match>();
  for (const [start, word] of words.entries()) {
    const capitals = word.written === word.plain ? undefined : byForm.get(word.written);
    const candidates = [byStem.get(word.stem), byForm.get(word.plain), capitals].flatMap((some) => some ?? []);
    for (const phrase of candidates) {
      const end = endOf(phrase, words, start);
      if (end === undefined) continue;
      const heard = words
        .slice(start, end)
        .map(({ written }) => written)
        .join(' ');
      if (!found.has(plainWord(heard))) found.set(plainWord(heard), { heard, instead: phrase.instead });
    }
  }
  return [...found.values()];
}
