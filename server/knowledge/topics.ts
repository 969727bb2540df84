import { z } from 'zod';
import type { Said } from '../../machines/script/localText.ts';
import { code as id } from './code.ts';
import { bothLanguages } from './issueWords.ts';

const text = z.string().trim().min(2).max(120);
const label = z.strictObject({ ru: text, en: text });

const topic = z.strictObject({
  id,
  label,
  /** `internal`: asked by colleagues only. */
  audience: z.enum(['everyone', 'internal']).default('everyone'),
  /** Sub-script with the leading questions of the topic (3.5.4). */
  script: id.optional(),
});
const named = z.strictObject({ id, label });

const unique = (what: Said, items: readonly { readonly id: string }[]): string[] => {
  const seen = new Set<string>();
  return items
    .filter((item) => seen.size === seen.add(item.id).size)
    .map((item) => bothLanguages(`${what.ru} «${item.id}» повторяется`, `the ${what.en} “${item.id}” is there twice`));
};

/**
 * `scripts-library/topics.yaml`: what people ask about, in which situation and who they are (3.5.1). One list for
 * scripts, articles, the staff directory and reports, so that each finds the other.
 */
export const topicsSchema = z
  .strictObject({
    topics: z.array(topic).min(1).max(200),
    situations: z.array(named).min(1).max(100),
    profiles: z.array(named).min(1).max(100),
  })
  .check((ctx) => {
    const repeated = [
      ...unique({ ru: 'тема', en: 'topic' }, ctx.value.topics),
      ...unique({ ru: 'ситуация', en: 'situation' }, ctx.value.situations),
      ...unique({ ru: 'профиль', en: 'profile' }, ctx.value.profiles),
    ];
    for (const message of repeated) ctx.issues.push({ code: 'custom', message, input: ctx.value });
  });

export type Topics = z.output<typeof topicsSchema>;
export type Topic = Topics['topics'][number];

/** The ids by which the rest of the library is checked. */
export interface KnownIds {
  readonly topics: ReadonlySet<string>;
  readonly situations: ReadonlySet<string>;
  readonly profiles: ReadonlySet<string>;
}
const idsOf = (items: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(items.map((item) => item.id));
export const knownIds = (topics: Topics): KnownIds => ({
  topics: idsOf(topics.topics),
  situations: idsOf(topics.situations),
  profiles: idsOf(topics.profiles),
});

const LISTS: Readonly<Record<keyof KnownIds, Said>> = {
  topics: { ru: 'темы', en: 'topic' },
  situations: { ru: 'ситуации', en: 'situation' },
  profiles: { ru: 'профиля', en: 'profile' },
};
/** For a file that names what the lists have not. */
export const unknownIn = (list: keyof KnownIds, id: string): Said => ({
  ru: `${LISTS[list].ru} «${id}» нет в topics.yaml`,
  en: `topics.yaml has no ${LISTS[list].en} “${id}”`,
});
