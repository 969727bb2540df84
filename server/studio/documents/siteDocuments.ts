import { z } from 'zod';
import { AppError, type Instant } from '../../../machines/vocabulary/index.ts';
import type { BusinessCalendar } from '../../calendar/businessCalendar.ts';
import type { WeekData, YearData } from '../../calendar/calendarData.ts';
import type {
  SaveDocumentResult,
  SiteDocumentKind,
  SiteDocumentRevision,
  SiteDocumentRow,
  SiteDocumentView,
} from '../../contract/index.ts';
import { SITE_DOCUMENT_KINDS } from '../../contract/index.ts';
import type { Article } from '../../knowledge/article.ts';
import type { Library } from '../../knowledge/library.ts';
import { knownIds, type Topics } from '../../knowledge/topics.ts';
import type { Site } from '../../site.ts';
import type { Collection, CollectionSpec, Storage } from '../../storage/port.ts';
import { KINDS, titleOfDocument, type Checked } from './kinds.ts';
import { same } from '../source/values.ts';
import type { SeedDocument } from './seed.ts';
import { withShippedWords } from './shippedWords.ts';

/** One revision; the newest of a document is the document. Nothing is ever overwritten. */
interface Revision {
  readonly kind: SiteDocumentKind;
  readonly id: string;
  readonly revision: number;
  readonly at: Instant;
  readonly by: string;
  readonly byName: string;
  readonly reason: string;
  readonly removed: boolean;
  readonly content: unknown;
}
const schema = z.looseObject({ kind: z.enum(SITE_DOCUMENT_KINDS), id: z.string(), revision: z.int(), at: z.number() });
const spec: CollectionSpec<Revision> = {
  name: 'siteDocuments',
  version: 1,
  columns: {
    kind: { type: 'text', of: ({ kind }) => kind },
    documentId: { type: 'text', of: ({ id }) => id },
    number: { type: 'integer', of: ({ revision }) => revision },
  },
  indexes: [{ columns: ['kind', 'documentId', 'number'], unique: true }],
  check: (document) => schema.parse(document) as unknown as Revision,
};

export interface SiteDocumentsSetup {
  readonly site: Site;
  readonly calendar: BusinessCalendar;
  /** What there is at first; what was edited stays as it is. */
  seed(): Promise<readonly SeedDocument[]>;
}
export interface Author {
  readonly by: string;
  readonly byName: string;
  readonly at: Instant;
  readonly reason: string;
}
/** Who wrote what came with the product. */
const LIBRARY = { by: 'library', byName: '', reason: '' } as const;
const keyOf = (kind: SiteDocumentKind, id: string): string => `${kind}/${id}`;

/**
 * What the organisation has written down, versioned: seeded from the library folder, checked by its schemas, in use from
 * the moment it is saved. The seed never overwrites what was edited; what is new in the folder comes in at the start, and
 * so do words of a second language for texts that stand as they were shipped.
 */
export class SiteDocuments {
  readonly #revisions: Collection<Revision>;
  readonly #setup: SiteDocumentsSetup;
  readonly #current = new Map<string, Revision>();

