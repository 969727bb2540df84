import { createElement, lazy, type ComponentType } from 'react';
import { loadWords } from '../shared/i18n/index.ts';
import type { Page } from './pages.ts';

const ready = new Map<string, ComponentType>();
const later = new Map<string, ComponentType>();

/** Reads a page's code, its words and what its parts need around them at the same time. */
export async function loadPage(page: Page): Promise<ComponentType> {
  const [code, around] = await Promise.all([
    page.load(),
    page.plain ? undefined : import('../shared/ui/MantineRoot.tsx'),
    ...page.words.map(loadWords),
  ]);
  const content = code.default;
  const made = around ? () => createElement(around.MantineRoot, null, createElement(content)) : content;
  ready.set(page.id, made);
  return made;
}

/**
 * The page as a component. One that is already here is drawn in the same frame: a lazy component would show its
 * fallback first, and React keeps a fallback for 300 ms.
 */
export function componentOf(page: Page): ComponentType {
  const here = ready.get(page.id) ?? later.get(page.id);
  if (here) return here;
  const made = lazy(() =>
    loadPage(page).then(
      (content) => ({ default: content }),
      (fault: unknown) => {
        // Not this time; whoever comes back asks again.
        later.delete(page.id);
        throw fault;
      },
    ),
  );
  later.set(page.id, made);
  return made;
}

type Reminders = ComponentType<{ readonly withPromises: boolean }>;
let reminders: Reminders | undefined;

/** Not on the operator's panel, whose first load does without. They come with the next page if not with this one. */
export function remindersNow(): Reminders {
  reminders ??= lazy<Reminders>(() =>
    import('./Reminders.tsx').catch(() => {
      reminders = undefined;
      return { default: () => null };
    }),
  );
  return reminders;
}
