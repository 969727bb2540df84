import { isPlain } from '../source/values.ts';

/**
 * The same content with the second language wherever a text stands as the library once shipped it, in Russian alone.
 * What an organisation wrote itself stays to the letter. Parts of lists are found by their `id`, wherever they stand.
 */
export function withShippedWords(content: unknown, shipped: unknown): unknown {
  if (typeof content === 'string') return isPlain(shipped) && shipped['ru'] === content ? shipped : content;
  if (Array.isArray(content)) {
    const parts = new Map(Array.isArray(shipped) ? shipped.map((part: unknown) => [idOf(part), part]) : []);
    return content.map((part: unknown) => withShippedWords(part, idOf(part) && parts.get(idOf(part))));
  }
  if (!isPlain(content) || !isPlain(shipped)) return content;
  return Object.fromEntries(Object.entries(content).map(([key, part]) => [key, withShippedWords(part, shipped[key])]));
}
const idOf = (part: unknown): unknown => (isPlain(part) ? part['id'] : undefined);
