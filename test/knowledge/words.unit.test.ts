import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLatinLayout, inRussianLayout } from '../../server/knowledge/keyboard.ts';
import {
  lettersMissing,
  lettersOf,
  MOST_SLIPS,
  slipsForgiven,
  slipsToBeginning,
} from '../../server/knowledge/slips.ts';
import { stemOf, wordsOf } from '../../server/knowledge/words.ts';

describe('words', () => {
  it.each([
    ['ребёнок', 'ребёнка', 'ребёнку'],
    ['дети', 'детей', 'детьми'],
    ['путёвка', 'путёвок', 'путёвки'],
    ['справка', 'справок', 'справкой'],
    ['очередь', 'очереди', 'очередью'],
    ['письмо', 'писем', 'письма'],
    ['день', 'дня', 'дней'],
    ['запись', 'записаться', 'запишите'],
    ['приём', 'приёма', 'приёмная'],
    ['школа', 'школу', 'школьник'],
    ['экзамен', 'экзамены', 'экзаменационный'],
  ])('[KB-07] %s, %s and %s are one word', (...forms) => {
    expect(new Set(forms.map((form) => stemOf(wordsOf(form)[0] ?? ''))).size).toBe(1);
  });

  it('[KB-07] different words stay apart (canary)', () => {
    const stems = ['сад', 'школа', 'экзамен', 'лагерь', 'лицензия', 'жалоба'].map(stemOf);
    expect(new Set(stems).size).toBe(stems.length);
  });

  it('[KB-08] the keys lead there and back', () => {
    expect(inRussianLayout('ltncrbq cfl')).toBe('детский сад');
    expect(inRussianLayout('LTNCRBQ')).toBe('детский');
    expect(inLatinLayout('мл')).toBe('vk');
  });
});

describe('typing slips', () => {
  it.each([
    ['детский', 'детский', 0],
    ['детс', 'детский', 0],
    ['десткий', 'детский', 1],
    ['дтский', 'детский', 1],
    ['дестский', 'детский', 1],
    ['датский', 'детский', 1],
    ['датсккй', 'детский', 2],
    ['космос', 'детский', 3],
  ])('[KB-09] «%s» against «%s»: %i', (typed, word, expected) => {
    expect(slipsToBeginning(typed, word, 2)).toBe(expected);
  });

  it('[KB-09] agrees with the plain definition on any two words', () => {
    const letters = fc.string({ unit: fc.constantFrom('а', 'б', 'в', 'г'), maxLength: 9 });
    fc.assert(
      fc.property(letters, letters, (typed, word) => {
        expect(slipsToBeginning(typed, word, 2)).toBe(Math.min(3, plainSlips(typed, word)));
      }),
    );
  });

  it('[KB-09] the quick look at letters never hides a word within the slips forgiven', () => {
    const letter = fc.constantFrom(...'абвгдежзийклм'.split(''));
    const slip = fc.record({
      at: fc.nat({ max: 11 }),
      letter,
      kind: fc.constantFrom('lost', 'extra', 'other', 'swapped'),
    });
    const word = fc.string({ unit: letter, minLength: 4, maxLength: 12 });
    let near = 0;
    fc.assert(
      fc.property(word, fc.array(slip, { maxLength: 2 }), (meant, slips) => {
        const typed = slips.reduce(mistyped, meant);
        const most = slipsForgiven(typed.length);
        if (most === 0 || slipsToBeginning(typed, meant, most) > most) return;
        near += 1;
        expect(lettersMissing(lettersOf(typed), lettersOf(meant))).toBeLessThanOrEqual(most);
        const heads = lettersOf(typed.slice(0, most + 1)) & lettersOf(meant.slice(0, 2 * MOST_SLIPS + 2));
        expect(heads).not.toBe(0);
      }),
      { numRuns: 500 },
    );
    expect(near).toBeGreaterThan(250);
  });
});

const mistyped = (word: string, { at, letter, kind }: { at: number; letter: string; kind: string }): string => {
  const [before, here, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
  if (kind === 'lost') return before + next + after;
  if (kind === 'extra') return before + letter + here + next + after;
  return kind === 'other' ? before + letter + next + after : before + next + here + after;
};

/** Least slips between `typed` and any beginning of `word`, by the textbook definition. */
const plainSlips = (typed: string, word: string): number => {
  const known = new Map<string, number>();
  const between = (i: number, j: number): number => {
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let least = i + j;
    if (i > 0 && j > 0) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      least = Math.min(between(i - 1, j) + 1, between(i, j - 1) + 1, between(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        least = Math.min(least, between(i - 2, j - 2) + 1);
    }
    known.set(key, least);
    return least;
  };
  return Math.min(
    ...Array.from({ length: Math.min(word.length, typed.length + 2) + 1 }, (_, j) => between(typed.length, j)),
  );
};
