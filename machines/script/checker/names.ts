import type { FieldKind } from './fields.ts';
import type { Advice, Finding } from './finding.ts';
import type { Said } from '../localText.ts';

/** What texts and conditions may refer to. */
export interface Names {
  readonly fields: ReadonlyMap<string, FieldKind>;
  /** The directory of contact points, when it is known: which parts each has. */
  readonly contactPoints?: ContactParts;
}

/** Contact point → its parts that are filled in: `{ site: ['title', 'url'] }`. */
export type ContactParts = Readonly<Record<string, readonly string[]>>;

/** What is wrong with one text or comparison, whose place is known to the caller. */
export type Fault = readonly [code: string, message: Said, suggestion: Advice, severity?: Finding['severity']];

/** A name of the format inside a sentence; the pages print it quietly. */
export const coded = (name: string): string => `\`${name}\``;
/** «Район» `district`; what has no words of its own is only named. */
const titled = (name: string, words: Said | undefined): Said =>
  words && words.ru !== name
    ? { ru: `«${words.ru}» ${coded(name)}`, en: `“${words.en}” ${coded(name)}` }
    : { ru: coded(name), en: coded(name) };

/** Names like the one that was written, for the advice. `written`: as it stands in a text. */
export function nearest(
  wanted: string,
  names: ReadonlyMap<string, Said | undefined>,
  written = (name: string): string => name,
): Advice {
  const near = [...names].filter(
    ([name]) =>
      name.toLowerCase().includes(wanted.toLowerCase().slice(0, 4)) ||
      wanted.toLowerCase().includes(name.toLowerCase().slice(-5)),
  );
  if (near.length === 0) return { ru: 'Проверьте имя', en: 'Check the name' };
  const list = near.slice(0, 4).map(([name, words]) => titled(written(name), words));
  return {
    ru: `Может быть: ${list.map(({ ru }) => ru).join(', ')}?`,
    en: `Perhaps: ${list.map(({ en }) => en).join(', ')}?`,
  };
}
/** The answers of a script by the names of their fields. */
export const fieldLabels = ({ fields }: Names): ReadonlyMap<string, Said> =>
  new Map([...fields].map(([name, { label }]) => [name, label]));
/** What it can be, in words, up to a dozen. */
export function possibleValues(values: ReadonlyMap<string, Said>): Advice {
  const list = [...values].slice(0, 12);
  const said = (language: keyof Said): string =>
    list
      .map(([value, words]) =>
        words[language] === value ? coded(value) : language === 'ru' ? `«${words.ru}»` : `“${words.en}”`,
      )
      .join(', ');
  const yaml = `Можно: ${list.map(([value]) => value).join(', ')}`;
  return { ru: `Можно: ${said('ru')}`, en: `Possible: ${said('en')}`, yaml };
}

export const unknownContact = (id: string, contactPoints: ContactParts): Fault => [
  'contact.unknown',
  { ru: `Точки контакта ${coded(id)} нет в справочнике`, en: `The directory has no contact point ${coded(id)}` },
  nearest(id, new Map(Object.keys(contactPoints).map((each) => [each, undefined]))),
];
