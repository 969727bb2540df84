import type { CallEvent } from '../../machines/call/index.ts';
import {
  PAUSE_REASONS,
  readableReadiness,
  readinessDueInstants,
  readinessTroubles,
  shownReadiness,
  startReadiness,
  stepReadiness,
  wrapUpsOf,
  type ReadinessEffect,
  type ReadinessEvent,
  type ReadinessPolicy,
  type ReadinessState,
  type ReadinessTrouble,
} from '../../machines/operator/index.ts';
import {
  exchangeOfDevice,
  extensionOf,
  AppError,
  type CallId,
  type DeviceId,
  type DeviceState,
  type ExchangeFact,
  type Instant,
  type Milliseconds,
  type OperatorId,
} from '../../machines/vocabulary/index.ts';
import type { DeadlineBook, Seats } from '../calls/ports.ts';
import type { OperatorState, OperatorView } from '../contract/index.ts';
import type { Faults } from '../faults.ts';
import type { Ledger, Room } from '../ledger/ledger.ts';
import type { JournalEntry } from '../storage/port.ts';
import { fullName, type Users } from './users.ts';

/**
 * Entries of an operator's stream. `event`: what the person (or a supervisor) did. `state`: the state that followed, raw
 * material of every figure about time; it changes nothing here.
 */
type OperatorEntry =
  | { readonly kind: 'event'; readonly body: ReadinessEvent }
  | { readonly kind: 'state'; readonly body: { readonly state: OperatorState; readonly reason: string } };

export interface OperatorsSetup {
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly users: Users;
  readonly deadlines: DeadlineBook;
  /** Time for after-call work; 0: never ends by itself. */
  readonly wrapUpMs: Milliseconds;
  onEffect(effect: ReadinessEffect, at: Instant): void;
  /** What was told of it is true no more. */
  onTroubleOver(operatorId: OperatorId, code: ReadinessTrouble['code']): void;
  /** The shown state changed; also once for each seat after a restart. `device`: of who leaves it, the one that was left. */
  onState(operatorId: OperatorId, state: OperatorState, at: Instant, device: DeviceId | null): void;
}

/** Who sits where, and in what state of readiness. Facts of calls reach it through the room of calls. */
export class Operators implements Room, Seats {
  readonly prefix = 'operator';
  readonly #setup: OperatorsSetup;
  readonly #policy: ReadinessPolicy;
  readonly #states = new Map<OperatorId, ReadinessState>();
  readonly #byDevice = new Map<DeviceId, OperatorId>();
  readonly #deviceStates = new Map<string, DeviceState>();

  constructor(setup: OperatorsSetup) {
    this.#setup = setup;
    this.#policy = { wrapUpMs: setup.wrapUpMs === 0 ? null : setup.wrapUpMs, pauseAfterMissed: 2 };
  }

  state(operatorId: OperatorId): ReadinessState | undefined {
    return this.#states.get(operatorId);
  }
  /** All who ever took a seat since the store was made. */
  all(): Iterable<OperatorId> {
    return this.#states.keys();
  }
  operatorAt(device: DeviceId): OperatorId | undefined {
    return this.#byDevice.get(device);
  }
  deviceOf(operatorId: OperatorId): DeviceId | undefined {
    return this.#states.get(operatorId)?.context.device ?? undefined;
  }

