import { z } from 'zod';
import { SITE_DOCUMENT_KINDS } from '../../contract/index.ts';
import { fileOf, readFileOf } from '../../studio/documents/files.ts';
import type { SiteDocuments } from '../../studio/documents/siteDocuments.ts';
import { route, type Route } from '../route.ts';

const ROLES = ['trainer', 'admin', 'supervisor'] as const;
const reply = z.looseObject({});
const kind = z.enum(SITE_DOCUMENT_KINDS);
const params = z.object({ kind, id: z.string().max(60) });

/** Knowledge base, contact points, staff, lists, criteria, calendar: read here, changed by commands. */
export const siteDocumentRoutes = (documents: SiteDocuments): Route[] => [
  route({
    method: 'get',
    path: '/site-documents',
    summary: 'Documents of the organisation, removed ones too (SiteDocumentRow)',
    roles: ROLES,
    query: z.object({ kind: kind.optional() }),
    reply: z.array(reply),
    handle: ({ query }) => documents.list(query.kind),
  }),
  route({
    method: 'get',
    path: '/site-documents/export',
    summary: 'All documents in use as files of the library folder (ScriptFiles)',
    roles: ROLES,
    reply,
    handle: () => ({ files: documents.inUse().map(fileOf) }),
  }),
  route({
    method: 'get',
    path: '/site-documents/{kind}/{id}/file',
    summary: 'One document as a file of the library folder',
    roles: ROLES,
    params,
    reply,
    handle: ({ params: { kind: which, id } }) => fileOf(documents.get(which, id)),
  }),
  route({
    method: 'post',
    path: '/site-documents/{kind}/{id}/file',
    summary: 'What such a file says, for the form; nothing is saved (ReadDocument)',
    roles: ROLES,
    params,
    body: z.object({ source: z.string().max(2_000_000) }),
    reply,
    handle: ({ params: { kind: which, id }, body }) => readFileOf(which, id, body.source),
  }),
  route({
    method: 'get',
    path: '/site-documents/{kind}/{id}',
    summary: 'One document with its content (SiteDocumentView)',
    roles: ROLES,
    params,
    reply,
    handle: ({ params: { kind: which, id } }) => documents.get(which, id),
  }),
  route({
    method: 'get',
    path: '/site-documents/{kind}/{id}/history',
    summary: 'All revisions of a document with their contents, newest first (SiteDocumentRevision)',
    roles: ROLES,
    params,
    reply: z.array(reply),
    handle: ({ params: { kind: which, id } }) => documents.history(which, id),
  }),
];
