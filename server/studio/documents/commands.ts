import { AppError } from '../../../machines/vocabulary/index.ts';
import { command, type Command, type CommandContext } from '../../commands.ts';
import {
  siteDocumentCommands as schemas,
  type SaveDocumentResult,
  type SiteDocumentKind,
} from '../../contract/index.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { fullName, type Person } from '../../people/users.ts';
import type { AuditRoom } from '../../supervision/auditRoom.ts';
import type { Author, SiteDocuments } from './siteDocuments.ts';

const ROLES = ['trainer', 'admin', 'supervisor'] as const;
/** Supervisors judge calls, so the criteria are theirs to change too; nothing else is. */
function mustBeTheirs({ roles }: Pick<Person, 'roles'>, kind: SiteDocumentKind): void {
  if (kind === 'reviewCriteria' || roles.includes('trainer') || roles.includes('admin')) return;
  throw new AppError('command.forbidden', 'this document is kept by trainers', { kind: 'user' });
}

/** Editing what the organisation has written down; each act leaves a row of audit. */
export function documentCommands(setup: {
  readonly documents: SiteDocuments;
  readonly audit: AuditRoom;
  readonly ledger: Ledger;
}): Record<string, Command> {
  const { documents, audit, ledger } = setup;
  const author = ({ person, at }: CommandContext, reason: string): Author => ({
    by: person.id,
    byName: fullName(person),
    at,
    reason,
  });
  const noted = async (
    what: string,
    { kind, id, reason }: { kind: string; id: string; reason: string },
    { person, at }: CommandContext,
    result: Promise<SaveDocumentResult>,
  ): Promise<SaveDocumentResult> => {
    const outcome = await result;
    if (!outcome.saved) return outcome;
    const details = { revision: outcome.revision };
    audit.note({ who: person.id, whoName: fullName(person), what, whom: `${kind}/${id}`, reason, details }, at);
    await ledger.flush();
    return outcome;
  };
  return {
    'siteDocument.save': command(schemas['siteDocument.save'], ROLES, (input, context) => {
      const { kind, id, revision, content, reason } = input;
      mustBeTheirs(context.person, kind);
      const saved = documents.save(kind, id, revision, content, author(context, reason));
      return noted('siteDocument.saved', input, context, saved);
    }),
    'siteDocument.restore': command(schemas['siteDocument.restore'], ROLES, (input, context) => {
      const { kind, id, from, revision, reason } = input;
      mustBeTheirs(context.person, kind);
      const saved = documents.restore(kind, id, from, revision, author(context, reason));
      return noted('siteDocument.restored', input, context, saved);
    }),
    'siteDocument.remove': command(schemas['siteDocument.remove'], ROLES, (input, context) => {
      const { kind, id, revision, reason } = input;
      mustBeTheirs(context.person, kind);
      return noted(
        'siteDocument.removed',
        input,
        context,
        documents.remove(kind, id, revision, author(context, reason)),
      );
    }),
  };
}
