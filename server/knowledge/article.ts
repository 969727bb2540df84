import { z } from 'zod';
import { bothLanguages } from './issueWords.ts';

const isoDate = z.iso.date(bothLanguages('дата пишется как 2026-09-01', 'a date is written as 2026-09-01'));
const id = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    bothLanguages('код: латинские строчные буквы, цифры и дефис', 'a code: small Latin letters, digits and hyphens'),
  );

/**
 * Words that fit in one breath at an even pace (3.5.2 asks for brief phrases): about 2.3 words a second, 13 seconds.
 * A longer spoken answer is a fault of the article.
 */
export const ONE_BREATH_WORDS = 32;
const countWords = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
const wordsOfLongestSentence = (text: string): number =>
  Math.max(0, ...text.split(/(?<=[.!?])\s+/u).map((sentence) => countWords(sentence)));

/** The front matter of `scripts-library/knowledge/*.md`. */
export const articleHead = z
  .strictObject({
    /** Short and stable: it is stored with the calls in which the article was used. Equals the file's name. */
    id: id.max(60),
    title: z.string().trim().min(5).max(120),
    /** Id of a topic of `topics.yaml`. */
    topic: z
      .string()
      .regex(/^[a-z][A-Za-z0-9-]{0,59}$/, bothLanguages('код темы из topics.yaml', 'a topic of the list of topics')),
    /** `internal`: only for colleagues (3.10.2). */
    audience: z.enum(['everyone', 'internal']),
    /** First day on which it may be told, in the organisation's zone. */
    validFrom: isoDate.optional(),
    /** Last day on which it may be told. */
    validUntil: isoDate.optional(),
    /** What the operator reads aloud. */
    spoken: z.string().trim().min(10).max(320),
    /** How clients ask it, in their own words. */
    questions: z.array(z.string().trim().min(5).max(160)).min(1).max(12),
    /** Other words for the same thing. */
    synonyms: z.array(z.string().trim().min(2).max(60)).max(30).default([]),
    /** Clauses of the regulation from which the facts come. */
    clauses: z
      .array(
        z
          .string()
          .regex(
            /^[\dIVX]+(\.\d+)*(-[а-г])?$/u,
            bothLanguages('пункт пишется как 3.4.4', 'a clause is written as 3.4.4'),
          ),
      )
      .default([]),
    /** The facts are the organisation's to check and fill in: the panel says so beside the answer. */
    sample: z.boolean().default(false),
    /** What exactly the organisation has to fill in or check. */
    toFill: z.array(z.string().trim().min(5).max(200)).default([]),
  })
  .check((ctx) => {
    const head = ctx.value;
    const fault = (path: string, message: string): void => {
      ctx.issues.push({ code: 'custom', path: [path], message, input: head });
    };
    if (head.validFrom && head.validUntil && head.validFrom > head.validUntil)
      fault('validUntil', bothLanguages('срок действия кончается раньше, чем начинается', 'it ends before it begins'));
    const words = wordsOfLongestSentence(head.spoken);
    if (words > ONE_BREATH_WORDS)
      fault(
        'spoken',
        bothLanguages(
          `фраза из ${words} слов: на одном дыхании произносят до ${ONE_BREATH_WORDS}`,
          `a phrase of ${words} words: one breath takes up to ${ONE_BREATH_WORDS}`,
        ),
      );
    if (head.sample && head.toFill.length === 0)
      fault(
        'toFill',
        bothLanguages(
          'это образец: перечислите, что организации нужно заполнить или проверить',
          'this is a sample: list what the organisation has to fill in or check',
        ),
      );
    if (!head.sample && head.clauses.length === 0)
      fault(
        'clauses',
        bothLanguages(
          'укажите пункт регламента, откуда взяты сведения, или отметьте статью как образец (sample: true)',
          'name the clause of the regulation it is taken from, or mark the article as a sample',
        ),
      );
  });

/** A typical question with its answer (3.4.10, 3.5.3). `details` is Markdown, the rest plain text. */
export type Article = z.output<typeof articleHead> & { readonly details: string };

/** Whether the article may be told on this day, `2026-09-01` in the organisation's zone. */
export const isInForce = (article: Pick<Article, 'validFrom' | 'validUntil'>, day: string): boolean =>
  (article.validFrom === undefined || article.validFrom <= day) &&
  (article.validUntil === undefined || article.validUntil >= day);
