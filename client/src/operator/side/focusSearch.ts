export const SEARCH_ID = 'answer-search';

/** Puts the cursor into the search of answers. */
export function focusSearch(): void {
  const field = document.getElementById(SEARCH_ID);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}
