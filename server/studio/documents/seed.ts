import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Library } from '../../knowledge/library.ts';
import type { SiteDocumentKind } from '../../contract/index.ts';
import { isPlain } from '../source/values.ts';

export interface SeedDocument {
  readonly kind: SiteDocumentKind;
  readonly id: string;
  readonly content: unknown;
}

/** The library folder as the first revision of every document. */
export async function seedOf(library: Library, libraryDir: string): Promise<SeedDocument[]> {
  const single = (kind: SiteDocumentKind, content: unknown): SeedDocument => ({ kind, id: kind, content });
  return [
    ...library.articles.map((article): SeedDocument => ({ kind: 'article', id: article.id, content: article })),
    single('contactPoints', { contactPoints: library.contactPoints }),
    single('staff', { staff: library.staff }),
    single('dispositions', { dispositions: library.dispositions }),
    single('pauseReasons', { pauseReasons: library.pauseReasons }),
    single('reviewCriteria', library.reviewCriteria),
    single('topics', library.topics),
    ...(await calendarSeed(join(libraryDir, 'calendars'))),
  ];
}

/** Calendars are kept as they are written ("9:00-13:00"), not as they are read. */
async function calendarSeed(folder: string): Promise<SeedDocument[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const documents: SeedDocument[] = [];
  for (const name of names.toSorted()) {
    const isWeek = name === 'working-week.yaml';
    if (!isWeek && !/^[a-z]{2}-\d{4}\.yaml$/.test(name)) continue;
    const content: unknown = parse(await readFile(join(folder, name), 'utf8'));
    if (isWeek) documents.push({ kind: 'calendarWeek', id: 'calendarWeek', content });
    else if (isPlain(content)) documents.push({ kind: 'calendarYear', id: String(content.year), content });
  }
  return documents;
}
