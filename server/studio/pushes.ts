import type { Instant } from '../../machines/vocabulary/index.ts';
import type { DraftDelta, FindingView, LooseScript, Present, ScriptRow, StudioView } from '../contract/index.ts';
import type { Publisher } from '../ledger/ledger.ts';
import type { Draft } from './draft.ts';
import { presentConflicts, presentReview, presentUnreadable } from './present.ts';
import type { Studio } from './studio.ts';
import { titleOf } from './applyEdits.ts';
import { joinSegments, scriptData } from './source/segments.ts';
import { same } from './source/values.ts';

export interface PushesSetup {
  readonly studio: Studio;
  readonly now: () => Instant;
  readonly nameOf: (personId: string) => string | undefined;
  readonly sendRows: (view: StudioView) => void;
  /** To everyone in the studio: a page ignores scripts that it has not open. */
  readonly sendDelta: (delta: DraftDelta) => void;
}
/** What was pushed last of one draft. */
interface Shown {
  readonly draft: Draft;
  readonly source: string;
  readonly script: LooseScript;
  readonly findings: readonly FindingView[];
  readonly present: readonly Present[];
  readonly storage: 'ok' | 'memory';
}

/** Shows drafts to those who have them open, and the list of scripts to everyone in the studio. */
export class StudioPushes implements Publisher {
  readonly #setup: PushesSetup;
  readonly #shown = new Map<string, Shown>();
  #rows: readonly ScriptRow[] = [];

  constructor(setup: PushesSetup) {
    this.#setup = setup;
  }

