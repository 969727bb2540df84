import { callbackPromise } from '../../machines/promises/index.ts';
import type { CallbackContext, CallbackState, EscalationStep } from '../../machines/promises/index.ts';
import type { Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { Notice, Reminder, RemindersView } from '../contract/index.ts';
import type { Publisher } from '../ledger/ledger.ts';
import type { Person } from '../people/users.ts';
import { clientOf } from './notices.ts';

/** So many fit on a screen that is about something else. */
const SHOWN = 3;
/** Of so many nearest ones those that concern a person are chosen. */
const LOOKED_AT = 200;

export interface RemindersSetup {
  now(): Instant;
  nearest(limit: number): readonly CallbackState[];
  person(id: OperatorId): Person | undefined;
  /** Everyone with a screen. */
  present(): Iterable<OperatorId>;
  isAtWork(operatorId: OperatorId): boolean;
  nameOf(operatorId: OperatorId): string;
  /** What this person was told of reviews. */
  reviewsOf(personId: OperatorId): readonly Notice[];
}

const essenceOf = ({ promises, reviews }: RemindersView): string =>
  promises.length + reviews.length === 0 ? '' : JSON.stringify([promises, reviews]);

/**
 * Promises that come due or are overdue, for every signed-in screen whatever page it shows. Made of the promises
 * themselves, so a restart forgets none and a promise that is closed is reminded of no more. Who is told is said by the
 * steps of escalation that are behind.
 */
export class Reminders implements Publisher {
  readonly #setup: RemindersSetup;
  readonly #send: (personId: OperatorId, view: RemindersView) => void;
  readonly #shown = new Map<OperatorId, string>();

  constructor(setup: RemindersSetup, send: (personId: OperatorId, view: RemindersView) => void) {
    this.#setup = setup;
    this.#send = send;
  }

  /** For a screen that begins to watch. */
  snapshot(person: Person): RemindersView {
    const view = this.#view(person);
    this.#shown.set(person.id, essenceOf(view));
    return view;
  }
  #view(person: Person): RemindersView {
    const promises = this.#setup
      .nearest(LOOKED_AT)
      // The client has been reached: now the operator's own panel asks how it went.
      .filter((state) => !callbackPromise.hasTag(state, 'toConfirm') && this.#concerns(state.context, person))
      .slice(0, SHOWN)
      .map(({ context }) => this.#reminder(context, person));
    return { serverNow: this.#setup.now(), promises, reviews: this.#setup.reviewsOf(person.id) };
  }
  #concerns(promise: CallbackContext, person: Person): boolean {
    const passed = promise.policy.escalations.filter((step) => promise.dueAt + step.offsetMs <= this.#setup.now());
    return passed.some((step) => this.#reaches(step, promise, person));
  }
  #reaches({ to }: EscalationStep, { owner }: CallbackContext, { id, roles }: Person): boolean {
    if (to === 'everyone') return true;
    if (to === 'supervisor') return roles.includes('supervisor');
    return owner !== null && this.#setup.isAtWork(owner) ? owner === id : owner === id || roles.includes('operator');
  }
  #reminder(promise: CallbackContext, { id, roles }: Person): Reminder {
    const { promiseId, dueAt, owner } = promise;
    const mayKnow = roles.includes('operator') || roles.includes('supervisor');
    return {
      promiseId,
      dueAt,
      isLate: dueAt <= this.#setup.now(),
      ...(mayKnow ? { client: clientOf(promise) } : {}),
      ...(owner === null ? {} : { owner: this.#setup.nameOf(owner) }),
      mine: owner === id,
    };
  }

  prepare(touched: ReadonlySet<string>): (() => void) | undefined {
    if (![...touched].some((key) => key.startsWith('callback') || key === 'reminders')) return undefined;
    const changed = [...this.#setup.present()].flatMap((id) => {
      const person = this.#setup.person(id);
      if (!person) return [];
      const view = this.#view(person);
      const essence = essenceOf(view);
      // Nothing shown and nothing to show: most screens, most of the time.
      if (essence === (this.#shown.get(id) ?? '')) return [];
      this.#shown.set(id, essence);
      return [[id, view] as const];
    });
    return changed.length === 0
      ? undefined
      : () => {
          for (const [id, view] of changed) this.#send(id, view);
        };
  }
}
