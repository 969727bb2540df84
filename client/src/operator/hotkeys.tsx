import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { isTyping, keyOf, type PanelKey } from './logic/keys.ts';

export type KeyMap = Readonly<Partial<Record<PanelKey, () => void>>>;

interface Layer {
  /** The newest map of the component: a ref, so that drawing again costs no listener. */
  readonly map: { current: KeyMap };
  /** A dialog: what it does not know reaches nothing below. */
  readonly modal: boolean;
}

/** Layers of keys, the last one on top. One listener for the whole panel. */
class KeyLayers {
  private readonly layers: Layer[] = [];

  add(layer: Layer): () => void {
    this.layers.push(layer);
    return () => void this.layers.splice(this.layers.indexOf(layer), 1);
  }
  handlerOf(key: PanelKey): (() => void) | undefined {
    // A dialog stays on top even when the page below it changes and lays its keys anew.
    const top = this.layers.findLast((layer) => layer.modal);
    if (top) return top.map.current[key];
    return this.layers.findLast((layer) => layer.map.current[key] !== undefined)?.map.current[key];
  }
}

const LayersContext = createContext<KeyLayers | undefined>(undefined);

/**
 * A button that was clicked gives the keyboard back before it acts: or the next Enter, meant for the line to say, would
 * press it once more. Who comes to a button by Tab stays there (`detail` counts clicks of a pointer).
 */
function release({ target, detail }: MouseEvent): void {
  const button = detail > 0 && target instanceof Element ? target.closest('button') : null;
  if (button && button === document.activeElement) button.blur();
}

/** Enter on a focused button or link is that button's own; Tab is the browser's as soon as anything has the keyboard. */
function isItsOwn(key: PanelKey, target: HTMLElement | null): boolean {
  if (key === 'tab') return target !== document.body;
  return key === 'enter' && Boolean(target?.closest('button, a, [role="button"]'));
}

/** Hears the keyboard for everything below; deaf where somebody only looks on. */
export function HotkeyRoot({ deaf = false, children }: { readonly deaf?: boolean; readonly children: ReactNode }) {
  const [layers] = useState(() => new KeyLayers());
  useEffect(() => {
    if (deaf) return undefined;
    const hear = (event: KeyboardEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.defaultPrevented || isTyping(target)) return;
      const key = keyOf(event);
      if (key === undefined || isItsOwn(key, target)) return;
      const handler = layers.handlerOf(key);
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', hear);
    window.addEventListener('click', release, { capture: true });
    return () => {
      window.removeEventListener('keydown', hear);
      window.removeEventListener('click', release, { capture: true });
    };
  }, [layers, deaf]);
  return <LayersContext value={layers}>{children}</LayersContext>;
}

/** Gives these keys to the component while it is on screen; later components stand above earlier ones. */
export function useHotkeys(map: KeyMap, options: { readonly modal?: boolean } = {}): void {
  const layers = useContext(LayersContext);
  const newest = useRef(map);
  // Before the picture is drawn: a key never does what belonged to the stage that has just gone.
  useLayoutEffect(() => {
    newest.current = map;
  });
  const modal = options.modal ?? false;
  useLayoutEffect(() => layers?.add({ map: newest, modal }), [layers, modal]);
}
