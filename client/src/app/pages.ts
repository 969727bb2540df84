import { IconHeadset, type Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Role } from '../../../machines/vocabulary/index.ts';

/** One page of the product. Its code is read when somebody opens it. */
export interface Page {
  /** First part of the address, and the key of its name in the words: `common.pages.<id>`. */
  readonly id: string;
  /** Who sees it; the server checks again. */
  readonly roles: readonly Role[];
  readonly icon: Icon;
  /** Files of words to read together with the code: `shared/i18n/{ru,en}/<words>.ts`. */
  readonly words: readonly string[];
  /** `rail`: beside the rail of pages. `bare`: alone on the screen, as on a television. */
  readonly frame: 'rail' | 'bare';
  /** The default export is the page; it may route further below `/<id>/*`. */
  load(): Promise<{ default: ComponentType }>;
}

/** All pages, in the order of the rail; a person who signs in lands on the first that is theirs. */
export const pages: readonly Page[] = [
  {
    id: 'operator',
    roles: ['operator'],
    icon: IconHeadset,
    words: ['operator'],
    frame: 'rail',
    load: () => import('../operator/OperatorPage.tsx'),
  },
];

export const pageOf = (path: string): Page | undefined => pages.find((page) => path.split('/')[1] === page.id);

export const pagesFor = (roles: readonly Role[]): readonly Page[] =>
  pages.filter((page) => page.roles.some((role) => roles.includes(role)));
