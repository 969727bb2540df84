import { AppError, type Instant, type Milliseconds } from '../../machines/vocabulary/index.ts';
import type { ContactParts } from '../../machines/script/checker/index.ts';
import type { Script } from '../../machines/script/index.ts';
import type { DraftView, FindingView, WhichVersion } from '../contract/index.ts';
import type { Deadlines } from '../deadlines/deadlines.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import type { Draft } from './draft.ts';
import type { DraftsRoom } from './draftsRoom.ts';
import { findingsOf, readSegments, unreadableFindings } from './findings.ts';
import { StudioPresence } from './presence.ts';
import { presentConflicts, presentReview, presentUnreadable } from './present.ts';
import type { Sources } from './sources.ts';
import { joinSegments, scriptData, splitSource, type Segments } from './source/segments.ts';

/** A draft is checked so long after its last change: typing is not slowed, and the finding is there at the next breath. */
const CHECK_AFTER_MS: Milliseconds = 250;

export interface StudioSetup {
  readonly ledger: Ledger;
  readonly deadlines: Deadlines;
  readonly drafts: DraftsRoom;
  readonly catalogue: Catalogue;
  readonly sources: Sources;
  contactPoints(): ContactParts;
}

/** Drafts as trainers see them: opened, checked, watched. Publishing is beside it (`publishing.ts`). */
export class Studio {
  readonly setup: StudioSetup;
  readonly presence = new StudioPresence();
  readonly #findings = new Map<string, { readonly of: Segments; readonly list: readonly FindingView[] }>();

  constructor(setup: StudioSetup) {
    this.setup = setup;
  }

  /** The draft of a script; made from the current version when nobody has opened it yet. */
  async draft(scriptId: string, at: Instant): Promise<Draft> {
    const { drafts, catalogue, sources } = this.setup;
    const known = drafts.get(scriptId);
    if (known) return known;
    const current = catalogue.currentOf(scriptId);
    const source = current && (await sources.of(scriptId, current.version));
    if (source === undefined || !current) throw new AppError('studio.unknown', 'no such script', { kind: 'user' });
    if (!drafts.get(scriptId))
      drafts.record(scriptId, { kind: 'opened', body: { source, basedOn: current.version } }, at);
    return this.existing(scriptId);
  }
  existing(scriptId: string): Draft {
    const draft = this.setup.drafts.get(scriptId);
    if (!draft) throw new AppError('studio.unknown', 'no such draft', { kind: 'user' });
    return draft;
  }
  /** A text by version: a number, `draft`, or `submitted`. */
  async sourceOf(scriptId: string, which: WhichVersion, at: Instant): Promise<string> {
    if (typeof which === 'number') {
      const source = await this.setup.sources.of(scriptId, which);
      if (source === undefined) throw new AppError('studio.unknown', 'no such version', { kind: 'user' });
      return source;
    }
    const draft = await this.draft(scriptId, at);
    if (which === 'draft') return joinSegments(draft.segments);
    if (!draft.review.frozen) throw new AppError('studio.notSubmitted', 'nothing is under review', { kind: 'user' });
    return draft.review.frozen.source;
  }
  /** The script of a version. Throws `studio.errors` when a draft does not fit the format. */
  async scriptOf(scriptId: string, which: WhichVersion, at: Instant): Promise<Script> {
    const published = typeof which === 'number' ? await this.setup.catalogue.version(scriptId, which) : undefined;
    if (published) return published.script;
    return readableScript(await this.sourceOf(scriptId, which, at));
  }

  /** Published scripts other than this one. */
  others(scriptId: string): Script[] {
    return this.setup.catalogue
      .currentVersions()
      .filter((each) => each.scriptId !== scriptId)
      .map(({ script }) => script);
  }
  check(scriptId: string, segments: Segments): FindingView[] {
    return findingsOf(segments, { scripts: this.others(scriptId), contactPoints: this.setup.contactPoints() });
  }
  /** Of the draft as it was last checked; checked now when it never was. */
  findings(draft: Draft): readonly FindingView[] {
    const unreadable = unreadableFindings(draft);
    const known = this.#findings.get(draft.scriptId);
    return unreadable.length > 0 ? unreadable : (known?.list ?? this.recheck(draft));
  }
  /** Known without checking; `undefined` for a draft that nobody looked at since the start. */
  lastFindings(scriptId: string): readonly FindingView[] | undefined {
    return this.#findings.get(scriptId)?.list;
  }
  recheck(draft: Draft): readonly FindingView[] {
    const known = this.#findings.get(draft.scriptId);
    if (known?.of === draft.segments) return known.list;
    const list = this.check(draft.scriptId, draft.segments);
    this.#findings.set(draft.scriptId, { of: draft.segments, list });
    return list;
  }
  checkSoon(scriptId: string, at: Instant): void {
    this.setup.deadlines.set(`draft/${scriptId}`, 'check', at + CHECK_AFTER_MS);
  }
  onCheckDue(scriptId: string): void {
    const draft = this.setup.drafts.get(scriptId);
    if (!draft) return;
    this.recheck(draft);
    void this.touch(scriptId);
  }
  /** Something that screens show changed without an entry. */
  async touch(scriptId: string): Promise<void> {
    this.setup.ledger.touch(`draft/${scriptId}`);
    await this.setup.ledger.flush();
  }
  onPresenceDue(scriptId: string, at: Instant): void {
    const { changed, next } = this.presence.expire(scriptId, at);
    if (next !== undefined) this.setup.deadlines.set(`draft/${scriptId}`, 'presence', next);
    if (changed) void this.touch(scriptId);
  }

  view(draft: Draft, at: Instant): DraftView {
    return {
      serverNow: at,
      scriptId: draft.scriptId,
      revision: draft.revision,
      source: joinSegments(draft.segments),
      script: scriptData(draft.segments),
      findings: this.findings(draft),
      conflicts: presentConflicts(draft),
      present: this.presence.of(draft.scriptId),
      basedOn: draft.basedOn,
      review: presentReview(draft),
      ...(draft.unreadable ? { unreadable: presentUnreadable(draft) } : {}),
    };
  }
}

/** Throws `studio.errors` when the text is not a script. */
export function readableScript(source: string): Script {
  const split = splitSource(source);
  const read = split.ok ? readSegments(split.segments) : undefined;
  if (read?.ok) return read.script;
  const count = read?.findings.length ?? 1;
  throw new AppError('studio.errors', 'the draft is not a script yet', { kind: 'user', details: { count } });
}
