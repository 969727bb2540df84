import type { FieldKind } from './fields.ts';
import type { Finding } from './finding.ts';

/** What texts and conditions may refer to. */
export interface Names {
  readonly fields: ReadonlyMap<string, FieldKind>;
  /** The directory of contact points, when it is known: which parts each has. */
  readonly contactPoints?: ContactParts;
}

/** Contact point → its parts that are filled in: `{ site: ['title', 'url'] }`. */
export type ContactParts = Readonly<Record<string, readonly string[]>>;

/** What is wrong with one text or comparison, whose place is known to the caller. */
export type Fault = readonly [code: string, message: string, suggestion: string, severity?: Finding['severity']];

/** Names like the one that was written, for the advice. */
export function nearest(wanted: string, names: readonly string[], prefix: string): string {
  const near = names.filter(
    (name) =>
      name.toLowerCase().includes(wanted.toLowerCase().slice(0, 4)) ||
      wanted.toLowerCase().includes(name.toLowerCase().slice(-5)),
  );
  return near.length > 0
    ? `Может быть: ${near
        .slice(0, 4)
        .map((name) => `{${prefix}${name}}`)
        .join(', ')}?`
    : 'Проверьте имя';
}

export const unknownContact = (id: string, contactPoints: ContactParts): Fault => [
  'contact.unknown',
  `Точки контакта «${id}» нет в справочнике`,
  nearest(id, Object.keys(contactPoints), ''),
];
