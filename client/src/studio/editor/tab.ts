import { newId } from '../../shared/realtime/newId.ts';

const KEPT_AS = 'studio.tab';

/** Names this tab among others of the same person; a reload keeps it. */
export function tabId(): string {
  const known = sessionStorage.getItem(KEPT_AS);
  if (known !== null) return known;
  const made = newId();
  sessionStorage.setItem(KEPT_AS, made);
  return made;
}
