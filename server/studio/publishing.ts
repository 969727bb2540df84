import { AppError, type Instant } from '../../machines/vocabulary/index.ts';
import type { Script } from '../../machines/script/index.ts';
import { closureOf, type ScriptVersion } from '../scripts/catalogue.ts';
import type { Act, Draft } from './draft.ts';
import { readableScript, type Studio } from './studio.ts';
import { splitSource } from './source/segments.ts';
import { same } from './source/values.ts';
import type { VersionSource } from './sources.ts';

export interface PublishedVersion {
  readonly scriptId: string;
  readonly version: number;
}
export interface PublishingSetup {
  readonly studio: Studio;
  /** A publication at its time did not happen, or a version was stored and could not be told. */
  readonly onFault: (fault: unknown, scriptId: string) => void;
}
const refuse = (code: string, message: string, details: Record<string, string | number> = {}): AppError =>
  new AppError(code, message, { kind: 'user', details });

/**
 * From the frozen copy to a version. One publication runs at a time: each sees what the one before has published.
 * A version holds the sub-scripts it was published with, so when a sub-script is published, every script that calls it
 * is published again with the same content: calls that begin from then on hear the new words, live ones the old.
 */
export class Publishing {
  readonly #setup: PublishingSetup;
  #running: Promise<unknown> = Promise.resolve();

  constructor(setup: PublishingSetup) {
    this.#setup = setup;
  }