  /** On shift, but no screen of this person has been open for a while: ready before it, or on a break. */
  isLost(operatorId: OperatorId): boolean {
    return Boolean(this.#states.get(operatorId)?.context.panelLostAt);
  }
  /** On shift and at the screen: a promise is kept, a reminder is read. */
  isAtWork(operatorId: OperatorId): boolean {
    const { state = 'offline', pauseReason } = this.view(operatorId) ?? {};
    return state !== 'offline' && pauseReason !== PAUSE_REASONS.offline && !this.isLost(operatorId);
  }

  /** By the telephone's own state; `undefined` while the exchange has not said. */
  isFree(extension: string): boolean | undefined {
    const state = this.#deviceStates.get(extension);
    return state === undefined ? undefined : state === 'free';
  }

  /** Whether who takes calls at this telephone is on shift; `undefined` for a telephone of no operator. */
  onShift(extension: string): boolean | undefined {
    const isHere = (device: DeviceId): boolean =>
      exchangeOfDevice(device) === undefined && extensionOf(device) === extension;
    const seated = [...this.#byDevice].find(([device]) => isHere(device))?.[1];
    if (seated !== undefined) return this.view(seated)?.state !== 'offline';
    const isOwned = this.#setup.users
      .all()
      .some((person) => person.roles.includes('operator') && person.devices.some(isHere));
    return isOwned ? false : undefined;
  }

  /** Also of who may not sign in any more and was on shift. */
  shown(operatorId: OperatorId): OperatorState {
    const state = this.#states.get(operatorId);
    return state ? shownReadiness(state) : 'offline';
  }
  view(operatorId: OperatorId): OperatorView | undefined {
    const person = this.#setup.users.get(operatorId);
    if (!person) return undefined;
    const state = this.#states.get(operatorId);
    const context = state?.context;
    const shown = this.shown(operatorId);
    return {
      id: operatorId,
      name: fullName(person),
      unit: person.unit,
      ...(context?.device ? { device: context.device } : {}),
      state: shown,
      since: context?.since ?? 0,
      ...(context?.deviceLostAt ? { deviceLostAt: context.deviceLostAt } : {}),
      ...(shown === 'paused' && context?.pauseReason ? { pauseReason: context.pauseReason } : {}),
      ...(shown === 'wrapUp' && context?.wrapUp?.until ? { wrapUpUntil: context.wrapUp.until } : {}),
    };
  }

  /** Throws `people.deviceForbidden`, `people.deviceTaken` or `people.busy` (a call is in hand). */
  chooseDevice(operatorId: OperatorId, device: DeviceId, at: Instant): void {
    if (this.deviceOf(operatorId) === device) return;
    const allowed = this.#setup.users.get(operatorId)?.devices ?? [];
    if (allowed.length > 0 && !allowed.includes(device))
      throw new AppError('people.deviceForbidden', 'this telephone is not among yours', { kind: 'user' });
    const other = this.#byDevice.get(device);
    if (other !== undefined && other !== operatorId) this.#displace(other, at);
    const shown = this.view(operatorId)?.state;
    if (shown === 'onCall' || shown === 'ringing')
      throw new AppError('people.busy', 'finish the call first', { kind: 'user' });
    this.tell(operatorId, { type: 'operator.deviceChosen', at, device });
  }
  /** Whoever sat here and is offline, or may not sign in any more, leaves; a working one stays. */
  #displace(other: OperatorId, at: Instant): void {
    const { state = 'offline', name = '' } = this.view(other) ?? {};
    if (state !== 'offline')
      throw new AppError('people.deviceTaken', 'somebody else sits here', { kind: 'user', details: { name } });
    this.tell(other, { type: 'operator.signedIn', at, device: null });
    this.tell(other, { type: 'operator.signedOut', at });
  }

  /** Throws `people.noDevice`. */
  goReady(operatorId: OperatorId, at: Instant): void {
    if (!this.deviceOf(operatorId)) throw new AppError('people.noDevice', 'choose a telephone first', { kind: 'user' });
    if (this.view(operatorId)?.state === 'offline')
      this.tell(operatorId, { type: 'operator.signedIn', at, device: this.deviceOf(operatorId) ?? null });
    this.tell(operatorId, { type: 'operator.ready', at });
  }

  /**
   * The person leaves. Who has a call in hand or to wrap up keeps the seat, so that signing in again finds it in place,
   * but gets no other.
   */
  endShift(operatorId: OperatorId, at: Instant): void {
    const shown = this.shown(operatorId);
    if (shown === 'offline') return;
    const isFree = shown === 'ready' || shown === 'paused';
    this.tell(
      operatorId,
      isFree ? { type: 'operator.signedOut', at } : { type: 'operator.paused', at, reason: PAUSE_REASONS.offline },
    );
  }

  /** Records what a person did; the caller flushes. */
  tell(operatorId: OperatorId, event: ReadinessEvent): void {
    this.#setup.ledger.record(`operator/${operatorId}`, 'event', event.at, event);
  }

  /** Facts of a call at this operator's telephone. They are in the call's stream already, so nothing is recorded. */
  onCallEvent(operatorId: OperatorId, event: CallEvent, mode: 'live' | 'replay'): void {
    if (event.type === 'call.linkLost' || event.type === 'wrapUp.closed') return;
    this.#step(operatorId, event, mode);
  }
  wrapUpClosed(operatorId: OperatorId, callId: CallId, at: Instant): void {
    const state = this.#states.get(operatorId);
    if (state && wrapUpsOf(state.context).includes(callId))
      this.tell(operatorId, { type: 'operator.wrapUpClosed', at, callId });
  }
  /** Whoever has left is not called back for it: the time closes the record. */
  wrapUpOwed(operatorId: OperatorId, callId: CallId, at: Instant): void {
    const state = this.#states.get(operatorId);
    if (state && shownReadiness(state) !== 'offline' && !wrapUpsOf(state.context).includes(callId))
      this.tell(operatorId, { type: 'operator.wrapUpOwed', at, callId });
  }
  onExchangeFact(fact: ExchangeFact): void {
    if (fact.type === 'link.restored')
      for (const id of this.#states.keys()) this.#apart(id, () => this.#step(id, fact, 'live'));
    // The staff directory's numbers are those of the first exchange.
    if (fact.type === 'device.stateChanged' && exchangeOfDevice(fact.device) === undefined)
      this.#deviceStates.set(extensionOf(fact.device), fact.state);
    if (!('device' in fact)) return;
    const operatorId = this.#byDevice.get(fact.device);
    if (!operatorId) return;
    // That a telephone is lost or found again has to outlive a restart; the rest the exchange tells anew.
    if (this.#losesOrFinds(operatorId, fact)) this.tell(operatorId, fact);
    else this.#step(operatorId, fact, 'live');
  }
  #losesOrFinds(operatorId: OperatorId, fact: ExchangeFact): boolean {
    const isLost = Boolean(this.#states.get(operatorId)?.context.deviceLostAt);
    return fact.type === 'device.stateChanged' && (fact.state === 'unavailable') !== isLost;
  }

  apply(entry: JournalEntry, mode: 'live' | 'replay'): void {
    const operatorId = entry.stream.slice(this.prefix.length + 1) as OperatorId;
    const typed = { kind: entry.kind, body: entry.body } as OperatorEntry;
    if (typed.kind === 'event') this.#step(operatorId, typed.body, mode);
  }

  #step(operatorId: OperatorId, event: ReadinessEvent, mode: 'live' | 'replay'): void {
    const before = this.#states.get(operatorId) ?? startReadiness({ operatorId, at: event.at, policy: this.#policy });
    const { state, effects } = stepReadiness(before, event);
    if (state === before) return;
    this.#put(operatorId, state);
    this.#setup.ledger.touch(`operator/${operatorId}`);
    this.#setup.ledger.markDirty(`operator/${operatorId}`);
    if (mode === 'replay') return;
    const shown = shownReadiness(state);
    if (shown !== shownReadiness(before)) {
      const reason = shown === 'paused' ? state.context.pauseReason : '';
      this.#setup.ledger.record(`operator/${operatorId}`, 'state', event.at, { state: shown, reason });
      this.#setup.onState(operatorId, shown, event.at, state.context.device ?? before.context.device);
    }
    this.#setup.deadlines.arm(`operator/${operatorId}`, readinessDueInstants(state));
    for (const effect of effects) this.#setup.onEffect(effect, event.at);
    const troubles = readinessTroubles(state).map(({ code }) => code);
    for (const { code } of readinessTroubles(before))
      if (!troubles.includes(code)) this.#setup.onTroubleOver(operatorId, code);
  }
  onDue(stream: string, at: Instant): void {
    this.tell(stream.slice(this.prefix.length + 1) as OperatorId, { type: 'time', at });
    void this.#setup.ledger.flush();
  }

  #put(operatorId: OperatorId, state: ReadinessState): void {
    const before = this.deviceOf(operatorId);
    const device = state.context.device;
    if (before && before !== device && this.#byDevice.get(before) === operatorId) this.#byDevice.delete(before);
    if (device) this.#byDevice.set(device, operatorId);
    this.#states.set(operatorId, state);
  }
  snapshot(id: string): ReadinessState | undefined {
    return this.#states.get(id as OperatorId);
  }
  restore(id: string, state: unknown): void {
    this.#put(id as OperatorId, readableReadiness(state as ReadinessState));
  }
  replayed(): void {
    for (const [id, state] of this.#states)
      this.#apart(id, () => {
        this.#setup.deadlines.arm(`operator/${id}`, readinessDueInstants(state));
        this.#setup.onState(id, shownReadiness(state), state.context.since, state.context.device);
      });
  }
  #apart(operatorId: OperatorId, act: () => void): void {
    this.#setup.faults.contain('entry', { operator: operatorId }, act);
  }
}

/** `PJSIP/101` → `101` */
