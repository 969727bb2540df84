import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { lengthened, shortened } from './shorthand.ts';
import { JOURNAL_WORDS } from './words.ts';

/** What stays longer in shorthand has words of people in it (a note, a draft, a callback): worth zlib's time. */
const LONG_BYTES = 120;

/**
 * A common dictionary does most of the work; stream, instant and kind stand in the row anyway and usually again in the
 * body, so they end the dictionary of each entry. One byte says which words were used: a changed list gets a new
 * number, the old one stays readable.
 */
const WORDS_1 = Buffer.from(JOURNAL_WORDS);
/** Level 6 gains 1.5 bytes a line and costs a tenth more; a small chunk spares zlib a buffer of 16 kB each time. */
const WINDOW = { level: 1, windowBits: 12, memLevel: 2, chunkSize: 1_024 } as const;

const entryDictionary = (stream: string, at: number, kind: string): Buffer =>
  Buffer.concat([WORDS_1, Buffer.from(`"${kind}","at":${at},"${stream}"`)]);

/** A body as it is stored: text is in shorthand, bytes are deflated. */
export function packBody(stream: string, at: number, kind: string, body: string): string | Buffer {
  const short = shortened(body, stream, at);
  const bytes = Buffer.byteLength(short);
  if (bytes < LONG_BYTES) return short;
  const coded = deflateRawSync(body, { ...WINDOW, dictionary: entryDictionary(stream, at, kind) });
  return coded.length + 1 < bytes ? Buffer.concat([Buffer.of(1), coded]) : short;
}

export function unpackBody(stream: string, at: number, kind: string, coded: string | Buffer): string {
  if (typeof coded === 'string') return lengthened(coded, stream, at);
  if (coded[0] !== 1)
    throw new Error(`a journal body is coded with words ${coded[0]}, which this server does not know`);
  const dictionary = entryDictionary(stream, at, kind);
  return inflateRawSync(coded.subarray(1), {
    windowBits: WINDOW.windowBits,
    chunkSize: WINDOW.chunkSize,
    dictionary,
  }).toString();
}

/** Level 6 with zlib's usual buffers gains a hundredth and costs two and a half times as much. */
const DOCUMENTS = { level: 4, windowBits: 13, memLevel: 6, chunkSize: 4_096 } as const;

/** Documents of packed collections: plain deflate, without a dictionary that could ever be lost. */
export function packText(text: string): string | Buffer {
  if (text.length < 200) return text;
  const coded = deflateRawSync(text, DOCUMENTS);
  return coded.length < Buffer.byteLength(text) ? coded : text;
}
export const unpackText = (stored: string | Buffer): string =>
  typeof stored === 'string' ? stored : inflateRawSync(stored).toString();
