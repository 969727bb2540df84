import { AppError, type Instant } from '../../machines/vocabulary/index.ts';
import { command, type Command, type CommandContext } from '../commands.ts';
import { studioCommands as schemas, type EditResult } from '../contract/index.ts';
import { fullName } from '../people/users.ts';
import type { AuditRoom } from '../supervision/auditRoom.ts';
import type { Act, Draft, EditEntry } from './draft.ts';
import type { Publishing } from './publishing.ts';
import type { StudioPushes } from './pushes.ts';
import type { Studio } from './studio.ts';
import { joinSegments } from './source/segments.ts';
import { newScript, copyOf } from './newScript.ts';

export const STUDIO_ROLES = ['trainer', 'admin'] as const;

export interface StudioDesk {
  readonly studio: Studio;
  readonly publishing: Publishing;
  readonly pushes: StudioPushes;
  readonly audit: AuditRoom;
}

const CHECKED_BEFORE_SHOWN = 100;
const refuse = (code: string, message: string, details: Record<string, string | number> = {}): AppError =>
  new AppError(code, message, { kind: 'user', details });
export const actOf = ({ person, at }: CommandContext, note: string): Act => ({
  by: person.id,
  byName: fullName(person),
  at,
  note,
});

/** Edits of one person: recorded, durable, then told. */
export async function edit(
  studio: Studio,
  scriptId: string,
  entry: Omit<EditEntry, 'by' | 'byName' | 'commandId'>,
  { person, at, commandId }: CommandContext,
): Promise<EditResult> {
  await studio.draft(scriptId, at);
  const { drafts, ledger } = studio.setup;
  const conflicts = drafts.edit(scriptId, { ...entry, by: person.id, byName: fullName(person), commandId }, at);
  const { revision } = studio.existing(scriptId);
  studio.checkSoon(scriptId, at);
  const { saved } = await ledger.flush();
  return { revision, conflicts, saved };
}

