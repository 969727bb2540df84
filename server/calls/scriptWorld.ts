import { lastAnswered, ringingSegments } from '../../machines/call/index.ts';
import {
  chooseScript,
  learned,
  start,
  step,
  stepTitle,
  view,
  type CompiledScript,
  type Script,
  type Known,
  type ScriptState,
  type StepResult,
} from '../../machines/script/index.ts';
import {
  as,
  type Instant,
  type Language,
  type Milliseconds,
  type OperatorId,
  type ScriptId,
} from '../../machines/vocabulary/index.ts';
import type { CallView } from '../contract/index.ts';
import type { Faults } from '../faults.ts';
import type { CallScript, LiveCall } from './liveCall.ts';
import type { ScriptCatalogue } from './ports.ts';

/** Published versions, as far as calls need them (`server/scripts`). */
export interface PublishedScripts {
  currentVersions(): readonly { readonly scriptId: string; readonly version: number; readonly script: Script }[];
  currentOf(scriptId: string): { readonly version: number } | undefined;
  compiled(scriptId: ScriptId, version: number): CompiledScript | undefined;
}
/** What is known of a call at a moment, for one operator (`knownOf`). */
export type KnownOf = (live: LiveCall, operatorId: OperatorId | undefined, at: Instant) => Known;

/** What the panel needs of a call's script. */
export interface ScriptSource {
  view(live: LiveCall, viewer: OperatorId, at: Instant): CallView['script'] | undefined;
  /** Title of the script and of the step it stands on, for a supervisor. */
  headline(
    live: LiveCall,
    viewer: OperatorId,
    at: Instant,
  ): { readonly title: string; readonly step: string } | undefined;
  learned(live: LiveCall): CallView['learned'];
  language(live: LiveCall): Language;
  wrapUpUntil(live: LiveCall): Instant;
}

/**
 * Joins live calls with published scripts and with what is known of the world. A script that cannot be shown is not: the
 * call stays on the screen without it.
 */
export class ScriptWorldOfCalls implements ScriptCatalogue, ScriptSource {
  readonly #published: PublishedScripts;
  readonly #known: KnownOf;
  readonly #wrapUpMs: Milliseconds;
  readonly #faults: Faults;

  constructor(published: PublishedScripts, known: KnownOf, wrapUpMs: Milliseconds, faults: Faults) {
    this.#published = published;
    this.#known = known;
    this.#wrapUpMs = wrapUpMs;
    this.#faults = faults;
  }

  /** By the scripts' own `appliesTo`. */
  choose(live: LiveCall, at: Instant): ReturnType<ScriptCatalogue['choose']> {
    const candidates = this.#published.currentVersions().map((each) => ({ ...each.script, version: each.version }));
    const chosen = chooseScript(candidates, this.#known(live, live.watchers()[0], at));
    return (
      chosen && { scriptId: as<ScriptId>(chosen.id), version: chosen.version, language: chosen.languages[0] ?? 'ru' }
    );
  }

  current(scriptId: ScriptId): number | undefined {
    return this.#published.currentOf(scriptId)?.version;
  }

  start(scriptId: ScriptId, version: number, language: Language, live: LiveCall, at: Instant): ScriptState | undefined {
    const compiled = this.#published.compiled(scriptId, version);
    // A script opened within the call keeps what the client has already said.
    const carried = live.rest.script ? { fields: live.rest.script.state.fields } : {};
    return compiled && start(compiled, this.#known(live, live.watchers()[0], at), at, { language, ...carried }).state;
  }

  step(script: CallScript, event: Parameters<ScriptCatalogue['step']>[1], live: LiveCall): StepResult {
    const compiled = this.#published.compiled(script.scriptId, script.version);
    if (!compiled) return { state: script.state, effects: [] };
    return step(compiled, script.state, event, this.#known(live, live.operatorId ?? live.watchers()[0], event.at));
  }

  view(live: LiveCall, viewer: OperatorId, at: Instant): CallView['script'] | undefined {
    return this.#shown(live, () => {
      const open = this.#open(live, viewer, at);
      if (!open) return undefined;
      const { compiled, title, state, known } = open;
      return { title, language: state.language, step: view(compiled, state, known), state, known };
    });
  }
  #shown<View>(live: LiveCall, draw: () => View): View | undefined {
    return this.#faults.contain('view', { call: live.callId }, draw);
  }
  headline(live: LiveCall, viewer: OperatorId, at: Instant): { title: string; step: string } | undefined {
    return this.#shown(live, () => {
      const open = this.#open(live, viewer, at);
      return open && { title: open.title, step: stepTitle(open.compiled, open.state, open.known) };
    });
  }
  #open(live: LiveCall, viewer: OperatorId, at: Instant) {
    const { script } = live.rest;
    const compiled = script && this.#published.compiled(script.scriptId, script.version);
    if (!compiled || !script) return undefined;
    const known = this.#known(live, viewer, at);
    const { language } = script.state;
    // After a transfer the line of whoever picks up stands there before the telephone is lifted.
    const state = isNext(live, viewer)
      ? step(compiled, script.state, { type: 'fact', name: 'operatorChanged', at }, known).state
      : script.state;
    const title =
      typeof compiled.title === 'string' ? compiled.title : (compiled.title[language] ?? compiled.title.ru ?? '');
    return { compiled, title, state, known };
  }
  learned(live: LiveCall): CallView['learned'] {
    const { script } = live.rest;
    if (!script) return [];
    const list = this.#shown(live, () => {
      const compiled = this.#published.compiled(script.scriptId, script.version);
      const known = (): Known => this.#known(live, live.operatorId, live.record.phaseSince);
      return compiled && learned(compiled, script.state, known());
    });
    return list ?? [];
  }
  language(live: LiveCall): Language {
    return live.rest.script?.state.language ?? 'ru';
  }
  wrapUpUntil(live: LiveCall): Instant {
    return live.wrapsUpSince + (this.#wrapUpMs || 24 * 3_600_000);
  }
}

/** It rings at this person's telephone, and somebody else has had the client. */
const isNext = ({ record }: LiveCall, viewer: OperatorId): boolean => {
  const ringing = ringingSegments(record).find(({ operatorId }) => operatorId === viewer);
  const last = lastAnswered(record);
  return ringing !== undefined && last !== undefined && last.device !== ringing.device;
};
