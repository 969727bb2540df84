import { AppError, type Instant, type Milliseconds } from '../../machines/vocabulary/index.ts';
import type { ContactParts } from '../../machines/script/checker/index.ts';
import type { Script } from '../../machines/script/index.ts';
import type { DraftView, FindingView, WhichVersion } from '../contract/index.ts';
import type { Deadlines } from '../deadlines/deadlines.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import type { Draft } from './draft.ts';
import type { DraftsRoom } from './draftsRoom.ts';
import { CheckThread } from './checkThread.ts';
import { readSegments, unreadableFindings, type Beside } from './findings.ts';
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
  readonly contactPoints: () => ContactParts;
  /** The checker failed; the draft is whole and is checked again at its next change. */
  readonly onFault: (fault: unknown, scriptId: string) => void;
}

/** Drafts as trainers see them: opened, checked, watched. Publishing is beside it (`publishing.ts`). */
export class Studio {
  readonly setup: StudioSetup;
  readonly presence = new StudioPresence();
  readonly #findings = new Map<string, { readonly of: Segments; readonly list: readonly FindingView[] }>();
  readonly #checker = new CheckThread();
  readonly #checking = new Map<string, Promise<void>>();
  readonly #queued = new Map<string, Promise<void>>();
  #beside: { readonly key: string; readonly value: Beside } | undefined;

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

  /** Everything that the checker says of a text beside the published scripts, worked out in a thread of its own. */
  check(segments: Segments): Promise<readonly FindingView[]> {
    return this.#checker.check(segments, this.#besideNow());
  }
  #besideNow(): Beside {
    const { catalogue, contactPoints } = this.setup;
    const versions = catalogue.currentVersions();
    const points = contactPoints();
    const key = JSON.stringify([versions.map(({ scriptId, version }) => [scriptId, version]), points]);
    if (this.#beside?.key !== key)
      this.#beside = { key, value: { scripts: versions.map(({ script }) => script), contactPoints: points } };
    return this.#beside.value;
  }
  /** Of the draft as it was last checked: the newest edits may be a moment ahead of it. */
  findings(draft: Draft): readonly FindingView[] {
    return this.lastFindings(draft) ?? [];
  }
  /** The same; `undefined` for a draft that was not checked since the start. */
  lastFindings(draft: Draft): readonly FindingView[] | undefined {
    const unreadable = unreadableFindings(draft);
    return unreadable.length > 0 ? unreadable : this.#findings.get(draft.scriptId)?.list;
  }
  /** Checks the draft as it is when its turn comes: while one check runs, all that change meanwhile wait for one more. */
  recheck({ scriptId }: Draft): Promise<void> {
    const waiting = this.#queued.get(scriptId);
    if (waiting) return waiting;
    const run = (): Promise<void> => {
      this.#queued.delete(scriptId);
      const checking = this.#recheckNow(scriptId);
      this.#checking.set(scriptId, checking);
      return checking;
    };
    const next = (this.#checking.get(scriptId) ?? Promise.resolve()).then(run, run);
    this.#queued.set(scriptId, next);
    return next;
  }
  async #recheckNow(scriptId: string): Promise<void> {
    const segments = this.setup.drafts.get(scriptId)?.segments;
    if (!segments || this.#findings.get(scriptId)?.of === segments) return;
    this.#findings.set(scriptId, { of: segments, list: await this.check(segments) });
  }
  checkSoon(scriptId: string, at: Instant): void {
    this.setup.deadlines.set(`draft/${scriptId}`, 'check', at + CHECK_AFTER_MS);
  }
  onCheckDue(scriptId: string): void {
    const draft = this.setup.drafts.get(scriptId);
    if (!draft) return;
    this.recheck(draft).then(
      () => this.touch(scriptId),
      (fault: unknown) => this.setup.onFault(fault, scriptId),
    );
  }
  async close(): Promise<void> {
    await this.#checker.close();
  }
  /** Something that screens show changed without an entry. */
  async touch(scriptId: string): Promise<void> {
    this.setup.ledger.touch(`draft/${scriptId}`);
    await this.setup.ledger.settled();
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
      storage: this.setup.ledger.storage,
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
