import { plainWord } from './words/stems.ts';
import type { Word } from './words/stems.ts';
import { cut } from './sentence.ts';
import type { SentenceRule } from './sentence.ts';

/** Verbs in -ся that are no passive: they say what someone does. */
const ACTIVE_REFLEXIVES = [
  'находиться остаться остаётся оставаться получиться получается удаться удаётся явиться обратиться обращаться',
  'связаться связывается вернуться возвращаться договориться постараться стараться нуждаться касаться касается',
  'хочется кажется случиться случается начаться начинается кончается закончиться продолжается меняется изменится',
  'учиться учится заниматься занимается бояться беспокоиться сомневаться ошибиться представиться записаться',
  'подняться приходится придётся требуется понадобится потребуется откроется открывается закрывается состоится',
  'двигается движется сдвинется освободится освобождается увеличится уменьшится',
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
  return /(?:ан|ен|ян|ят)[аоы]?$/u.test(plain) && PARTICIPLES.test(plain);
};
/** Short participles of what offices do; a general rule would take «нужен», «важен» and «семена» for passives. */
const PARTICIPLES =
  /^(?:рассмотр|направл|принят|подготовл|зарегистрирован|передан|переадресован|назначен|указан|установл|определ|предоставл|проведен|организован|уведомл|сформирован|внесен|включен|исключен|утвержден|опубликован|размещ|оформл|выдан|выслан|отправл|получен|сделан|решен|продлен|согласован|запрошен|проверен|обработан|выявлен|начислен|выплач|зачислен|отчислен|закреплен|предусмотр)/u;

export const passives: SentenceRule = ({ own }) => {
  const found = own.filter(isPassive);
  return found.length >= 2
    ? [
        {
          code: 'style.passive',
          message: {
            ru: `Непонятно, кто делает: ${found.map(({ written }) => `«${written}»`).join(', ')} (п. 3.4.9)`,
            en: `It is not clear who acts: ${found.map(({ written }) => `«${written}»`).join(', ')} (3.4.9)`,
          },
          suggestion: {
            ru: 'Скажите, кто что сделает: «специалист рассмотрит и напишет вам»',
            en: 'Say who does what: «специалист рассмотрит и напишет вам»',
          },
        },
      ]
    : [];
};

/** Nouns made of verbs, three in a row of one sentence: what offices write and nobody says. */
export const verbalNouns: SentenceRule = ({ own }) => {
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
          message: {
            ru: `Цепочка отглагольных слов: ${found.map(({ written }) => `«${written}»`).join(', ')} (п. 3.4.9)`,
            en: `A chain of nouns made of verbs: ${found.map(({ written }) => `«${written}»`).join(', ')} (3.4.9)`,
          },
          suggestion: {
            ru: 'Замените глаголами: не «для получения разрешения», а «чтобы получить разрешение»',
            en: 'Use verbs: not «для получения разрешения» but «чтобы получить разрешение»',
          },
        },
      ]
    : [];
};
const COMMON_NOUNS =
  /^(?:заявлени|обращени|образовани|министерств|организаци|ожидани|внимани|сведени|решени|учреждени|врем|звани|здани|воспитани)/u;

/** Clause upon clause before the point is reached. */
export const inversion: SentenceRule = ({ text: sentence, ownText }) => {
  const clauses = (
    plainWord(ownText).match(/(?:^|[\s,])(?:котор\p{L}+|что|чтобы|если|поскольку|так как|хотя|когда)(?=\s)/gu) ?? []
  ).length;
  return clauses >= 3
    ? [
        {
          code: 'style.complex',
          message: {
            ru: `Сложная фраза с придаточными: «${cut(sentence)}» (п. 3.4.9)`,
            en: `A complex sentence with clauses: «${cut(sentence)}» (3.4.9)`,
          },
          suggestion: {
            ru: 'Начните с главного, остальное — отдельными фразами',
            en: 'Begin with what matters, say the rest in sentences of its own',
          },
        },
      ]
    : [];
};
