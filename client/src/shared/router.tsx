import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react';
import { BASE } from './base.ts';

/**
 * Addresses of the pages. A page has a handful of addresses and no nesting, so this is all the routing there is: the
 * path is state, links change it without a reload, the browser's back works.
 */
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};
const listen = (listener: () => void): (() => void) => {
  if (listeners.size === 0) window.addEventListener('popstate', tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', tell);
  };
};

/** The present path, such as `/studio/inbound/3`. */
export const usePath = (): string => useSyncExternalStore(listen, pathNow);
/** The same, once. */
export const pathNow = (): string => location.pathname.slice(BASE.length) || '/';
/** The present query, such as `?q=сад`; changes of it are addresses too. */
export const useQuery = (): URLSearchParams => {
  const text = useSyncExternalStore(listen, () => location.search);
  return new URLSearchParams(text);
};

/** Goes to an address of this site. `replace` leaves no step back. */
export function go(to: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) history.replaceState(null, '', BASE + to);
  else history.pushState(null, '', BASE + to);
  tell();
}

/**
 * The parts of `path` that stand in the places of `:name` in `pattern`; undefined when it is another address. A pattern
 * that ends in `/*` takes any longer path.
 */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/').filter((part) => part !== '');
  const given = path.split('/').filter((part) => part !== '');
  const open = wanted.at(-1) === '*';
  if (open) wanted.pop();
  if (given.length < wanted.length || (!open && given.length > wanted.length)) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decode(given[index] ?? '');
    if (part.startsWith(':')) found[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return found;
}

/** A hand-typed address may hold a lone `%`. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    if (cause instanceof URIError) return part;
    throw cause;
  }
}

/** A link within the site. With Ctrl, Shift or the middle button it opens elsewhere, as any link does. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!plain || event.defaultPrevented) return;
    event.preventDefault();
    go(href);
  };
  return <a {...rest} href={BASE + href} onClick={follow} />;
}
