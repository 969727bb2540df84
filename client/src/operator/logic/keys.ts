/** What a key of the keyboard means on the panel, whatever layout is on. */
export type PanelKey =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | 'enter'
  | 'back'
  | 'escape'
  | 'search'
  | 'help'
  | 'up'
  | 'down'
  | 'tab'
  | Letter;
/** Letters are keys of the keyboard, not characters: `KeyH` is H in Latin and Р in Russian layout. */
const LETTERS = ['A', 'C', 'D', 'G', 'H', 'I', 'L', 'N', 'P', 'R', 'S', 'T', 'U', 'W', 'X', 'Y', 'Z'] as const;
export type Letter = (typeof LETTERS)[number];

const BY_CODE: Readonly<Record<string, PanelKey>> = {
  Enter: 'enter',
  NumpadEnter: 'enter',
  Backspace: 'back',
  Escape: 'escape',
  Slash: 'search',
  NumpadDivide: 'search',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Tab: 'tab',
  ...Object.fromEntries(LETTERS.map((letter) => [`Key${letter}`, letter])),
};

export interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  /** Input methods compose a letter out of several presses. */
  readonly isComposing?: boolean;
}

/** The meaning of a press, or undefined when it is none of ours: with Ctrl, Alt or Meta it belongs to the browser. */
export function keyOf(press: KeyPress): PanelKey | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey || press.repeat || press.isComposing === true) return undefined;
  // By the character first: `?` is Shift+7 in the Russian layout, `/` stands elsewhere in many.
  if (press.key === '?') return 'help';
  if (press.key === '/') return 'search';
  if (press.shiftKey) return press.code === 'Slash' ? 'help' : undefined;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  return digit === undefined ? BY_CODE[press.code] : (digit as PanelKey);
}

/** Text of any kind is being typed there: every key belongs to the field, but Escape leaves it. */
export function isTyping(
  target: { readonly tagName?: string; readonly type?: string; readonly isContentEditable?: boolean } | null,
): boolean {
  if (target === null) return false;
  if (target.isContentEditable === true || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return target.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'submit'].includes(target.type ?? 'text');
}

/** The digits choose the first nine of a list. */
export const digitKeys = <Item>(
  list: readonly Item[],
  choose: (item: Item) => void,
): Readonly<Partial<Record<PanelKey, () => void>>> =>
  Object.fromEntries(list.slice(0, 9).map((item, index) => [String(index + 1), () => choose(item)]));