/** Opening, presence and editing. */
export function draftCommands({ studio, pushes, audit }: StudioDesk): Record<string, Command> {
  const { drafts, ledger, deadlines, catalogue } = studio.setup;
  const note = (context: CommandContext, what: string, whom: string, reason = ''): void =>
    audit.note({ who: context.person.id, whoName: fullName(context.person), what, whom, reason }, context.at);
  const here = (scriptId: string, tabId: string, stepId: string | null, { person, at }: CommandContext): boolean => {
    const owner = `draft/${scriptId}`;
    const changed = studio.presence.here(scriptId, { personId: person.id, name: fullName(person), tabId, stepId }, at);
    if (deadlines.at(owner, 'presence') === undefined) studio.onPresenceDue(scriptId, at);
    return changed;
  };
  return {
    'studio.open': command(schemas['studio.open'], STUDIO_ROLES, async ({ scriptId, tabId }, context) => {
      const draft = await studio.draft(scriptId, context.at);
      // The findings of a large script follow by themselves: nobody waits seconds for a page.
      if (draft.segments.steps.length <= CHECKED_BEFORE_SHOWN) await studio.recheck(draft);
      else studio.checkSoon(scriptId, context.at);
      pushes.begin(studio.existing(scriptId));
      if (here(scriptId, tabId, null, context)) ledger.touch(`draft/${scriptId}`);
      // What was recorded before is shown first, so that the view and the differences after it fit.
      await ledger.flush();
      return studio.view(studio.existing(scriptId), context.at);
    }),
    'studio.here': command(schemas['studio.here'], STUDIO_ROLES, async ({ scriptId, tabId, stepId }, context) => {
      if (here(scriptId, tabId, stepId, context)) await studio.touch(scriptId);
    }),
    'studio.close': command(schemas['studio.close'], STUDIO_ROLES, async ({ scriptId, tabId }, { person }) => {
      if (studio.presence.gone(scriptId, person.id, tabId)) await studio.touch(scriptId);
    }),
    'studio.create': command(schemas['studio.create'], STUDIO_ROLES, async (input, context) => {
      const { scriptId, title } = input;
      if (catalogue.currentOf(scriptId) ?? drafts.get(scriptId))
        throw refuse('studio.taken', 'there is a script with this id', { scriptId });
      const model = input.copyOf === undefined ? undefined : await studio.draft(input.copyOf, context.at);
      const source = model ? copyOf(joinSegments(model.segments), scriptId, title) : newScript(scriptId, title);
      const act = actOf(context, '');
      drafts.record(scriptId, { kind: 'opened', body: { source, basedOn: 0, act } }, context.at);
      note(context, 'studio.created', scriptId);
      await ledger.flush();
      return { scriptId, revision: studio.existing(scriptId).revision };
    }),
    'studio.edit': command(schemas['studio.edit'], STUDIO_ROLES, ({ scriptId, baseRevision, edits }, context) =>
      edit(studio, scriptId, { baseRevision, edits }, context),
    ),
    'studio.resolve': command(schemas['studio.resolve'], STUDIO_ROLES, async (input, context) => {
      const { scriptId, conflictId, step } = input;
      const known = studio.existing(scriptId).conflicts.some((each) => each.conflictId === conflictId);
      if (!known) throw refuse('studio.noConflict', 'somebody resolved it already');
      drafts.record(scriptId, { kind: 'resolved', body: { conflictId, step, ...actOf(context, '') } }, context.at);
      studio.checkSoon(scriptId, context.at);
      await ledger.flush();
      return { revision: studio.existing(scriptId).revision };
    }),
    'studio.discard': command(schemas['studio.discard'], STUDIO_ROLES, async ({ scriptId, reason }, context) => {
      studio.existing(scriptId);
      const current = catalogue.currentOf(scriptId);
      const source = current && (await studio.setup.sources.of(scriptId, current.version));
      if (!current || source === undefined) throw refuse('studio.neverPublished', 'there is nothing to return to');
      const body = { source, basedOn: current.version, ...actOf(context, reason) };
      drafts.record(scriptId, { kind: 'discarded', body }, context.at);
      note(context, 'studio.discarded', scriptId, reason);
      disarm(studio, scriptId);
      studio.checkSoon(scriptId, context.at);
      await ledger.flush();
    }),
  };
}

