/**
 * How a person is addressed: by name and patronymic (3.1.3), from whatever order the directory or the operator wrote.
 * "Иванов Пётр Сергеевич" and "Пётр Сергеевич Иванов" give "Пётр Сергеевич"; one word stays as it is.
 */
const PATRONYMIC = /(?:ович|евич|ьич|мич|нич|тич|овна|евна|ична|инична)$/u;
/** Turkic patronymics are a word of their own: "Мамед Ахмед оглы". */
const PATRONYMIC_WORD = /^(?:оглы|оглу|кызы|улы|уулу|гызы)$/u;

export function addressOf(fullName: string): string {
  const words = capitalised(fullName);
  const marker = words.findIndex((word) => PATRONYMIC_WORD.test(word.toLowerCase()));
  if (marker >= 2) return words.slice(marker - 2, marker + 1).join(' ');
  // A surname may end like a patronymic ("Антонович Мария Игоревна"), so the last such word that has a name before it.
  const last = words.findLastIndex((word, index) => index > 0 && PATRONYMIC.test(word.toLowerCase()));
  if (last < 1) return words.join(' ');
  const surnameLast = last === 2 && words.length === 3 && isSurnameAfterPatronymic(words);
  return surnameLast ? words.slice(0, 2).join(' ') : words.slice(last - 1, last + 1).join(' ');
}

/** A name as it is kept and shown. */
export const nameOf = (typed: string): string => capitalised(typed).join(' ');

/** Written in haste: "пётр сергеевич". Words without a patronymic among them ("мама Пети") stay as they are. */
function capitalised(name: string): readonly string[] {
  const words = name.split(/\s+/u).filter(Boolean);
  if (words.length > 1 && !words.some((word) => PATRONYMIC.test(word))) return words;
  return words.map((word) =>
    PATRONYMIC_WORD.test(word) ? word : word.replace(/^\p{Ll}|(?<=-)\p{Ll}/gu, (first) => first.toUpperCase()),
  );
}

/** "Пётр Сергеевич Антонович": both later words look like patronymics, and the first is a name, not a surname. */
const isSurnameAfterPatronymic = (words: readonly string[]): boolean =>
  PATRONYMIC.test((words[1] ?? '').toLowerCase()) && PATRONYMIC.test((words[2] ?? '').toLowerCase());