  /** The list as somebody comes to it: drafts that were not checked since the start are checked now. */
  view(): StudioView {
    const { studio, now } = this.#setup;
    const scripts = this.#makeRows();
    for (const { scriptId, draft } of scripts)
      if (draft && draft.errors === undefined) studio.checkSoon(scriptId, now());
    return { serverNow: now(), scripts };
  }
  /** From here on changes of this draft are told as differences from what it is now. */
  begin(draft: Draft): void {
    if (!this.#shown.has(draft.scriptId)) this.#shown.set(draft.scriptId, this.#look(draft));
  }

  prepare(touched: ReadonlySet<string>): (() => void) | undefined {
    const ids = touched.has('storage')
      ? [...this.#shown.keys()]
      : [...touched].filter((key) => key.startsWith('draft/')).map((key) => key.slice('draft/'.length));
    if (ids.length === 0 && !touched.has('studio')) return undefined;
    const sends = ids.flatMap((id) => this.#prepareDelta(id) ?? []);
    const rows = this.#makeRows();
    if (!same(rows, this.#rows)) {
      this.#rows = rows;
      sends.push(() => this.#setup.sendRows({ serverNow: this.#setup.now(), scripts: rows }));
    }
    return sends.length === 0 ? undefined : () => sends.forEach((send) => send());
  }

  #prepareDelta(scriptId: string): (() => void) | undefined {
    const { studio, sendDelta, now } = this.#setup;
    const draft = studio.setup.drafts.get(scriptId);
    const before = this.#shown.get(scriptId);
    if (!draft || !before) return undefined;
    if (!studio.presence.isOpen(scriptId)) {
      this.#shown.delete(scriptId);
      return undefined;
    }
    if (draft.segments !== before.draft.segments) studio.checkSoon(scriptId, now());
    const after = this.#look(draft);
    this.#shown.set(scriptId, after);
    const by = studio.setup.drafts.lastChange(scriptId);
    const delta: DraftDelta = {
      serverNow: now(),
      scriptId,
      fromRevision: before.draft.revision,
      revision: draft.revision,
      ...(by && draft.revision !== before.draft.revision ? { by } : {}),
      ...difference(before, after),
    };
    return () => sendDelta(delta);
  }
  #look(draft: Draft): Shown {
    const { studio } = this.#setup;
    const before = this.#shown.get(draft.scriptId);
    const isSame = before?.draft.segments === draft.segments;
    return {
      draft,
      source: isSame ? before.source : joinSegments(draft.segments),
      script: isSame ? before.script : scriptData(draft.segments),
      findings: studio.findings(draft),
      present: studio.presence.of(draft.scriptId),
      storage: studio.setup.ledger.storage,
    };
  }

  #makeRows(): ScriptRow[] {
    const { catalogue, drafts } = this.#setup.studio.setup;
    const ids = new Set([
      ...catalogue.currentVersions().map(({ scriptId }) => scriptId),
      ...[...drafts.all()]
        .filter(({ changedAt, basedOn }) => changedAt !== null || basedOn > 0)
        .map((each) => each.scriptId),
    ]);
    return [...ids].map((id) => this.#row(id)).sort((a, b) => a.title.localeCompare(b.title, 'ru'));
  }
  #row(scriptId: string): ScriptRow {
    const { studio, nameOf } = this.#setup;
    const current = studio.setup.catalogue.currentOf(scriptId);
    const draft = studio.setup.drafts.get(scriptId);
    const shown = this.#shown.get(scriptId)?.script;
    const head = current?.script ?? shown?.head ?? (draft ? scriptData(draft.segments).head : {});
    const findings = draft && studio.lastFindings(draft);
    const errors = findings?.filter(({ severity }) => severity === 'error').length ?? 0;
    return {
      scriptId,
      title: titleOf({ id: scriptId, title: head.title }),
      steps: draft?.segments.steps.length ?? current?.script.steps.length ?? 0,
      chosenForCalls: head.appliesTo !== undefined,
      ...(current
        ? {
            current: {
              version: current.version,
              publishedAt: current.publishedAt,
              publishedBy: nameOf(current.publishedBy) ?? current.publishedBy,
            },
          }
        : {}),
      ...(draft && draft.changedAt !== null
        ? {
            draft: {
              state: draft.review.state,
              revision: draft.revision,
              changedAt: draft.changedAt,
              changedBy: draft.changedBy,
              ...(findings ? { errors, warnings: findings.length - errors } : {}),
              ...(draft.review.publishAt === null ? {} : { publishAt: draft.review.publishAt }),
            },
          }
        : {}),
      present: studio.presence.of(scriptId),
    };
  }
}

type Difference = Omit<DraftDelta, 'serverNow' | 'scriptId' | 'fromRevision' | 'revision' | 'by'>;

function difference(before: Shown, after: Shown): Difference {
  const { draft } = after;
  return {
    ...(before.source === after.source ? {} : { source: splice(before.source, after.source) }),
    ...stepsDifference(before.script, after.script),
    ...(same(before.script.head, after.script.head) ? {} : { head: after.script.head }),
    ...(same(before.findings, after.findings) ? {} : { findings: after.findings }),
    ...(before.draft.conflicts === draft.conflicts ? {} : { conflicts: presentConflicts(draft) }),
    ...(same(before.present, after.present) ? {} : { present: after.present }),
    ...(before.storage === after.storage ? {} : { storage: after.storage }),
    ...(same(presentReview(before.draft), presentReview(draft)) ? {} : { review: presentReview(draft) }),
    ...(before.draft.unreadable === draft.unreadable
      ? {}
      : { unreadable: draft.unreadable ? presentUnreadable(draft) : null }),
    ...(before.draft.basedOn === draft.basedOn ? {} : { basedOn: draft.basedOn }),
  };
}
function stepsDifference(before: LooseScript, after: LooseScript): Difference {
  const old = new Map(before.steps.map((step) => [step.id, step]));
  const put = after.steps.filter((step) => old.get(step.id) !== step && !same(old.get(step.id), step));
  const ids = after.steps.map(({ id }) => id);
  const kept = new Set(ids);
  const gone = before.steps.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const isOrdered = same(
    before.steps.map(({ id }) => id),
    ids,
  );
  return {
    ...(put.length === 0 ? {} : { put }),
    ...(gone.length === 0 ? {} : { gone }),
    ...(isOrdered ? {} : { order: ids }),
  };
}

/** The one stretch of text that differs. */
export function splice(before: string, after: string): { from: number; remove: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, remove: before.length - end - from, insert: after.slice(from, after.length - end) };
}
