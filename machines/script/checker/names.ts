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

/** Names like the one that was written, for the advice. */
export function nearest(wanted: string, names: readonly string[], prefix: string): Advice {
  const near = names.filter(
    (name) =>
      name.toLowerCase().includes(wanted.toLowerCase().slice(0, 4)) ||
      wanted.toLowerCase().includes(name.toLowerCase().slice(-5)),
  );
  if (near.length === 0) return { ru: 'Проверьте имя', en: 'Check the name' };
  const list = near
    .slice(0, 4)
    .map((name) => `{${prefix}${name}}`)
    .join(', ');
  return { ru: `Может быть: ${list}?`, en: `Perhaps: ${list}?` };
}

export const unknownContact = (id: string, contactPoints: ContactParts): Fault => [
  'contact.unknown',
  { ru: `Точки контакта «${id}» нет в справочнике`, en: `The directory has no contact point “${id}”` },
  nearest(id, Object.keys(contactPoints), ''),
];
