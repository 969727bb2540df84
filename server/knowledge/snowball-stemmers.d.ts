/** The package ships no types: the part of it that the house uses. */
declare module 'snowball-stemmers' {
  interface Stemmer {
    stem(word: string): string;
  }
  export function newStemmer(language: 'russian' | 'english'): Stemmer;
}
