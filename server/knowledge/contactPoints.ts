import { z } from 'zod';
import type { ClientKind } from '../../machines/vocabulary/index.ts';
import type { KnownContactPoint } from '../../machines/script/known.ts';
import { code as id } from './code.ts';
import { bothLanguages } from './issueWords.ts';

const line = z.string().trim().min(1).max(400);
const local = z.union([line, z.strictObject({ ru: line, en: line.optional() })]);

const contactPoint = z
  .strictObject({
    /** Named in scripts as `{contact.<id>.<part>}`. */
    id,
    title: local,
    audience: z.enum(['everyone', 'external', 'internal']).default('everyone'),
    address: local.optional(),
    phone: local.optional(),
    email: z
      .email(
        bothLanguages('адрес почты пишется как name@example.ru', 'an e-mail address is written as name@example.ru'),
      )
      .optional(),
    url: z
      .url({
        protocol: /^https?$/,
        error: bothLanguages(
          'адрес сайта начинается с https:// или http://',
          'an address of a site begins with https:// or http://',
        ),
      })
      .optional(),
    hours: local.optional(),
    /** How it is said to the client in one sentence. */
    note: local.optional(),
    /** What the operator knows about it: terms, documents, who answers. */
    rules: z.array(line).min(1).max(12),
    clauses: z
      .array(
        z.string().regex(/^\d+(\.\d+)*$/, bothLanguages('пункт пишется как 2.5.1', 'a clause is written as 2.5.1')),
      )
      .min(1),
    /** What the organisation has to fill in, because the regulation does not say it. */
    toFill: z.array(line).default([]),
  })
  .check((ctx) => {
    const { address, phone, email, url } = ctx.value;
    if (address ?? phone ?? email ?? url) return;
    const message = bothLanguages(
      'нужен хотя бы один способ связи: address, phone, email или url',
      'at least one way to get in touch is needed: an address, a phone, an e-mail or a site',
    );
    ctx.issues.push({ code: 'custom', message, input: ctx.value });
  });

/** `scripts-library/contact-points.yaml`: where else a client can turn (2.2–2.7, 3.5.12). */
export const contactPointsSchema = z
  .strictObject({ contactPoints: z.array(contactPoint).min(1).max(100) })
  .check((ctx) => {
    const seen = new Set<string>();
    for (const point of ctx.value.contactPoints) {
      if (seen.has(point.id))
        ctx.issues.push({
          code: 'custom',
          message: bothLanguages(
            `точка контакта «${point.id}» повторяется`,
            `the contact point “${point.id}” is there twice`,
          ),
          input: ctx.value,
        });
      seen.add(point.id);
    }
  });

export type ContactPoint = z.output<typeof contactPoint>;

/** Points that this client may be sent to. */
export const pointsFor = (points: readonly ContactPoint[], kind: ClientKind): readonly ContactPoint[] =>
  points.filter((point) => point.audience === 'everyone' || point.audience === kind);

const known = (text: string | { readonly ru: string; readonly en?: string | undefined }): KnownContactPoint['title'] =>
  typeof text === 'string' ? text : { ru: text.ru, ...(text.en === undefined ? {} : { en: text.en }) };

/** The directory as scripts read it: `{contact.site.url}`. */
export const asKnown = (points: readonly ContactPoint[]): Readonly<Record<string, KnownContactPoint>> =>
  Object.fromEntries(
    points.map(({ id: key, title, address, phone, email, url, hours, note }) => {
      const parts = { title, address, phone, email, url, hours, note };
      const told = Object.entries(parts).flatMap(([part, text]) => (text === undefined ? [] : [[part, known(text)]]));
      return [key, Object.fromEntries(told) as KnownContactPoint];
    }),
  );
