import type { Said } from '../../../machines/script/localText.ts';
import { parseDocument } from 'yaml';
import type { ReadDocument, SiteDocumentKind } from '../../contract/index.ts';
import { readArticle } from '../../knowledge/articleFile.ts';
import type { Loaded } from '../../knowledge/fault.ts';
import type { StaffMember } from '../../knowledge/staff.ts';
import { readStaffCsv, writeStaffCsv } from '../../knowledge/staffCsv.ts';
import { writeData } from '../source/style.ts';
import { isPlain } from '../source/values.ts';
import type { SeedDocument } from './seed.ts';

/** Where each kind lies in the library folder. */
const PLACES: Readonly<Record<SiteDocumentKind, (id: string) => string>> = {
  article: (id) => `knowledge/${id}.md`,
  contactPoints: () => 'contact-points.yaml',
  staff: () => 'staff.csv',
  dispositions: () => 'dispositions.yaml',
  pauseReasons: () => 'pause-reasons.yaml',
  reviewCriteria: () => 'review-criteria.yaml',
  topics: () => 'topics.yaml',
  calendarWeek: () => 'calendars/working-week.yaml',
  calendarYear: (id) => `calendars/ru-${id}.yaml`,
};

/** A document as a file of the library folder: what is exported can be put there, and lives well in git. */
export const fileOf = ({ kind, id, content }: SeedDocument) => ({
  file: PLACES[kind](id),
  source: sourceOf(kind, content),
});

function sourceOf(kind: SiteDocumentKind, content: unknown): string {
  if (kind === 'staff') return writeStaffCsv((content as { staff: readonly StaffMember[] }).staff);
  if (kind !== 'article' || !isPlain(content)) return writeData(content);
  const { details, ...head } = content;
  return `---\n${writeData(head)}---\n\n${String(details)}\n`;
}

/** What such a file says, to be looked at in the form; nothing is saved, and the form's own check tells the rest. */
export function readFileOf(kind: SiteDocumentKind, id: string, source: string): ReadDocument {
  if (kind === 'article') return told(readArticle(`${id}.md`, source), (article) => article);
  if (kind === 'staff')
    return told(readStaffCsv('staff.csv', new TextEncoder().encode(source)), (staff) => ({ staff }));
  const document = parseDocument(source, { prettyErrors: false });
  const content: unknown = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 20 });
  if (isPlain(content)) return { read: true, content };
  return { read: false, faults: [{ path: [], message: UNREADABLE }] };
}
const told = <T>(loaded: Loaded<T>, contentOf: (value: T) => unknown): ReadDocument =>
  loaded.ok
    ? { read: true, content: contentOf(loaded.value) }
    : {
        read: false,
        faults: loaded.faults.map(({ line, message }) => ({
          path: [],
          message: atLine(message, line),
        })),
      };
const UNREADABLE = {
  ru: 'файл не читается как YAML: проверьте отступы и кавычки',
  en: 'the file cannot be read as YAML: check indents and quotes',
};
const atLine = ({ ru, en }: Said, line: number | undefined): Said =>
  line === undefined ? { ru, en } : { ru: `строка ${String(line)}: ${ru}`, en: `line ${String(line)}: ${en}` };
