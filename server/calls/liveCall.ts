import {
  type CallEvent,
  type CallSnapshot,
  type CallState,
  type Phase,
  inHand,
  lastAnswered,
  phaseOf,
  restoreCall,
  startCall,
  stepCall,
  storeCall,
} from '../../machines/call/index.ts';
import {
  emptyHoldBook,
  stepHolds,
  type HoldBook,
  type HoldEffect,
  type HoldEvent,
} from '../../machines/promises/index.ts';
import type { ScriptEffect, ScriptEvent, ScriptState, StepResult } from '../../machines/script/index.ts';
import type {
  CallId,
  InquiryId,
  Instant,
  Milliseconds,
  Language,
  OperatorId,
  PromiseId,
  ScriptId,
} from '../../machines/vocabulary/index.ts';
import type { Faults } from '../faults.ts';
import { reactionsTo } from './reactions.ts';

/** The script of a call: a live call finishes on the version that it began with. */
export interface CallScript {
  readonly scriptId: ScriptId;
  readonly version: number;
  readonly openedAt: Instant;
  readonly state: ScriptState;
}
export interface WrapUp {
  readonly disposition: string | null;
  readonly note: string;
  readonly satisfied: boolean | null;
  /** By whom, or by itself when the time was up. */
  readonly closedBy: OperatorId | 'time' | null;
  /** Another call came in between: from its end on the time for this one runs anew. */
  readonly runsFrom?: Instant;
  /** Spent on it before such calls. */
  readonly spentMs?: Milliseconds;
}

/** Everything known of one live call besides the line itself; JSON, what a checkpoint stores. */
export interface LiveCallState {
  readonly call: CallState;
  readonly holds: HoldBook;
  readonly script: CallScript | null;
  /** Scripts that were left for another within this call. */
  readonly earlierScripts: readonly CallScript[];
  readonly inquiryId: InquiryId | null;
  /** Which call of its inquiry this is, from 1. */
  readonly callNumber: number;
  /** The promise that this call keeps. */
  readonly callbackId: PromiseId | null;
  /** To whom that promise was made: the exchange knows the number alone. Absent in calls stored before it was kept. */
  readonly calledName?: string;
  /** The callback promised in this call. */
  readonly promised: PromiseId | null;
  readonly used: readonly { readonly articleId: string; readonly at: Instant }[];
  readonly unanswered: readonly { readonly stepId: string; readonly said: string; readonly at: Instant }[];
  readonly wrapUp: WrapUp;
}

/** Bodies of the entries in a call's stream, by `kind`. */
export type CallEntry =
  | { readonly kind: 'fact'; readonly body: CallEvent }
  | { readonly kind: 'hold'; readonly body: HoldEvent }
  | {
      readonly kind: 'scriptOpened';
      readonly body: { readonly scriptId: ScriptId; readonly version: number; readonly language: Language };
    }
  | { readonly kind: 'script'; readonly body: ScriptEvent }
  | {
      readonly kind: 'inquiry';
      readonly body: {
        readonly inquiryId: InquiryId;
        readonly callNumber: number;
        readonly callbackId: PromiseId | null;
        readonly calledName?: string;
      };
    }
  | { readonly kind: 'promised'; readonly body: { readonly promiseId: PromiseId } }
  | { readonly kind: 'used'; readonly body: { readonly articleId: string } }
  | { readonly kind: 'unanswered'; readonly body: { readonly stepId: string; readonly said: string } }
  | { readonly kind: 'wrapUp'; readonly body: Partial<WrapUp> };

/** What scripts need of the world: compiled versions, and what is known at a moment. */
export interface ScriptWorld {
  start(scriptId: ScriptId, version: number, language: Language, live: LiveCall, at: Instant): ScriptState | undefined;
  step(script: CallScript, event: ScriptEvent, live: LiveCall): StepResult;
}
export interface CallEffects {
  readonly holds: readonly HoldEffect[];
  readonly script: readonly ScriptEffect[];
}