  /** Errors of the checker keep a text from being submitted and from being published. */
  async assertSound(source: string): Promise<void> {
    const split = splitSource(source);
    if (!split.ok) throw refuse('studio.errors', 'the text does not read', { count: 1 });
    const errors = (await this.#setup.studio.check(split.segments)).filter(({ severity }) => severity === 'error');
    if (errors.length > 0)
      throw refuse('studio.errors', 'the checker finds errors', {
        count: errors.length,
        first: errors[0]?.message.ru ?? '',
      });
  }
  assertReady(draft: Draft): NonNullable<Draft['review']['frozen']> {
    const { review, scriptId, basedOn } = draft;
    if (!review.frozen || (review.state !== 'approved' && review.state !== 'scheduled'))
      throw refuse('studio.notApproved', 'a second person approves first');
    const current = this.#setup.studio.setup.catalogue.currentOf(scriptId)?.version ?? 0;
    if (current !== basedOn)
      throw refuse('studio.outdated', 'another version was published meanwhile', { version: current });
    return review.frozen;
  }

  publish(scriptId: string, act: Act): Promise<PublishedVersion[]> {
    return this.#alone(async () => {
      const { studio } = this.#setup;
      const draft = studio.existing(scriptId);
      const frozen = this.assertReady(draft);
      await this.assertSound(frozen.source);
      const versions = await this.#store(readableScript(frozen.source), frozen.source, act, {
        approvedBy: draft.review.approved?.by ?? null,
        approvedByName: draft.review.approved?.byName ?? null,
      });
      const version = versions[0]?.version ?? 0;
      const { drafts, ledger } = studio.setup;
      drafts.record(scriptId, { kind: 'published', body: { version, revision: frozen.revision } }, act.at);
      ledger.touch('studio');
      await ledger.flush();
      return versions;
    });
  }

  /** The content of an old version, which was approved then, becomes the next version. */
  rollBack(scriptId: string, version: number, act: Act): Promise<PublishedVersion[]> {
    return this.#alone(async () => {
      const { catalogue, sources, drafts, ledger } = this.#setup.studio.setup;
      const old = await catalogue.version(scriptId, version);
      const source = await sources.of(scriptId, version);
      if (!old || source === undefined) throw refuse('studio.unknown', 'no such version');
      if (version === catalogue.currentOf(scriptId)?.version)
        throw refuse('studio.isCurrent', 'this version is the current one');
      const details = (await sources.detailsOf(scriptId)).get(version);
      const versions = await this.#store(old.script, source, act, {
        approvedBy: old.approvedBy,
        approvedByName: details?.approvedByName ?? null,
        restores: version,
      });
      const basedOn = versions[0]?.version ?? 0;
      drafts.record(scriptId, { kind: 'rebased', body: { basedOn, source } }, act.at);
      ledger.touch('studio');
      await ledger.flush();
      return versions;
    });
  }

  /** At its set time. What keeps it from happening is told in the draft. */
  onDue(scriptId: string, at: Instant): void {
    const { studio, onFault } = this.#setup;
    const act = studio.setup.drafts.get(scriptId)?.review.publishing;
    if (!act) return;
    this.publish(scriptId, { ...act, at }).catch((fault: unknown) => {
      onFault(fault, scriptId);
      // While storage is away the deadline is tried again; what a person must mend goes back to a person.
      if (!(fault instanceof AppError) || fault.kind !== 'user') {
        studio.setup.deadlines.set(`draft/${scriptId}`, 'publish', at + 5_000);
        return;
      }
      studio.setup.drafts.record(scriptId, { kind: 'publishFailed', body: { code: fault.code } }, at);
      void studio.setup.ledger.flush();
    });
  }

  /**
   * After a start: what a crash in the midst of a publication left is finished. A stored version whose draft was not told
   * is told; callers with an old closure are republished.
   */
  async recover(at: Instant): Promise<void> {
    const { drafts, catalogue, deadlines, ledger } = this.#setup.studio.setup;
    for (const { scriptId, review, basedOn } of drafts.all()) {
      const current = catalogue.currentOf(scriptId);
      const isTold = !review.frozen || !review.approved || !current || current.version <= basedOn;
      if (!isTold && review.frozen && same(current.script, readableScript(review.frozen.source))) {
        const body = { version: current.version, revision: review.frozen.revision };
        drafts.record(scriptId, { kind: 'published', body }, at);
      } else if (review.publishAt !== null) deadlines.set(`draft/${scriptId}`, 'publish', review.publishAt);
    }
    await this.#alone(() => this.#refreshCallers(undefined, { by: 'system', byName: '', at, note: '' }));
    await ledger.settled();
  }

  #alone<T>(run: () => Promise<T>): Promise<T> {
    const outcome = this.#running.then(run, run);
    this.#running = outcome.catch(() => undefined);
    return outcome;
  }

  async #store(
    script: Script,
    source: string,
    act: Act,
    approval: Pick<VersionSource, 'approvedByName' | 'restores'> & { readonly approvedBy: string | null },
  ): Promise<PublishedVersion[]> {
    const { catalogue, sources } = this.#setup.studio.setup;
    const version = (await catalogue.lastVersion(script.id)) + 1;
    const { approvedBy, ...about } = approval;
    const names = { ...about, publishedByName: act.byName, becauseOf: null };
    // The text first: a version without its comments is worse than a text without its version.
    await sources.put({ scriptId: script.id, version, source, ...names });
    const stored = await catalogue.publish(script, {
      linked: closureOf(script, this.#scripts()),
      at: act.at,
      by: act.by,
      approvedBy,
      reason: act.note,
    });
    if (stored.version !== version)
      await sources.put({ scriptId: script.id, version: stored.version, source, ...names });
    return [{ scriptId: script.id, version: stored.version }, ...(await this.#refreshCallers(script.id, act))];
  }
  #scripts(): Map<string, Script> {
    const { catalogue } = this.#setup.studio.setup;
    return new Map(catalogue.currentVersions().map(({ scriptId, script }) => [scriptId, script]));
  }

  /** Current versions whose sub-scripts are not the current ones any more. */
  async #refreshCallers(becauseOf: string | undefined, act: Act): Promise<PublishedVersion[]> {
    const { catalogue } = this.#setup.studio.setup;
    const all = this.#scripts();
    const stale = catalogue.currentVersions().filter(({ script, linked }) => !same(closureOf(script, all), linked));
    const published: PublishedVersion[] = [];
    for (const caller of stale)
      published.push(await this.#republish(caller, closureOf(caller.script, all), becauseOf, act));
    return published;
  }
  async #republish(
    caller: ScriptVersion,
    linked: Record<string, Script>,
    becauseOf: string | undefined,
    act: Act,
  ): Promise<PublishedVersion> {
    const { catalogue, sources, drafts } = this.#setup.studio.setup;
    const { scriptId } = caller;
    const source = await sources.of(scriptId, caller.version);
    const before = (await sources.detailsOf(scriptId)).get(caller.version);
    const { approvedBy } = caller;
    const { version } = await catalogue.publish(caller.script, {
      linked,
      at: act.at,
      by: act.by,
      approvedBy,
      reason: act.note,
    });
    if (source !== undefined)
      await sources.put({
        scriptId,
        version,
        source,
        publishedByName: act.byName,
        approvedByName: before?.approvedByName ?? null,
        becauseOf: becauseOf ?? null,
      });
    if (drafts.get(scriptId)) drafts.record(scriptId, { kind: 'rebased', body: { basedOn: version } }, act.at);
    return { scriptId, version };
  }
}
