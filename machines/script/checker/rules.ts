import type { Advice } from './style.ts';
import type { Word } from './words/stems.ts';
import { plainWord } from './words/stems.ts';

/** One sentence as it will sound, with all its words, and with those that the author wrote. */
export interface Sentence {
  readonly text: string;
  readonly words: readonly Word[];
  readonly own: readonly Word[];
  /** The text without what variables bring. */
  readonly ownText: string;
}
type SentenceRule = (sentence: Sentence) => readonly Advice[];
type TextRule = (sounding: string, written: string) => readonly Advice[];

const cut = (text: string): string => {
  const flat = text.replaceAll('\u2060', '');
  return flat.length > 60 ? `${flat.slice(0, 57)}…` : flat;
};

/** Twenty words: a listener keeps no more of a sentence in mind to its end. */
const LONGEST_SENTENCE = 20;
const longSentence: SentenceRule = ({ text: sentence, words }) =>
  words.length > LONGEST_SENTENCE
    ? [
        {
          code: 'style.longSentence',
          message: `Длинная фраза, ${String(words.length)} слов: «${cut(sentence)}» (пп. 3.4.9, 3.5.2)`,
          suggestion: `Разделите на две: до ${String(LONGEST_SENTENCE)} слов в каждой`,
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
          message: `На одном дыхании не сказать: «${cut(longest.trim())}» (п. 3.5.2)`,
          suggestion: 'Поставьте точку или уберите лишнее',
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
          message: `Клиент слушает около ${String(Math.round(length / 14))} секунд подряд (п. 3.5.2)`,
          suggestion: 'Разделите на шаги или спросите между частями, всё ли понятно',
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
          message: `Несколько отрицаний: «${cut(sentence)}» (п. 3.4.9)`,
          suggestion: 'Скажите то же утвердительно: что есть и что можно',
        },
      ]
    : [];
};

/** Words that may return in a sentence without harm. */
const REPEATABLE = new Set(
  'который которая которые которого чтобы если когда пожалуйста можно нужно будет быть есть этот этого этой это ваш ваша ваше ваши вашего вашей вашу свой свою если или также сейчас только уже где как что кто'.split(
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
        message: `Повтор: «${before.written}» и «${word.written}» в одной фразе (п. 3.5.2)`,
        suggestion: 'Замените одно слово или уберите',
      },
    ];
  }
  return [];
};

/** Verbs in -ся that are no passive: they say what someone does. */
const ACTIVE_REFLEXIVES = [
  'находиться остаться остаётся оставаться получиться получается удаться удаётся явиться обратиться обращаться',
  'связаться связывается вернуться возвращаться договориться постараться стараться нуждаться касаться касается',
  'хочется кажется случиться случается начаться начинается кончается закончиться продолжается меняется изменится',
  'учиться учится заниматься занимается бояться беспокоиться сомневаться ошибиться представиться записаться',
  'подняться приходится придётся требуется понадобится потребуется откроется открывается закрывается состоится',
  'хранится длится готовится нравится надеяться появится появляется работается остаётся',
]
  .join(' ')
  .split(' ')
  .map(plainWord);
const activeStems = new Set(
  ACTIVE_REFLEXIVES.map((word) => word.replace(/(?:ться|тся|тесь|шься|ется|ится|ются|ятся|ся|сь)$/u, '')),
);

const isPassive = ({ plain }: Word): boolean => {
  if (/(?:ется|ится|ются|ятся)$/u.test(plain) && plain.length > 6) {
    return !activeStems.has(plain.replace(/(?:ется|ится|ются|ятся)$/u, '')) && !ACTIVE_REFLEXIVES.includes(plain);
  }
  return (
    /(?:ован|анн|енн)[аоы]$|(?:[аяе]н|ён)[аоы]?$/u.test(plain) &&
    /(?:ан|ен|ян)[аоы]?$/u.test(plain) &&
    PARTICIPLES.test(plain)
  );
};
/** Short participles of what offices do; a general rule would take «нужен», «важен» and «семена» for passives. */
const PARTICIPLES =
  /^(?:рассмотр|направл|принят|подготовл|зарегистрирован|передан|переадресован|назначен|указан|установл|определ|предоставл|проведен|организован|уведомл|сформирован|внесен|включен|исключен|утвержден|опубликован|размещ|оформл|выдан|выслан|отправл|получен|сделан|решен|продлен|согласован|запрошен|проверен|обработан|выявлен|начислен|выплач|зачислен|отчислен|закреплен|предусмотр)/u;

const passives: SentenceRule = ({ own }) => {
  const found = own.filter(isPassive);
  return found.length >= 2
    ? [
        {
          code: 'style.passive',
          message: `Непонятно, кто делает: ${found.map(({ written }) => `«${written}»`).join(', ')} (п. 3.4.9)`,
          suggestion: 'Скажите, кто что сделает: «специалист рассмотрит и напишет вам»',
        },
      ]
    : [];
};

/** Nouns made of verbs, three in a row of one sentence: what offices write and nobody says. */
const verbalNouns: SentenceRule = ({ own }) => {
  const found = own.filter(
    ({ plain }) =>
      /(?:ани|ени|яни|ици|аци|яци)(?:е|я|ю|ем|и|й|ям|ями|ях)$/u.test(plain) &&
      plain.length > 7 &&
      !COMMON_NOUNS.test(plain),
  );
  return found.length >= 3
    ? [
        {
          code: 'style.nounChain',
          message: `Цепочка отглагольных слов: ${found.map(({ written }) => `«${written}»`).join(', ')} (п. 3.4.9)`,
          suggestion: 'Замените глаголами: не «для получения разрешения», а «чтобы получить разрешение»',
        },
      ]
    : [];
};
const COMMON_NOUNS =
  /^(?:заявлени|обращени|образовани|министерств|организаци|ожидани|внимани|сведени|решени|учреждени|врем|звани|здани|воспитани)/u;

/** Clause upon clause before the point is reached. */
const inversion: SentenceRule = ({ text: sentence, ownText }) => {
  const clauses = (
    plainWord(ownText).match(/(?:^|[\s,])(?:котор\p{L}+|что|чтобы|если|поскольку|так как|хотя|когда)(?=\s)/gu) ?? []
  ).length;
  return clauses >= 3
    ? [
        {
          code: 'style.complex',
          message: `Сложная фраза с придаточными: «${cut(sentence)}» (п. 3.4.9)`,
          suggestion: 'Начните с главного, остальное — отдельными фразами',
        },
      ]
    : [];
};

const capitals: TextRule = (_, written) => {
  const found = /(?<![\p{L}{.])\p{Lu}{6,}(?![\p{L}}])/u.exec(written)?.[0];
  return found === undefined
    ? []
    : [
        {
          code: 'style.capitals',
          message: `Слово заглавными: «${found}» (п. 3.4.9)`,
          suggestion: 'Пишите обычными буквами',
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
          message: `Специальный знак «${found}»: его не произнести (п. 3.4.9)`,
          suggestion: 'Напишите словом: процент, номер, собака, или',
        },
      ];
};

export const SENTENCE_RULES: readonly SentenceRule[] = [
  longSentence,
  breath,
  negations,
  tautology,
  passives,
  verbalNouns,
  inversion,
];
export const TEXT_RULES: readonly TextRule[] = [longText, capitals, symbols];
