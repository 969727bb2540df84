import {
  IconChartBar,
  IconDeviceTv,
  IconHeadset,
  IconLayoutDashboard,
  IconPhoneCall,
  IconSchool,
  IconSitemap,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { ROLES, type Role } from '../../../machines/vocabulary/roles.ts';

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
  /** Its first sight uses none of Mantine's parts, so it is drawn without waiting for them. */
  readonly plain?: true;
  /**
   * What a person is reminded of: all by itself (`own`), promises by itself and news of reviews over it (`reviews`), or
   * nothing, because nobody sits there (`none`).
   */
  readonly reminders?: 'own' | 'reviews' | 'none';
  /** Only where the demonstration exchange runs. */
  readonly demoOnly?: true;
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
    plain: true,
    reminders: 'own',
    frame: 'rail',
    load: () => import('../operator/OperatorPage.tsx'),
  },
  {
    id: 'supervisor',
    roles: ['supervisor'],
    icon: IconLayoutDashboard,
    words: ['supervisor', 'operator'],
    reminders: 'reviews',
    frame: 'rail',
    load: () => import('../supervisor/SupervisorPage.tsx'),
  },
  {
    id: 'admin',
    roles: ['admin'],
    icon: IconUsers,
    words: ['admin'],
    frame: 'rail',
    load: () => import('../admin/AdminPage.tsx'),
  },
  {
    id: 'studio',
    roles: ['trainer', 'admin'],
    icon: IconSitemap,
    words: ['studio', 'documents', 'walk'],
    frame: 'rail',
    load: () => import('../studio/StudioPage.tsx'),
  },
  {
    id: 'training',
    roles: ['operator', 'trainer', 'supervisor', 'admin'],
    icon: IconSchool,
    words: ['training', 'walk', 'operator'],
    frame: 'rail',
    load: () => import('../training/TrainingPage.tsx'),
  },
  {
    id: 'reports',
    roles: ['supervisor', 'admin', 'operator'],
    icon: IconChartBar,
    words: ['reports'],
    frame: 'rail',
    load: () => import('../reports/ReportsPage.tsx'),
  },
  {
    id: 'wallboard',
    roles: ['supervisor', 'admin', 'wallboard'],
    icon: IconDeviceTv,
    words: ['supervisor'],
    reminders: 'none',
    frame: 'bare',
    load: () => import('../wallboard/WallboardPage.tsx'),
  },
  {
    id: 'demo',
    roles: ROLES,
    icon: IconPhoneCall,
    words: ['demo'],
    frame: 'rail',
    demoOnly: true,
    load: () => import('../demo/DemoPage.tsx'),
  },
];

export const pageOf = (path: string): Page | undefined => pages.find((page) => path.split('/')[1] === page.id);

export const pagesFor = (roles: readonly Role[], demo = false): readonly Page[] =>
  pages.filter((page) => (demo || !page.demoOnly) && page.roles.some((role) => roles.includes(role)));
