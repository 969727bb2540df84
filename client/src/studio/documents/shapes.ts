import type { SiteDocumentKind } from '../../../../server/contract/siteDocuments.ts';
import type { Plain } from '../texts.ts';

/** Where the values come from that a document names: another document, or the published scripts. */
export type Source = 'topics' | 'situations' | 'profiles' | 'scripts';

/** One field of a form. Its words stand in `documents.field.<key>`. */
export type Field = { readonly key: string; readonly optional?: true } & (
  | { readonly as: 'text' | 'long' | 'day' | 'days' | 'number' | 'flag' | 'lines' | 'local' | 'verdict' | 'week' }
  /** Given once: reports and scripts know the thing by it. */
  | { readonly as: 'code' }
  | { readonly as: 'one' | 'some'; readonly of: readonly string[] | Source }
  | { readonly as: 'list'; readonly fields: readonly Field[]; readonly fresh: Plain }
  | { readonly as: 'part'; readonly fields: readonly Field[] }
);

const label: Field = { key: 'label', as: 'local' };
const code: Field = { key: 'id', as: 'code' };
const audience = (...of: readonly string[]): Field => ({ key: 'audience', as: 'one', of, optional: true });
const named = { fields: [code, label], fresh: { id: '', label: { ru: '', en: '' } } };

const article: readonly Field[] = [
  { key: 'title', as: 'text' },
  { key: 'spoken', as: 'long' },
  { key: 'details', as: 'long' },
  { key: 'topic', as: 'one', of: 'topics' },
  { key: 'audience', as: 'one', of: ['everyone', 'internal'] },
  { key: 'questions', as: 'lines' },
  { key: 'synonyms', as: 'lines', optional: true },
  { key: 'validFrom', as: 'day', optional: true },
  { key: 'validUntil', as: 'day', optional: true },
  { key: 'clauses', as: 'lines', optional: true },
  { key: 'sample', as: 'flag' },
  { key: 'toFill', as: 'lines', optional: true },
];
const contactPoint: readonly Field[] = [
  code,
  { key: 'title', as: 'local' },
  audience('everyone', 'external', 'internal'),
  { key: 'address', as: 'local', optional: true },
  { key: 'phone', as: 'local', optional: true },
  { key: 'email', as: 'text', optional: true },
  { key: 'url', as: 'text', optional: true },
  { key: 'hours', as: 'local', optional: true },
  { key: 'note', as: 'local', optional: true },
  { key: 'rules', as: 'lines' },
  { key: 'clauses', as: 'lines' },
  { key: 'toFill', as: 'lines', optional: true },
];
const staffMember: readonly Field[] = [
  { key: 'fullName', as: 'text' },
  { key: 'extension', as: 'text' },
  { key: 'position', as: 'text' },
  { key: 'unit', as: 'text' },
  { key: 'hoursText', as: 'text' },
  { key: 'topics', as: 'some', of: 'topics' },
  { key: 'situations', as: 'some', of: 'situations' },
  { key: 'profiles', as: 'some', of: 'profiles' },
];
const criterion: readonly Field[] = [
  code,
  label,
  { key: 'about', as: 'local' },
  { key: 'full', as: 'local' },
  { key: 'none', as: 'local' },
  { key: 'weight', as: 'number' },
  { key: 'clause', as: 'text' },
  { key: 'appliesWhen', as: 'local', optional: true },
];
const unwritten = { ru: '', en: '' };
const freshCriterion = {
  id: '',
  label: unwritten,
  about: unwritten,
  full: unwritten,
  none: unwritten,
  weight: 1,
  clause: '3.5.7',
};

/** What each kind of document is made of; the server's schemas have the last word. */
export const SHAPES: Readonly<Record<SiteDocumentKind, readonly Field[]>> = {
  article,
  contactPoints: [
    {
      key: 'contactPoints',
      as: 'list',
      fields: contactPoint,
      fresh: { id: '', title: { ru: '' }, rules: [], clauses: [] },
    },
  ],
  staff: [
    {
      key: 'staff',
      as: 'list',
      fields: staffMember,
      fresh: {
        fullName: '',
        extension: '',
        position: '',
        unit: '',
        hoursText: 'пн-пт 9:00-18:00',
        hours: [{ days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1080 }],
        topics: [],
        situations: [],
        profiles: [],
      },
    },
  ],
  dispositions: [
    {
      key: 'dispositions',
      as: 'list',
      fields: [
        code,
        label,
        { key: 'about', as: 'long' },
        { key: 'satisfied', as: 'verdict' },
        { key: 'directions', as: 'some', of: ['inbound', 'outbound', 'internal'] },
        { key: 'noteRequired', as: 'flag' },
      ],
      fresh: { id: '', label: { ru: '', en: '' }, about: '', satisfied: true, directions: ['inbound'] },
    },
  ],
  pauseReasons: [
    {
      key: 'pauseReasons',
      as: 'list',
      fields: [
        code,
        label,
        { key: 'counts', as: 'one', of: ['work', 'rest'] },
        { key: 'limitMinutes', as: 'number', optional: true },
      ],
      fresh: { id: '', label: { ru: '', en: '' }, counts: 'rest' },
    },
  ],
  reviewCriteria: [
    { key: 'scale', as: 'number' },
    {
      key: 'groups',
      as: 'list',
      fields: [code, label, { key: 'criteria', as: 'list', fields: criterion, fresh: freshCriterion }],
      fresh: { id: '', label: { ru: '', en: '' }, criteria: [freshCriterion] },
    },
  ],
  topics: [
    {
      key: 'topics',
      as: 'list',
      fields: [
        code,
        label,
        audience('everyone', 'internal'),
        { key: 'script', as: 'one', of: 'scripts', optional: true },
      ],
      fresh: { id: '', label: { ru: '', en: '' } },
    },
    { key: 'situations', as: 'list', ...named },
    { key: 'profiles', as: 'list', ...named },
  ],
  calendarWeek: [
    { key: 'week', as: 'week' },
    { key: 'shortenedByMinutes', as: 'number' },
    { key: 'schedule', as: 'local' },
    { key: 'clientHours', as: 'text' },
    {
      key: 'terms',
      as: 'part',
      fields: (['callbackHours', 'callbackLatestHours', 'socialHours', 'forwardingDays', 'appealDays'] as const).map(
        (key) => ({ key, as: 'number' }),
      ),
    },
  ],
  calendarYear: [
    { key: 'official', as: 'flag' },
    { key: 'source', as: 'long' },
    {
      key: 'holidays',
      as: 'list',
      fields: [
        { key: 'day', as: 'day' },
        { key: 'name', as: 'text' },
      ],
      fresh: { day: '', name: '' },
    },
    {
      key: 'moved',
      as: 'list',
      fields: [
        { key: 'from', as: 'day' },
        { key: 'to', as: 'day' },
        { key: 'by', as: 'text' },
        { key: 'official', as: 'flag' },
      ],
      fresh: { from: '', to: '', by: '', official: false },
    },
    { key: 'shortened', as: 'days' },
  ],
};

/** What a new article or year begins with. */
export const freshDocument = (kind: 'article' | 'calendarYear', id: string): Plain =>
  kind === 'article'
    ? {
        id,
        title: '',
        topic: '',
        audience: 'everyone',
        spoken: '',
        questions: [],
        sample: true,
        toFill: [],
        details: '',
      }
    : { year: Number(id), country: 'RU', official: false, source: '', holidays: [], moved: [], shortened: [] };
