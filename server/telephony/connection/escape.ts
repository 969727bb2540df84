/**
 * Asterisk 18 to 22 writes names of callers, channel variables and values of `VarSet` with the escapes of C, so that a
 * line break in a name cannot forge an event: `ООО "Вопрос?"` comes as `ООО \"Вопрос\?\"`. Everything made of a
 * channel's snapshot is so; `OriginateResponse`, `QueueEntry` and the answer to `Getvar` are not.
 */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\u0007', 'a'],
  ['\b', 'b'],
  ['\f', 'f'],
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
  ['\u000b', 'v'],
]);
const CONTROLS: ReadonlySet<string> = new Set(ESCAPES.values());

/** As Asterisk writes it: for peers in tests and the demo exchange. */
export const escapeText = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[\u0007-\r\\'"?]/g, (character) => `\\${ESCAPES.get(character) ?? character}`);

/** The text as it was, but for control characters, which become blanks: nothing that is shown has any. */
export const unescapeText = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(.)/gu, (_whole, character: string) => (CONTROLS.has(character) ? ' ' : character))
    : text;
