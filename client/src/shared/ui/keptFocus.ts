import { useEffect, useMemo, useRef, type RefObject } from 'react';

const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), textarea, summary, [tabindex="0"]';
interface Place {
  readonly parent: Element;
  readonly index: number;
}

/** From the element that has the focus up to the frame. */
function placesOf(element: Element, frame: Element): readonly Place[] {
  const places: Place[] = [];
  for (let at = element; at !== frame && at.parentElement; at = at.parentElement)
    places.push({ parent: at.parentElement, index: [...at.parentElement.children].indexOf(at) });
  return places;
}
const firstIn = (element: Element | undefined): HTMLElement | null =>
  element instanceof HTMLElement && element.matches(FOCUSABLE)
    ? element
    : (element?.querySelector<HTMLElement>(FOCUSABLE) ?? null);

/** What stands now where the focus was: the next in its place, or the nearest around. */
function nearest(places: readonly Place[], frame: HTMLElement): HTMLElement {
  for (const { parent, index } of places) {
    if (!frame.contains(parent)) continue;
    const { children } = parent;
    const found = firstIn(children[Math.min(index, children.length - 1)]) ?? firstIn(parent);
    if (found) return found;
  }
  return frame;
}

export interface KeptFocus<Frame extends HTMLElement> {
  readonly ref: RefObject<Frame | null>;
  readonly tabIndex: -1;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/**
 * Props of an element whose parts come and go under the keyboard: a button that is gone once it was pressed, a row that
 * is over. The focus then goes to what stands in its place instead of to the beginning of the page.
 */
export function useKeptFocus<Frame extends HTMLElement>(): KeptFocus<Frame> {
  const ref = useRef<Frame>(null);
  const places = useRef<readonly Place[]>([]);
  useEffect(() => {
    const frame = ref.current;
    if (!frame) return undefined;
    const observer = new MutationObserver(() => {
      const isLost = places.current.length > 0 && document.activeElement === document.body;
      // All gone at once is a dialog that closes: it gives the focus back by itself.
      if (isLost && frame.childElementCount > 0) nearest(places.current, frame).focus();
    });
    observer.observe(frame, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return useMemo(
    () => ({
      ref,
      tabIndex: -1,
      onFocus: () => {
        const { activeElement } = document;
        if (ref.current && activeElement) places.current = placesOf(activeElement, ref.current);
      },
      // Of what React takes out of the page nothing is told; and another window gives the focus back.
      onBlur: () => {
        if (document.hasFocus()) places.current = [];
      },
    }),
    [],
  );
}
