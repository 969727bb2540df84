import { z } from 'zod';
import type { Said } from '../../machines/script/localText.ts';
import type { Instant } from '../../machines/vocabulary/index.ts';

/**
 * What the organisation writes down besides scripts. One document each, versioned as a whole, but articles: one document
 * an article. `content` is the shape of the file in the library folder (`server/knowledge`, `server/calendar`):
 * `article` {…front matter, details}, `contactPoints` {contactPoints: […]}, `staff` {staff: […]}, `dispositions`
 * {dispositions: […]}, `pauseReasons` {pauseReasons: […]}, `reviewCriteria` {scale, groups}, `topics` {topics,
 * situations, profiles}, `calendarWeek` and `calendarYear` (id = year) as in `calendars/*.yaml`.
 */
export const SITE_DOCUMENT_KINDS = [
  'article',
  'contactPoints',
  'staff',
  'dispositions',
  'pauseReasons',
  'reviewCriteria',
  'topics',
  'calendarWeek',
  'calendarYear',
] as const;
export type SiteDocumentKind = (typeof SITE_DOCUMENT_KINDS)[number];

/** `GET /site-documents?kind=` without `content`; `GET /site-documents/{kind}/{id}` with it. */
export interface SiteDocumentRow {
  readonly kind: SiteDocumentKind;
  /** The article's id, the year, or the kind itself. */
  readonly id: string;
  readonly title: string;
  readonly revision: number;
  readonly changedAt: Instant;
  readonly changedByName: string;
  readonly removed: boolean;
}
export interface SiteDocumentView extends SiteDocumentRow {
  readonly content: unknown;
}
/** `GET /site-documents/{kind}/{id}/history`: newest first, each with its content. */
export interface SiteDocumentRevision {
  readonly revision: number;
  readonly at: Instant;
  readonly byName: string;
  readonly reason: string;
  readonly removed: boolean;
  readonly content: unknown;
}
/** One fault of the content. */
export interface DocumentFault {
  readonly path: readonly (string | number)[];
  readonly message: Said;
}
/** Answer of `POST /site-documents/{kind}/{id}/file`: content for the form, not checked and not saved. */
export type ReadDocument =
  | { readonly read: true; readonly content: unknown }
  | { readonly read: false; readonly faults: readonly DocumentFault[] };
/** Value of the commands: saved and in use at once, or what is wrong with it. */
export type SaveDocumentResult =
  | { readonly saved: true; readonly revision: number }
  | { readonly saved: false; readonly faults: readonly DocumentFault[] };

const kind = z.enum(SITE_DOCUMENT_KINDS);
const id = z.string().min(1).max(60);
const reason = z.string().trim().min(1).max(500);
/** `revision` is the one that was edited, 0 for a new document; another meanwhile is refused as `siteDocuments.conflict`. */
export const siteDocumentCommands = {
  'siteDocument.save': z.object({ kind, id, revision: z.int().min(0), content: z.unknown(), reason }),
  /** An old revision becomes the next one. */
  'siteDocument.restore': z.object({ kind, id, from: z.int().min(1), revision: z.int().min(1), reason }),
  /** Articles and years only. */
  'siteDocument.remove': z.object({ kind, id, revision: z.int().min(1), reason }),
} as const;
export type SiteDocumentCommands = {
  [Name in keyof typeof siteDocumentCommands]: z.infer<(typeof siteDocumentCommands)[Name]>;
};
