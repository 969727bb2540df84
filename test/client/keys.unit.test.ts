import { describe, expect, it } from 'vitest';
import { isTyping, keyOf, type KeyPress } from '../../client/src/operator/logic/keys.ts';

const press = (code: string, key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});

describe('[PANEL-01] keys mean the same in either layout', () => {
  it.each([
    ['KeyH', 'h', 'р', 'H'],
    ['KeyT', 't', 'е', 'T'],
    ['KeyC', 'c', 'с', 'C'],
    ['KeyW', 'w', 'ц', 'W'],
    ['KeyX', 'x', 'ч', 'X'],
    ['KeyY', 'y', 'н', 'Y'],
  ] as const)('[PANEL-01] %s is one key whether it types %s or %s', (code, latin, russian, meaning) => {
    expect(keyOf(press(code, latin))).toBe(meaning);
    expect(keyOf(press(code, russian))).toBe(meaning);
  });
  it.each(['0', '1', '5', '9'])('[PANEL-01] digit %s chooses from the row and from the number pad', (digit) => {
    expect(keyOf(press(`Digit${digit}`, digit))).toBe(digit);
    expect(keyOf(press(`Numpad${digit}`, digit))).toBe(digit);
  });
  it('[PANEL-01] / searches by its place and by its character', () => {
    expect(keyOf(press('Slash', '.'))).toBe('search');
    expect(keyOf(press('Backslash', '/', { shiftKey: true }))).toBe('search');
    expect(keyOf(press('NumpadDivide', '/'))).toBe('search');
  });
  it('[PANEL-01] ? helps: Shift+/ in Latin, Shift+7 and Shift+/ in Russian', () => {
    expect(keyOf(press('Slash', '?', { shiftKey: true }))).toBe('help');
    expect(keyOf(press('Digit7', '?', { shiftKey: true }))).toBe('help');
    expect(keyOf(press('Slash', ',', { shiftKey: true }))).toBe('help');
  });
});

describe('[PANEL-02] what belongs to the browser or to a field is left alone', () => {
  it.each(['ctrlKey', 'altKey', 'metaKey', 'repeat', 'isComposing'] as const)(
    '[PANEL-02] %s makes it no key of ours',
    (flag) => {
      expect(keyOf(press('KeyH', 'h', { [flag]: true }))).toBeUndefined();
      expect(keyOf(press('KeyH', 'h'))).toBe('H');
    },
  );
  it('[PANEL-02] Shift and a digit or letter is typing, not a choice', () => {
    expect(keyOf(press('Digit1', '!', { shiftKey: true }))).toBeUndefined();
    expect(keyOf(press('KeyH', 'H', { shiftKey: true }))).toBeUndefined();
  });
  it.each([
    [{ tagName: 'INPUT', type: 'text' }, true],
    [{ tagName: 'INPUT', type: 'tel' }, true],
    [{ tagName: 'INPUT', type: 'datetime-local' }, true],
    [{ tagName: 'INPUT', type: 'checkbox' }, false],
    [{ tagName: 'INPUT', type: 'radio' }, false],
    [{ tagName: 'TEXTAREA' }, true],
    [{ tagName: 'SELECT' }, true],
    [{ tagName: 'DIV', isContentEditable: true }, true],
    [{ tagName: 'BUTTON' }, false],
    [null, false],
  ] as const)('[PANEL-02] typing into %o: %s', (target, typing) => {
    expect(isTyping(target)).toBe(typing);
  });
});