  private constructor(revisions: Collection<Revision>, setup: SiteDocumentsSetup) {
    this.#revisions = revisions;
    this.#setup = setup;
  }
  static async open(storage: Storage, setup: SiteDocumentsSetup, at: Instant): Promise<SiteDocuments> {
    const documents = new SiteDocuments(await storage.collection(spec), setup);
    await documents.#load();
    await documents.#seed(at);
    documents.#use();
    return documents;
  }
  async #load(): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.#revisions.find({ limit: 500, ...(cursor === undefined ? {} : { cursor }) });
      for (const { document } of page.items) {
        const key = keyOf(document.kind, document.id);
        if ((this.#current.get(key)?.revision ?? 0) < document.revision) this.#current.set(key, document);
      }
      cursor = page.next;
    } while (cursor !== undefined);
  }
  async #seed(at: Instant): Promise<void> {
    const seed = await this.#setup.seed();
    const fresh = seed
      .filter(({ kind, id }) => !this.#current.has(keyOf(kind, id)))
      .map((each): Revision => ({ ...each, ...LIBRARY, revision: 1, at, removed: false }));
    await this.#addFromLibrary([...fresh, ...this.#worded(seed, at)]);
  }
  /** Documents with the words of a second language that the library has since been given. */
  #worded(seed: readonly SeedDocument[], at: Instant): Revision[] {
    return seed.flatMap(({ kind, id, content: shipped }) => {
      const known = this.#current.get(keyOf(kind, id));
      const content = known && withShippedWords(known.content, shipped);
      if (!known || known.removed || same(content, known.content)) return [];
      return [{ ...known, ...LIBRARY, content, at, revision: known.revision + 1 }];
    });
  }
  async #addFromLibrary(added: readonly Revision[]): Promise<void> {
    await this.#revisions.putAll(
      added.map((document) => ({ id: `${keyOf(document.kind, document.id)}@${String(document.revision)}`, document })),
    );
    for (const document of added) this.#current.set(keyOf(document.kind, document.id), document);
  }

  /** Everything as it is in use: another product that begins with it knows the same. */
  inUse(): readonly SeedDocument[] {
    return [...this.#current.values()]
      .filter(({ removed }) => !removed)
      .map(({ kind, id, content }) => ({ kind, id, content }));
  }
  list(kind?: SiteDocumentKind): SiteDocumentRow[] {
    return [...this.#current.values()]
      .filter((each) => kind === undefined || each.kind === kind)
      .map(rowOf)
      .sort((a, b) => a.title.localeCompare(b.title, 'ru') || (a.id < b.id ? -1 : 1));
  }
  get(kind: SiteDocumentKind, id: string): SiteDocumentView {
    const known = this.#current.get(keyOf(kind, id));
    if (!known) throw new AppError('siteDocuments.unknown', 'no such document', { kind: 'user' });
    return { ...rowOf(known), content: known.content };
  }
  async history(kind: SiteDocumentKind, id: string): Promise<SiteDocumentRevision[]> {
    const page = await this.#revisions.find({
      where: { kind, documentId: id },
      orderBy: { column: 'number', descending: true },
      limit: 200,
    });
    return page.items.map(({ document: { revision, at, byName, reason, removed, content } }) => ({
      revision,
      at,
      byName,
      reason,
      removed,
      content,
    }));
  }

  /** Checked, stored, in use; or every fault. Throws `siteDocuments.conflict` when somebody saved meanwhile. */
  async save(
    kind: SiteDocumentKind,
    id: string,
    revision: number,
    given: unknown,
    author: Author,
  ): Promise<SaveDocumentResult> {
    const content = KINDS[kind].complete?.(given) ?? given;
    const checked = this.#check(kind, id, content);
    if (!checked.ok) return { saved: false, faults: checked.faults };
    return this.#store({ kind, id, revision, content, removed: false }, author);
  }
  async remove(kind: SiteDocumentKind, id: string, revision: number, author: Author): Promise<SaveDocumentResult> {
    if (!KINDS[kind].many)
      throw new AppError('siteDocuments.needed', 'this document cannot be removed', { kind: 'user' });
    return this.#store({ kind, id, revision, content: this.get(kind, id).content, removed: true }, author);
  }
  async restore(
    kind: SiteDocumentKind,
    id: string,
    from: number,
    revision: number,
    author: Author,
  ): Promise<SaveDocumentResult> {
    const stored = await this.#revisions.get(`${keyOf(kind, id)}@${String(from)}`);
    if (!stored) throw new AppError('siteDocuments.unknown', 'no such revision', { kind: 'user' });
    return this.save(kind, id, revision, stored.document.content, author);
  }

  async #store(
    document: Pick<Revision, 'kind' | 'id' | 'revision' | 'content' | 'removed'>,
    author: Author,
  ): Promise<SaveDocumentResult> {
    const { kind, id } = document;
    const next: Revision = { ...document, ...author, revision: document.revision + 1 };
    const known = this.#current.get(keyOf(kind, id))?.revision ?? 0;
    const stored =
      known === document.revision
        ? await this.#revisions.insert(`${keyOf(kind, id)}@${String(next.revision)}`, next)
        : 'exists';
    if (stored === 'exists')
      throw new AppError('siteDocuments.conflict', 'somebody saved it meanwhile', {
        kind: 'user',
        details: { revision: known },
      });
    this.#current.set(keyOf(kind, id), next);
    this.#use();
    return { saved: true, revision: next.revision };
  }

  /** By its own schema, and with what the other documents name. */
  #check(kind: SiteDocumentKind, id: string, content: unknown): Checked {
    if (!KINDS[kind].many && id !== kind)
      throw new AppError('siteDocuments.unknown', 'this kind has one document', { kind: 'user' });
    const checked = KINDS[kind].check(content, id);
    if (!checked.ok) return checked;
    if (kind === 'article') {
      const { topic } = checked.value as Article;
      const { topics } = knownIds(this.#value<Topics>('topics', 'topics'));
      if (!topics.has(topic))
        return {
          ok: false,
          faults: [
            {
              path: ['topic'],
              message: { ru: `темы «${topic}» нет в списке тем`, en: `the list of topics has no “${topic}”` },
            },
          ],
        };
    }
    return kind === 'topics' ? this.#checkTopics(checked) : checked;
  }
  #checkTopics(checked: Checked & { readonly ok: true }): Checked {
    const { topics } = knownIds(checked.value as Topics);
    const lost = this.#all('article').find(({ content }) => !topics.has((content as Article).topic));
    if (!lost) return checked;
    const [topic, title] = [(lost.content as Article).topic, titleOfDocument('article', lost.content)];
    const message = {
      ru: `тема «${topic}» нужна статье «${title}»`,
      en: `the article “${title}” needs the topic “${topic}”`,
    };
    return { ok: false, faults: [{ path: ['topics'], message }] };
  }

  #all(kind: SiteDocumentKind): Revision[] {
    return [...this.#current.values()]
      .filter((each) => each.kind === kind && !each.removed)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  /** The content as the schemas read it. What was stored passed its check; a stricter newer schema is a fault to tell. */
  #value<T>(kind: SiteDocumentKind, id: string): T {
    const checked = KINDS[kind].check(this.#current.get(keyOf(kind, id))?.content, id);
    if (checked.ok) return checked.value as T;
    const first = checked.faults[0];
    throw new AppError(
      'siteDocuments.broken',
      `${kind}/${id}: ${first?.path.join('.') ?? ''} ${first?.message.en ?? ''}`,
    );
  }
  /** Everything that is saved goes into use at once: indexes of the knowledge base, lists, calendar. */
  #use(): void {
    const { site, calendar } = this.#setup;
    const library: Library = {
      topics: this.#value('topics', 'topics'),
      articles: this.#all('article').map(({ id }) => this.#value<Article>('article', id)),
      contactPoints: this.#value<{ contactPoints: Library['contactPoints'] }>('contactPoints', 'contactPoints')
        .contactPoints,
      staff: this.#value<{ staff: Library['staff'] }>('staff', 'staff').staff,
      dispositions: this.#value<{ dispositions: Library['dispositions'] }>('dispositions', 'dispositions').dispositions,
      pauseReasons: this.#value<{ pauseReasons: Library['pauseReasons'] }>('pauseReasons', 'pauseReasons').pauseReasons,
      reviewCriteria: this.#value('reviewCriteria', 'reviewCriteria'),
    };
    site.replace(library);
    calendar.replace({
      week: this.#value<WeekData>('calendarWeek', 'calendarWeek'),
      years: this.#all('calendarYear').map(({ id }) => this.#value<YearData>('calendarYear', id)),
    });
  }
}

const rowOf = ({ kind, id, revision, at, byName, removed, content }: Revision): SiteDocumentRow => ({
  kind,
  id,
  title: titleOfDocument(kind, content),
  revision,
  changedAt: at,
  changedByName: byName,
  removed,
});
