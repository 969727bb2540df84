import type { Article } from '../../server/knowledge/article.ts';
import { createKnowledgeIndex } from '../../server/knowledge/search.ts';

/** One line of the bench: what was measured, beside the plain way of doing it. Times in milliseconds. */
export interface SearchFigures {
  readonly articles: number;
  readonly queries: number;
  readonly buildMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  /** Query that took longest. */
  readonly worstQuery: string;
  /** What the issue allows at most. */
  readonly budgetMs: 20;
  readonly withinBudget: boolean;
  /** The same queries by looking for each typed word in the lower-cased text of every article. */
  readonly baseline: { readonly what: string; readonly medianMs: number; readonly p99Ms: number };
  /** Share of queries that found the article meant: ours and the baseline's. */
  readonly found: { readonly ours: number; readonly baseline: number };
}

/** Small generator with a seed (mulberry32): the same articles in every run. */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const STEMS =
  'очеред детск сад школ зачислен экзам аттестац педагог учител пособ выплат лагер путевк лиценз аккредитац жалоб прием обращен ответ срок документ заявлен родител ребен семь льгот справк питан автобус учебник класс групп перевод переезд регистрац портал почт телефон';
const ENDINGS = ['', 'а', 'у', 'ы', 'ов', 'ам', 'ами', 'ах', 'е', 'ой', 'ий', 'ого', 'ому', 'ии', 'ию'];
const SYLLABLES = 'ба ве го да жи зо ка ле мо ну пе ри со та фу хо це ша щи дра кры сте пло гру зна вле'.split(' ');

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const several = (length: number, make: () => string): string => Array.from({ length }, make).join(' ');

/** Articles of the length of real ones over some 20,000 different words, the common ones common (Zipf). */
export function manyArticles(howMany: number, seed = 20_240_708): Article[] {
  const random = seeded(seed);
  const stems = [
    ...STEMS.split(' '),
    ...Array.from({ length: 3000 }, () => pick(random, SYLLABLES) + pick(random, SYLLABLES) + pick(random, SYLLABLES)),
  ];
  const word = (): string => {
    const rank = Math.min(stems.length - 1, Math.floor(stems.length ** random()) - 1);
    return (stems[rank] ?? 'сад') + pick(random, ENDINGS);
  };
  return Array.from({ length: howMany }, (_, index) => ({
    id: `article-${index}`,
    title: several(6, word),
    topic: `topic-${index % 12}`,
    audience: index % 10 === 0 ? ('internal' as const) : ('everyone' as const),
    spoken: several(22, word),
    questions: [several(7, word), several(7, word), several(7, word)],
    synonyms: [several(2, word), several(2, word)],
    clauses: ['3.4.10'],
    sample: false,
    toFill: [],
    details: several(160, word),
  }));
}

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю';
const wrongLayout = (text: string): string => Array.from(text, (c) => LATIN.charAt(RUSSIAN.indexOf(c)) || c).join('');

/** What people type for an article: whole words, beginnings, one slip, the other layout. */
const typedFor = (article: Article, random: () => number): string => {
  const words = article.title.split(' ').slice(0, 2 + Math.floor(random() * 2));
  const text = words.join(' ');
  const at = 1 + Math.floor(random() * (text.length - 2));
  switch (Math.floor(random() * 5)) {
    case 0:
      return text;
    case 1:
      return text.slice(0, Math.max(1, Math.floor(text.length * random())));
    case 2:
      return text.slice(0, at) + text.slice(at + 1);
    case 3:
      return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
    default:
      return wrongLayout(text);
  }
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Measures search as you type. `now` gives milliseconds (`performance.now`). */
export function searchBench(options: { articles?: number; queries?: number; now?: () => number } = {}): SearchFigures {
  const now = options.now ?? (() => performance.now());
  const articles = manyArticles(options.articles ?? 5000);
  const random = seeded(7);
  const begin = now();
  const index = createKnowledgeIndex(articles);
  const buildMs = now() - begin;
  const texts = articles.map((a) =>
    [a.title, ...a.questions, ...a.synonyms, a.spoken, a.details].join(' ').toLowerCase(),
  );
  const ours: { ms: number; text: string }[] = [];
  const plain: number[] = [];
  const found = { ours: 0, baseline: 0 };
  const queries = options.queries ?? 400;
  for (let warm = 0; warm < 20; warm += 1)
    index.search({ text: typedFor(pick(random, articles), random), clientKind: 'internal', day: '2026-09-01' });
  for (let i = 0; i < queries; i += 1) {
    const meant = pick(random, articles);
    const text = typedFor(meant, random);
    let from = now();
    const { hits } = index.search({ text, topic: meant.topic, clientKind: 'internal', day: '2026-09-01' });
    ours.push({ ms: now() - from, text });
    if (hits.some((hit) => hit.article.id === meant.id)) found.ours += 1;
    from = now();
    const words = text.split(' ');
    const scanned = articles.filter((_, at) => words.every((w) => texts[at]?.includes(w))).slice(0, 12);
    plain.push(now() - from);
    if (scanned.some((article) => article.id === meant.id)) found.baseline += 1;
  }
  ours.sort((a, b) => a.ms - b.ms);
  plain.sort((a, b) => a - b);
  const times = ours.map(({ ms }) => ms);
  const p99Ms = quantile(times, 0.99);
  return {
    articles: articles.length,
    queries,
    buildMs,
    medianMs: quantile(times, 0.5),
    p99Ms,
    worstMs: times.at(-1) ?? 0,
    worstQuery: ours.at(-1)?.text ?? '',
    budgetMs: 20,
    withinBudget: p99Ms < 20,
    baseline: { what: 'plain substring scan', medianMs: quantile(plain, 0.5), p99Ms: quantile(plain, 0.99) },
    found: { ours: found.ours / queries, baseline: found.baseline / queries },
  };
}
