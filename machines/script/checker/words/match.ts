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

const phrases = new WeakMap<WordList, readonly Phrase[]>();
function phrasesOf(list: WordList): readonly Phrase[] {
  const found = phrases.get(list);
  if (found) return found;
  const made = list.entries.map(([heard, instead]) => ({
    slots: heard.replaceAll(',', ' ').split(/\s+/u).filter(Boolean).map(slotOf),
    instead,
  }));
  phrases.set(list, made);
  return made;
}

const fits = (slot: Slot, word: Word | undefined): boolean => {
  if (!word) return false;
  if (slot.isAbbreviation) return slot.exact?.has(word.written) ?? false;
  return slot.exact ? slot.exact.has(word.plain) : slot.stems.has(word.stem);
};

/** Words that stand inside a phrase without changing it: «ставлю вас в известность». */
const BETWEEN = new Set('вас вам вы вами его ее их нам нас мы мне меня я'.split(' '));

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
  const found = new Map<string, Match>();
  for (const phrase of phrasesOf(list)) {
    for (let start = 0; start < words.length; start += 1) {
      const end = endOf(phrase, words, start);
      if (end === undefined) continue;
      const heard = words
        .slice(start, end)
        .map((word) => word.written)
        .join(' ');
      if (!found.has(plainWord(heard))) found.set(plainWord(heard), { heard, instead: phrase.instead });
      break;
    }
  }
  return [...found.values()];
}
