import type { ClientKind } from '../../machines/vocabulary/index.ts';
import { isInForce, type Article } from './article.ts';
import { inLatinLayout, inRussianLayout } from './keyboard.ts';
import { createWordIndex, type Part, type WordIndex } from './wordIndex.ts';
import { isStopWord, wordsOf } from './words.ts';

export interface SearchRequest {
  /** As typed so far; empty lists the topic of the call, what answers `about` first. */
  readonly text: string;
  /** What the client asks, as noted: with nothing typed, it tells which answer of the topic is wanted. */
  readonly about?: string;
  /** Topic of the call: its articles come first. */
  readonly topic?: string;
  /** Internal articles are for internal clients only (3.10.2). */
  readonly clientKind: ClientKind;
  /** Today in the organisation's zone, `2026-09-01`: articles out of term are not found. */
  readonly day: string;
  /** At most so many, 12 unless told. */
  readonly limit?: number;
}

export interface SearchHit {
  readonly article: Article;
  /** Of the topic of the call. */
  readonly ofTopic: boolean;
  /** `words`: every word was found; `near`: only with typing slips mended, or some of the words. */
  readonly match: 'words' | 'near';
  readonly score: number;
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  /** What was searched for instead of what was typed, when the keyboard stood in the other layout. */
  readonly readAs?: string;
}

/** Search over the articles. Built once per set of articles; searching changes nothing. */
export interface KnowledgeIndex {
  search(request: SearchRequest): SearchAnswer;
  get(id: string): Article | undefined;
  /** Articles that may be told to this client today: those of the topic first, each part by title. With `about`, nearest first. */
  list(filter: Omit<SearchRequest, 'text' | 'limit'>, limit?: number): readonly Article[];
}

const DEFAULT_LIMIT = 12;

/** A word in the title says more than one in the details. */
const partsOf = (article: Article): Part[] => [
  { text: article.title, weight: 5, head: true },
  ...article.questions.map((text) => ({ text, weight: 4, head: true })),
  ...article.synonyms.map((text) => ({ text, weight: 4, head: true })),
  { text: article.spoken, weight: 1.5, head: false },
  { text: article.details, weight: 1, head: false },
];

/** The words to look for. Words without meaning are dropped unless there is nothing else. */
const meaningful = (text: string): string[] => {
  const words = [...new Set(wordsOf(text))];
  const kept = words.filter((word) => !isStopWord(word));
  return kept.length > 0 ? kept : words;
};

/**
 * What may have been meant: the text as typed, then as the same keys give it in the other layout. The punctuation of
 * the Latin layout is letters in the Russian one, so the reading is made before the text is cut into words.
 */
const readingsOf = (text: string): readonly Reading[] => {
  const typed = text.trim();
  if (typed === '') return [];
  const other = /[а-яё]/iu.test(typed) ? inLatinLayout(typed) : inRussianLayout(typed);
  return other === typed.toLowerCase()
    ? [{ words: meaningful(typed) }]
    : [{ words: meaningful(typed) }, { words: meaningful(other), readAs: other }];
};
interface Reading {
  readonly words: readonly string[];
  readonly readAs?: string;
}

/** From the strictest to the most forgiving; the first that finds anything answers. */
const STAGES = [
  { slips: false, all: true },
  { slips: true, all: true },
  { slips: true, all: false },
] as const;
type Stage = (typeof STAGES)[number];

type Filter = Omit<SearchRequest, 'text' | 'limit'>;
const mayBeTold = (article: Article, to: Filter): boolean =>
  (article.audience === 'everyone' || to.clientKind === 'internal') && isInForce(article, to.day);

/** Keeps the best `limit` of what is offered: topic of the call first, then the better match. */
class Best {
  readonly hits: SearchHit[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(hit: SearchHit): void {
    let at = this.hits.length;
    while (at > 0 && isBefore(hit, this.hits[at - 1])) at -= 1;
    if (at >= this.#limit) return;
    this.hits.splice(at, 0, hit);
    if (this.hits.length > this.#limit) this.hits.pop();
  }
}
const isBefore = (a: SearchHit, b: SearchHit | undefined): boolean =>
  b === undefined || (a.ofTopic === b.ofTopic ? a.score > b.score : a.ofTopic);

type ScoreOf = (word: string, slips: boolean) => Float32Array;
/** The later stages ask for the same words again; looking for slips is the dear part. */
const rememberScores = (index: WordIndex): ScoreOf => {
  const scores = new Map<string, Float32Array>();
  return (word, slips) => {
    const key = `${slips} ${word}`;
    const before = scores.get(key) ?? index.score(word, { slips });
    scores.set(key, before);
    return before;
  };
};

export function createKnowledgeIndex(articles: readonly Article[]): KnowledgeIndex {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const byTitle = articles.toSorted((a, b) => a.title.localeCompare(b.title, 'ru'));
  const index = createWordIndex(articles.map(partsOf));

  const run = (words: readonly string[], stage: Stage, request: SearchRequest, scoreOf: ScoreOf): SearchHit[] => {
    if (words.length === 0) return [];
    const scores = words.map((word) => scoreOf(word, stage.slips));
    const best = new Best(request.limit ?? DEFAULT_LIMIT);
    for (const [place, article] of articles.entries()) {
      let score = 0;
      let missing = 0;
      for (const ofWord of scores) {
        const here = ofWord[place] ?? 0;
        if (here === 0) missing += 1;
        score += here;
      }
      if (score === 0 || (stage.all && missing > 0) || !mayBeTold(article, request)) continue;
      const match = stage.slips ? 'near' : 'words';
      best.offer({ article, ofTopic: article.topic === request.topic, match, score: score / (1 + missing) });
    }
    return best.hits;
  };

  /** How near each article is to what the client asks: most people say more than the words of one answer. */
  const nearTo = (about: string): ((article: Article) => number) => {
    const scores = meaningful(about).map((word) => {
      const asWritten = index.score(word, { slips: false });
      return asWritten.some((score) => score > 0) ? asWritten : index.score(word, { slips: true });
    });
    const near = new Map(
      articles.map((article, place) => [article.id, scores.reduce((sum, ofWord) => sum + (ofWord[place] ?? 0), 0)]),
    );
    return ({ id }) => near.get(id) ?? 0;
  };

  const list = (filter: Filter, limit = DEFAULT_LIMIT): readonly Article[] => {
    const told = byTitle.filter((article) => mayBeTold(article, filter));
    const ofTopic = told.filter((article) => article.topic === filter.topic);
    const near = filter.about === undefined ? undefined : nearTo(filter.about);
    const first = near ? ofTopic.toSorted((a, b) => near(b) - near(a)) : ofTopic;
    return [...first, ...told.filter((article) => article.topic !== filter.topic)].slice(0, limit);
  };

  const search = (request: SearchRequest): SearchAnswer => {
    const readings = readingsOf(request.text);
    if (readings.length === 0) {
      const asHit = (article: Article): SearchHit => ({
        article,
        ofTopic: article.topic === request.topic,
        match: 'words',
        score: 0,
      });
      return { hits: list(request, request.limit).map(asHit) };
    }
    const scoreOf = rememberScores(index);
    for (const stage of STAGES)
      for (const { words, readAs } of readings) {
        const hits = run(words, stage, request, scoreOf);
        if (hits.length > 0) return readAs === undefined ? { hits } : { hits, readAs };
      }
    return { hits: [] };
  };

  return { get: (id) => byId.get(id), list, search };
}
