import { createStore, useStore } from '../store.ts';

/** What the person chose; `auto` follows the computer. */
export type Scheme = 'light' | 'dark' | 'auto';
const KEPT_AS = 'screen.scheme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

const read = (): Scheme => {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
};
export const chosenScheme = createStore<Scheme>(read());

const shown = (scheme: Scheme): 'light' | 'dark' => (scheme === 'auto' ? (dark.matches ? 'dark' : 'light') : scheme);
const apply = (): void => {
  document.documentElement.setAttribute('data-mantine-color-scheme', shown(chosenScheme.get()));
};

/** Sets the theme before the first paint and keeps it right, in this tab and in others. */
export function startScheme(): void {
  apply();
  chosenScheme.subscribe(apply);
  dark.addEventListener('change', () => {
    apply();
    ticks.set(ticks.get() + 1);
  });
  window.addEventListener('storage', (event) => {
    if (event.key === KEPT_AS) chosenScheme.set(read());
  });
}
/** The computer's own wish changed. */
const ticks = createStore(0);

export function chooseScheme(scheme: Scheme): void {
  if (scheme === 'auto') localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, scheme);
  chosenScheme.set(scheme);
}

/** The theme that is shown now. */
export function useShownScheme(): 'light' | 'dark' {
  useStore(ticks);
  return shown(useStore(chosenScheme));
}
