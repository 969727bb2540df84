import type { Clock, Milliseconds, OperatorId } from '../../machines/vocabulary/index.ts';
import type { DeadlineBook } from '../calls/ports.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Presence } from '../presence.ts';
import type { Operators } from './operators.ts';

/** A reload, a lost network and most restarts of a computer are over sooner. */
const LOST_AFTER_MS: Milliseconds = 2 * 60_000;
/** Whoever is away so long has gone: the shift ends. Its seat is free, and coming back is one press. */
const GONE_AFTER_MS: Milliseconds = 60 * 60_000;
const OWNER = 'panel/';

export interface AbsenceSetup {
  readonly operators: Operators;
  readonly deadlines: DeadlineBook;
  readonly ledger: Pick<Ledger, 'flush' | 'touch'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly presence: Pick<Presence, 'has' | 'all'>;
}

/**
 * Operators on shift of whom no screen is open: whoever closed the browser, or whose computer died. The queues ring
 * them no more, their promises are everybody's, and at last their shift ends.
 */
export class Absence {
  readonly #setup: AbsenceSetup;
  readonly #away = new Set<OperatorId>();

  constructor(setup: AbsenceSetup) {
    this.#setup = setup;
  }
  /** After a start nobody has a screen yet; those who come are found by themselves. */
  replayed(): void {
    for (const operatorId of this.#setup.operators.all())
      if (!this.#setup.presence.has(operatorId)) this.#arm(operatorId);
  }
  /** What comes due of who is not at work is on every panel, until they are back. */
  onState(operatorId: OperatorId): void {
    const isAway = !this.#setup.operators.isAtWork(operatorId);
    if (isAway || this.#away.has(operatorId)) this.#setup.ledger.touch('callbacks');
    if (isAway) this.#away.add(operatorId);
    else this.#away.delete(operatorId);
  }
  /** The first screen of somebody appeared, or the last one went. */
  onPresence(operatorId: OperatorId, present: boolean): void {
    const { operators, deadlines, clock, ledger } = this.#setup;
    if (!present) return this.#arm(operatorId);
    deadlines.arm(OWNER + operatorId, []);
    if (!operators.isLost(operatorId)) return;
    operators.tell(operatorId, { type: 'operator.panelBack', at: clock.now() });
    ledger.touch('callbacks');
    void ledger.flush();
  }
  #arm(operatorId: OperatorId): void {
    const { operators, deadlines, clock } = this.#setup;
    if (operators.shown(operatorId) === 'offline') return;
    deadlines.arm(OWNER + operatorId, [
      { key: 'lost', at: clock.now() + LOST_AFTER_MS },
      { key: 'gone', at: clock.now() + GONE_AFTER_MS },
    ]);
  }

  owns(owner: string): boolean {
    return owner.startsWith(OWNER);
  }
  onDue(owner: string, key: string, at: number): void {
    const { operators, presence, ledger } = this.#setup;
    const operatorId = owner.slice(OWNER.length) as OperatorId;
    // Everybody's screen gone at once is a fault on our way to them: people are at their telephones, and the queues go on.
    if ([...presence.all()].length === 0) return this.#arm(operatorId);
    if (key === 'gone') operators.endShift(operatorId, at);
    else operators.tell(operatorId, { type: 'operator.panelLost', at });
    // Of a break it changes nothing but whose the promises are.
    ledger.touch('callbacks');
    void ledger.flush();
  }
}