const NO_WRAP_UP: WrapUp = { disposition: null, note: '', satisfied: null, closedBy: null };

/**
 * One live call. `apply` is the only way in which it changes, and depends on nothing but the entry, this state and the
 * script world at the entry's instant: a replay gives the same state. What the line does stands whatever its promises and
 * its script make of it; it throws, and nothing has changed, when the entry itself cannot be applied.
 */
export class LiveCall {
  readonly callId: CallId;
  #snapshot: CallSnapshot;
  #rest: Omit<LiveCallState, 'call'>;

  constructor(state: CallState | Extract<CallEvent, { type: 'call.started' }>, rest?: Omit<LiveCallState, 'call'>) {
    this.#snapshot = 'record' in state ? restoreCall(state) : startCall(state);
    this.callId = this.#snapshot.context.callId;
    this.#rest = rest ?? {
      holds: emptyHoldBook(this.callId),
      script: null,
      earlierScripts: [],
      inquiryId: null,
      callNumber: 1,
      callbackId: null,
      promised: null,
      used: [],
      unanswered: [],
      wrapUp: NO_WRAP_UP,
    };
  }
  static restore({ call, ...rest }: LiveCallState): LiveCall {
    return new LiveCall(call, rest);
  }

  get snapshot(): CallSnapshot {
    return this.#snapshot;
  }
  get record(): CallSnapshot['context'] {
    return this.#snapshot.context;
  }
  get phase(): Phase {
    return phaseOf(this.#snapshot);
  }
  get rest(): Omit<LiveCallState, 'call'> {
    return this.#rest;
  }
  get state(): LiveCallState {
    return { call: storeCall(this.#snapshot), ...this.#rest };
  }
  /** As the exchange names the caller, or the promise whom we call back; empty when neither does. */
  get callerName(): string {
    return this.record.client.name || (this.#rest.calledName ?? '');
  }
  /** Who has the call in hand, or had it last. */
  get operatorId(): OperatorId | undefined {
    return (inHand(this.record) ?? lastAnswered(this.record))?.operatorId;
  }
  /** From when the time to write the call up runs. */
  get wrapsUpSince(): Instant {
    return this.#rest.wrapUp.runsFrom ?? this.record.phaseSince;
  }
  /** Everyone whose panel shows this call: in hand, ringing, or wrapping up. */
  watchers(): OperatorId[] {
    if (this.phase === 'closed') return [];
    if (this.phase === 'wrapUp') return this.operatorId ? [this.operatorId] : [];
    return this.record.segments.flatMap((segment) =>
      segment.leftAt === undefined && segment.operatorId ? [segment.operatorId] : [],
    );
  }

  apply(entry: CallEntry, at: Instant, world: ScriptWorld, faults: Faults): CallEffects {
    switch (entry.kind) {
      case 'fact':
        return this.#onFact(entry.body, world, faults);
      case 'hold':
        return this.#onHold(entry.body, world, faults);
      case 'scriptOpened':
        return this.#openScript(entry.body, at, world);
      case 'script':
        return { holds: [], script: this.#stepScript(entry.body, world) };
      case 'inquiry':
        this.#rest = { ...this.#rest, ...entry.body };
        return NOTHING;
      case 'promised':
        return this.#onPromised(entry.body.promiseId, at, world, faults);
      case 'used':
        this.#rest = { ...this.#rest, used: [...this.#rest.used, { ...entry.body, at }] };
        return NOTHING;
      case 'unanswered':
        this.#rest = { ...this.#rest, unanswered: [...this.#rest.unanswered, { ...entry.body, at }] };
        return NOTHING;
      case 'wrapUp':
        return this.#onWrapUp(entry.body, at);
    }
  }

  #onFact(event: CallEvent, world: ScriptWorld, faults: Faults): CallEffects {
    const before = this.#snapshot;
    this.#snapshot = stepCall(before, event);
    const holds = faults.contain('promise', { call: this.callId }, () => this.#stepHolds(event)) ?? [];
    return { holds, script: this.#react(reactionsTo(event, before, this.#snapshot), event.at, world, faults) };
  }
  #react(
    reactions: readonly Extract<ScriptEvent, { type: 'fact' }>['name'][],
    at: Instant,
    world: ScriptWorld,
    faults: Faults,
  ): readonly ScriptEffect[] {
    const step = () => reactions.flatMap((name) => this.#stepScript({ type: 'fact', name, at }, world));
    return faults.contain('script', { call: this.callId }, step) ?? [];
  }

  #stepHolds(event: CallEvent): readonly HoldEffect[] {
    if (event.type === 'wrapUp.closed') return [];
    const asHold: HoldEvent =
      event.type === 'call.linkLost'
        ? { type: 'link.lost', at: event.at, exchangeId: this.record.exchangeId, reason: '' }
        : event;
    const { book, effects } = stepHolds(this.#rest.holds, asHold);
    this.#rest = { ...this.#rest, holds: book };
    return effects;
  }

  #onHold(event: HoldEvent, world: ScriptWorld, faults: Faults): CallEffects {
    const { book, effects } = stepHolds(this.#rest.holds, event);
    this.#rest = { ...this.#rest, holds: book };
    const reactions = event.type === 'hold.named' ? (['holdNamed'] as const) : overdueIn(effects);
    return { holds: effects, script: this.#react(reactions, event.at, world, faults) };
  }

  /** A callback instead of waiting on: a running hold is turned into it, and the script hears of it. */
  #onPromised(promiseId: PromiseId, at: Instant, world: ScriptWorld, faults: Faults): CallEffects {
    this.#rest = { ...this.#rest, promised: promiseId };
    const holds = this.#rest.holds.current
      ? this.#onHold({ type: 'hold.converted', at, callbackId: promiseId }, world, faults).holds
      : [];
    return { holds, script: this.#react(['callbackPromised'], at, world, faults) };
  }

  #openScript(
    { scriptId, version, language }: Extract<CallEntry, { kind: 'scriptOpened' }>['body'],
    at: Instant,
    world: ScriptWorld,
  ): CallEffects {
    const state = world.start(scriptId, version, language, this, at);
    if (!state) return NOTHING;
    const { script, earlierScripts } = this.#rest;
    this.#rest = {
      ...this.#rest,
      script: { scriptId, version, openedAt: at, state },
      earlierScripts: script ? [...earlierScripts, script] : earlierScripts,
    };
    return NOTHING;
  }

  #stepScript(event: ScriptEvent, world: ScriptWorld): readonly ScriptEffect[] {
    const { script } = this.#rest;
    if (!script) return [];
    const { state, effects } = world.step(script, event, this);
    this.#rest = { ...this.#rest, script: { ...script, state } };
    return effects;
  }

  #onWrapUp(change: Partial<WrapUp>, at: Instant): CallEffects {
    this.#rest = { ...this.#rest, wrapUp: { ...this.#rest.wrapUp, ...change } };
    if (change.closedBy) this.#snapshot = stepCall(this.#snapshot, { type: 'wrapUp.closed', at });
    return NOTHING;
  }
}

const NOTHING: CallEffects = { holds: [], script: [] };
const overdueIn = (effects: readonly HoldEffect[]): readonly 'holdOverdue'[] =>
  effects.some((effect) => effect.type === 'hold.warned' && effect.secondsLeft === 0) ? ['holdOverdue'] : [];

/** Script versions named in a stored state or in the body of an entry: they must be loaded before either is applied. */
export function scriptsIn(body: unknown): readonly { readonly scriptId: string; readonly version: number }[] {
  if (typeof body !== 'object' || body === null) return [];
  const { script, scriptId, version } = body as { script?: unknown; scriptId?: unknown; version?: unknown };
  if (typeof scriptId === 'string' && typeof version === 'number') return [{ scriptId, version }];
  return script === undefined ? [] : scriptsIn(script);
}
