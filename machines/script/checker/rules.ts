import { inversion, passives, verbalNouns } from './grammar.ts';
import { cut } from './sentence.ts';
import type { SentenceRule, TextRule } from './sentence.ts';
import type { Word } from './words/stems.ts';

/** Twenty words: a listener keeps no more of a sentence in mind to its end. */
const LONGEST_SENTENCE = 20;
const longSentence: SentenceRule = ({ text: sentence, words }) =>
  words.length > LONGEST_SENTENCE
    ? [
        {
          code: 'style.longSentence',
          message: {
            ru: `Длинная фраза, ${String(words.length)} слов: «${cut(sentence)}» (пп. 3.4.9, 3.5.2)`,
            en: `A long sentence, ${String(words.length)} words: «${cut(sentence)}» (3.4.9, 3.5.2)`,
          },
          suggestion: {
            ru: `Разделите на две: до ${String(LONGEST_SENTENCE)} слов в каждой`,
            en: `Divide it in two: up to ${String(LONGEST_SENTENCE)} words each`,
          },
        },
      ]
    : [];

/** About 14 characters a second are spoken calmly; eight seconds are one quiet breath. Commas let one take breath. */
const BREATH = 110;
const breath: SentenceRule = ({ text: sentence }) => {
  const longest = sentence
    .replaceAll('\u2060', '')
    .split(/[,;:—–!?.…()]+\s*/u)
    .sort((a, b) => b.length - a.length)[0];
  return longest !== undefined && longest.trim().length > BREATH
    ? [
        {
          code: 'style.breath',
          message: {
            ru: `На одном дыхании не сказать: «${cut(longest.trim())}» (п. 3.5.2)`,
            en: `Cannot be said in one breath: «${cut(longest.trim())}» (3.5.2)`,
          },
          suggestion: { ru: 'Поставьте точку или уберите лишнее', en: 'Put a full stop, or leave something out' },
        },
      ]
    : [];
};

/** A minute of listening without a pause to answer: the client loses the thread. About half of it is the bound. */
const LONGEST_TEXT = 420;
const longText: TextRule = (sounding) => {
  const length = sounding.replaceAll('\u2060', '').length;
  return length > LONGEST_TEXT
    ? [
        {
          code: 'style.longText',
          message: {
            ru: `Клиент слушает около ${String(Math.round(length / 14))} секунд подряд (п. 3.5.2)`,
            en: `The client listens for about ${String(Math.round(length / 14))} seconds on end (3.5.2)`,
          },
          suggestion: {
            ru: 'Разделите на шаги или спросите между частями, всё ли понятно',
            en: 'Divide it into steps, or ask between the parts whether all is clear',
          },
        },
      ]
    : [];
};

const negations: SentenceRule = ({ text: sentence, own }) => {
  const count = own.filter(({ plain }) => plain === 'не' || plain === 'ни' || plain === 'нет').length;
  return count >= 2
    ? [
        {
          code: 'style.negation',
          message: {
            ru: `Несколько отрицаний: «${cut(sentence)}» (п. 3.4.9)`,
            en: `Several negations: «${cut(sentence)}» (3.4.9)`,
          },
          suggestion: {
            ru: 'Скажите то же утвердительно: что есть и что можно',
            en: 'Say the same in the positive: what there is and what is possible',
          },
        },
      ]
    : [];
};

/** Words of a sentence that are said to fill a pause: they stand between commas («короче, приходите»). */
const FILLERS = /(?:^|[,:—–]\s*)(короче|смотрите|слушайте|понимаете|видите|знаете|значит|собственно|вообще|вот)\s*,/iu;
const fillers: SentenceRule = ({ ownText }) => {
  const found = FILLERS.exec(ownText)?.[1];
  return found === undefined
    ? []
    : [
        {
          code: 'style.interjection',
          message: {
            ru: `«${found}». Междометие или слово-паразит (п. 3.5.2)`,
            en: `«${found}». An interjection or a filler (3.5.2)`,
          },
          suggestion: { ru: 'Лучше: уберите', en: 'Better: leave it out' },
        },
      ];
};

/** Words that may return in a sentence without harm. */
const REPEATABLE = new Set(
  'номер номера номером который которая которые которого чтобы если когда пожалуйста можно нужно будет быть есть этот этого этой это ваш ваша ваше ваши вашего вашей вашу свой свою если или также сейчас только уже где как что кто'.split(
    ' ',
  ),
);
/** «позвонил или позвонила»: said so that it fits everyone. */
const isGenderPair = (a: string, b: string): boolean => a !== b && (`${a}а` === b || a === `${b}а`);

/** One word in two forms: one root, or all but the last letters alike where the root changes («запись», «записи»). */
function isSameWord(a: Word, b: Word): boolean {
  if (a.stem === b.stem) return a.stem.length >= 4;
  let alike = 0;
  while (alike < a.plain.length && a.plain[alike] === b.plain[alike]) alike += 1;
  return alike >= 5 && Math.max(a.plain.length, b.plain.length) - alike <= 2;
}

const tautology: SentenceRule = ({ own }) => {
  const weighty = own.filter(({ plain }) => plain.length >= 5 && !REPEATABLE.has(plain) && !/\d/.test(plain));
  for (const [index, word] of weighty.entries()) {
    const before = weighty.slice(0, index).find((one) => isSameWord(one, word));
    if (!before || isGenderPair(before.plain, word.plain)) continue;
    return [
      {
        code: 'style.tautology',
        message: {
          ru: `Повтор: «${before.written}» и «${word.written}» в одной фразе (п. 3.5.2)`,
          en: `Repetition: «${before.written}» and «${word.written}» in one sentence (3.5.2)`,
        },
        suggestion: { ru: 'Замените одно слово или уберите', en: 'Replace one of the words, or leave it out' },
      },
    ];
  }
  return [];
};

const capitals: TextRule = (_, written) => {
  const found = /(?<![\p{L}{.])\p{Lu}{6,}(?![\p{L}}])/u.exec(written)?.[0];
  return found === undefined
    ? []
    : [
        {
          code: 'style.capitals',
          message: { ru: `Слово заглавными: «${found}» (п. 3.4.9)`, en: `A word in capitals: «${found}» (3.4.9)` },
          suggestion: { ru: 'Пишите обычными буквами', en: 'Write it in ordinary letters' },
        },
      ];
};

const symbols: TextRule = (_, written) => {
  const found = /[*_#<>|\\^~=&%$@]|\/(?=\p{L})/u.exec(written.replace(/\{[^}]*\}/gu, ''))?.[0];
  return found === undefined
    ? []
    : [
        {
          code: 'style.symbol',
          message: {
            ru: `Специальный знак «${found}»: его не произнести (п. 3.4.9)`,
            en: `The sign «${found}» cannot be said aloud (3.4.9)`,
          },
          suggestion: {
            ru: 'Напишите словом: процент, номер, собака, или',
            en: 'Write it as a word: процент, номер, собака, или',
          },
        },
      ];
};

export const SENTENCE_RULES: readonly SentenceRule[] = [
  longSentence,
  breath,
  fillers,
  negations,
  tautology,
  passives,
  verbalNouns,
  inversion,
];
export const TEXT_RULES: readonly TextRule[] = [longText, capitals, symbols];
