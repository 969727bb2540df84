/** The part of snowball-stemmers that is used here; the package has no types of its own. */
declare module 'snowball-stemmers' {
  interface Stemmer {
    stem(word: string): string;
  }
  const snowball: { newStemmer(algorithm: 'russian' | 'english'): Stemmer };
  export default snowball;
}