/** Review and publication. */
export function reviewCommands({ studio, publishing, audit }: StudioDesk): Record<string, Command> {
  const { drafts, ledger, catalogue, deadlines } = studio.setup;
  const done = async (context: CommandContext, what: string, scriptId: string, reason: string): Promise<void> => {
    audit.note({ who: context.person.id, whoName: fullName(context.person), what, whom: scriptId, reason }, context.at);
    await ledger.flush();
  };
  const inState = (scriptId: string, ...states: readonly Draft['review']['state'][]): Draft => {
    const draft = studio.existing(scriptId);
    if (!states.includes(draft.review.state))
      throw refuse('studio.stage', 'the draft is at another stage', { state: draft.review.state });
    return draft;
  };
  const frozenAt = (draft: Draft, revision: number): void => {
    const frozen = draft.review.frozen?.revision ?? 0;
    if (frozen !== revision) throw refuse('studio.stale', 'another text is under review now', { revision: frozen });
  };
  return {
    'studio.submit': command(schemas['studio.submit'], STUDIO_ROLES, async (input, context) => {
      const { scriptId, revision, reason } = input;
      const draft = inState(scriptId, 'editing', 'inReview', 'approved');
      if (draft.revision !== revision) throw refuse('studio.stale', 'it has changed', { revision: draft.revision });
      if (draft.changedAt === null) throw refuse('studio.unchanged', 'nothing has changed');
      if (draft.unreadable) throw refuse('studio.errors', 'the text does not read', { count: 1 });
      if (draft.conflicts.length > 0)
        throw refuse('studio.conflicts', 'edits collide', { count: draft.conflicts.length });
      await publishing.assertSound(joinSegments(draft.segments));
      if (studio.existing(scriptId).segments !== draft.segments)
        throw refuse('studio.stale', 'it has changed', { revision: studio.existing(scriptId).revision });
      const basedOn = catalogue.currentOf(scriptId)?.version ?? 0;
      drafts.record(scriptId, { kind: 'submitted', body: { basedOn, ...actOf(context, reason) } }, context.at);
      await done(context, 'studio.submitted', scriptId, reason);
    }),
    'studio.withdraw': command(schemas['studio.withdraw'], STUDIO_ROLES, async ({ scriptId, reason }, context) => {
      inState(scriptId, 'inReview', 'approved', 'scheduled');
      drafts.record(scriptId, { kind: 'withdrawn', body: actOf(context, reason) }, context.at);
      disarm(studio, scriptId);
      await done(context, 'studio.withdrawn', scriptId, reason);
    }),
    'studio.approve': command(
      schemas['studio.approve'],
      STUDIO_ROLES,
      async ({ scriptId, revision, note }, context) => {
        const draft = inState(scriptId, 'inReview');
        frozenAt(draft, revision);
        const { frozen, submitted } = draft.review;
        if (frozen?.authors.includes(context.person.id) || submitted?.by === context.person.id)
          throw refuse('studio.ownWork', 'whoever changed it does not approve it');
        drafts.record(scriptId, { kind: 'approved', body: actOf(context, note) }, context.at);
        await done(context, 'studio.approved', scriptId, note);
      },
    ),
    'studio.reject': command(schemas['studio.reject'], STUDIO_ROLES, async ({ scriptId, note }, context) => {
      inState(scriptId, 'inReview', 'approved');
      drafts.record(scriptId, { kind: 'rejected', body: actOf(context, note) }, context.at);
      await done(context, 'studio.rejected', scriptId, note);
    }),
    'studio.publish': command(schemas['studio.publish'], STUDIO_ROLES, async (input, context) => {
      const { scriptId, revision, reason, at } = input;
      const draft = inState(scriptId, 'approved', 'scheduled');
      frozenAt(draft, revision);
      const act = actOf(context, reason);
      if (at !== undefined && at > context.at) {
        publishing.assertReady(draft);
        drafts.record(scriptId, { kind: 'scheduled', body: { publishAt: at, ...act } }, context.at);
        deadlines.set(`draft/${scriptId}`, 'publish', at);
        await done(context, 'studio.scheduled', scriptId, reason);
        return { versions: [] };
      }
      const versions = await publishing.publish(scriptId, act);
      disarm(studio, scriptId);
      await done(context, 'studio.published', scriptId, reason);
      return { versions };
    }),
    'studio.unschedule': command(schemas['studio.unschedule'], STUDIO_ROLES, async ({ scriptId, reason }, context) => {
      inState(scriptId, 'scheduled');
      drafts.record(scriptId, { kind: 'unscheduled', body: actOf(context, reason) }, context.at);
      disarm(studio, scriptId);
      await done(context, 'studio.unscheduled', scriptId, reason);
    }),
    'studio.rollBack': command(schemas['studio.rollBack'], STUDIO_ROLES, async (input, context) => {
      const { scriptId, version, reason } = input;
      const versions = await publishing.rollBack(scriptId, version, actOf(context, reason));
      await done(context, 'studio.rolledBack', scriptId, reason);
      return { versions };
    }),
  };
}

const disarm = (studio: Studio, scriptId: string): void =>
  studio.setup.deadlines.cancel(`draft/${scriptId}`, 'publish');
/** Owners of deadlines are streams: `draft/<scriptId>` with the keys `publish`, `check` and `presence`. */
export function onDraftDue({ studio, publishing }: StudioDesk, owner: string, key: string, at: Instant): void {
  const scriptId = owner.slice('draft/'.length);
  if (key === 'publish') publishing.onDue(scriptId, at);
  else if (key === 'check') studio.onCheckDue(scriptId);
  else studio.onPresenceDue(scriptId, at);
}
