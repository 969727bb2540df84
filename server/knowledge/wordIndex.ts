import { lettersMissing, lettersOf, MOST_SLIPS, slipsForgiven, slipsToBeginning } from './slips.ts';
import { isStopWord, stemOf, wordsOf } from './words.ts';

/** A part of a document: its text and how much a word in it says. `head` parts are searched for short words too. */
export interface Part {
  readonly text: string;
  readonly weight: number;
  readonly head: boolean;
}

/** Where a stem occurs: places of documents, and how much it says about each. */
interface Postings {
  readonly places: Uint32Array;
  readonly weights: Float32Array;
  readonly headWeights: Float32Array;
}

/**
 * Words → documents, for search as you type. Everything is laid out at building, so that a keystroke costs a walk over
 * flat arrays: no allocation per document, no scoring formula at search time.
 */
export interface WordIndex {
  /** Score of each document for this word, 0 where it is absent. The array is the caller's. */
  score(word: string, how: { readonly slips: boolean }): Float32Array;
  readonly size: number;
}

/** Letters up to which a word is looked for in the heads only: most texts hold a word that begins with any letter. */
const SHORT_WORD = 2;
/** What a word typed in full, a beginning, and a word with a slip are worth beside each other. */
const WORTH = { whole: 1, beginning: 0.6, oneSlip: 0.4, moreSlips: 0.2 };

class Counter {
  readonly weights = new Map<number, number>();
  readonly heads = new Map<number, number>();

  add(place: number, part: Part): void {
    this.weights.set(place, saturated(this.weights.get(place) ?? 0, part.weight));
    if (part.head) this.heads.set(place, saturated(this.heads.get(place) ?? 0, part.weight));
  }
}
/** A second mention adds half of what the first did, and so on: long texts do not win by repeating. */
const saturated = (sum: number, weight: number): number =>
  sum + (sum >= weight ? weight / 2 ** (sum / weight) : weight);

const count = (
  documents: readonly (readonly Part[])[],
): { stems: Map<string, Counter>; stemByTerm: Map<string, string> } => {
  const stems = new Map<string, Counter>();
  const stemByTerm = new Map<string, string>();
  for (const [place, parts] of documents.entries())
    for (const part of parts)
      for (const word of wordsOf(part.text)) {
        if (isStopWord(word)) continue;
        const stem = stemOf(word);
        stemByTerm.set(word, stem).set(stem, stem);
        let counter = stems.get(stem);
        if (!counter) stems.set(stem, (counter = new Counter()));
        counter.add(place, part);
      }
  return { stems, stemByTerm };
};

const layOut = (counter: Counter, documents: number): Postings => {
  const rarity = Math.log(1 + documents / counter.weights.size);
  const places = Uint32Array.from(counter.weights.keys());
  const weights = Float32Array.from(counter.weights.values(), (weight) => weight * rarity);
  const headWeights = Float32Array.from(places, (place) => (counter.heads.get(place) ?? 0) * rarity);
  return { places, weights, headWeights };
};

/** First position in a sorted list whose value is not before `term`. */
const lowerBound = (sorted: readonly string[], term: string): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < term) low = middle + 1;
    else high = middle;
  }
  return low;
};

export function createWordIndex(documents: readonly (readonly Part[])[]): WordIndex {
  const { stems, stemByTerm } = count(documents);
  const postings = new Map([...stems].map(([stem, counter]) => [stem, layOut(counter, documents.length)]));
  const terms = [...stemByTerm.keys()].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const stemAt = terms.map((term) => stemByTerm.get(term) ?? term);
  const letters = Int32Array.from(terms, lettersOf);
  const heads = Int32Array.from(terms, (term) => lettersOf(term.slice(0, 2 * MOST_SLIPS + 2)));

  /** Stems that begin so, each with what it is worth. */
  const byBeginning = (typed: string, worth: Map<string, number>): void => {
    for (let at = lowerBound(terms, typed); at < terms.length; at += 1) {
      const term = terms[at] ?? '';
      if (!term.startsWith(typed)) break;
      const value = term === typed ? WORTH.whole : WORTH.beginning * (0.5 + typed.length / (2 * term.length));
      raise(worth, stemAt[at] ?? term, value);
    }
  };
  /**
   * Stems within the slips forgiven. So few slips leave one of the first letters right and near its place, which is
   * looked at first because most words fail it.
   */
  const bySlips = (typed: string, worth: Map<string, number>): void => {
    const most = slipsForgiven(typed.length);
    if (most === 0) return;
    const mask = lettersOf(typed);
    const head = lettersOf(typed.slice(0, most + 1));
    for (let at = 0; at < terms.length; at += 1) {
      if ((head & (heads[at] ?? 0)) === 0) continue;
      const term = terms[at] ?? '';
      if (term.length < typed.length - most || lettersMissing(mask, letters[at] ?? 0) > most) continue;
      const slips = slipsToBeginning(typed, term, most);
      if (slips > most) continue;
      const value = slips <= 1 ? WORTH.oneSlip : WORTH.moreSlips;
      raise(worth, stemAt[at] ?? term, value * (0.5 + typed.length / (2 * Math.max(typed.length, term.length))));
    }
  };

  const score = (word: string, how: { readonly slips: boolean }): Float32Array => {
    const worth = new Map<string, number>();
    const stem = stemOf(word);
    byBeginning(word, worth);
    if (stem !== word && stem.length > SHORT_WORD) byBeginning(stem, worth);
    if (postings.has(stem)) raise(worth, stem, WORTH.whole);
    if (how.slips) bySlips(word, worth);
    const scores = new Float32Array(documents.length);
    for (const [found, value] of worth) {
      const { places, weights, headWeights } = postings.get(found) ?? NOWHERE;
      const from = word.length <= SHORT_WORD ? headWeights : weights;
      for (let i = 0; i < places.length; i += 1) {
        const place = places[i] ?? 0;
        const here = (from[i] ?? 0) * value;
        if (here > (scores[place] ?? 0)) scores[place] = here;
      }
    }
    return scores;
  };
  return { score, size: documents.length };
}

const NOWHERE: Postings = { places: new Uint32Array(), weights: new Float32Array(), headWeights: new Float32Array() };

const raise = (worth: Map<string, number>, stem: string, value: number): void => {
  if (value > (worth.get(stem) ?? 0)) worth.set(stem, value);
};
