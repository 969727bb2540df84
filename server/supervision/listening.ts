import {
  AppError,
  as,
  exchangeOfDevice,
  type CallFact,
  type CallId,
  type DeviceId,
  type Instant,
  type OperatorId,
} from '../../machines/vocabulary/index.ts';
import type { ListeningMode, ListeningRule, PanelView } from '../contract/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Operators } from '../people/operators.ts';
import type { Person } from '../people/users.ts';
import { fullName } from '../people/users.ts';
import type { Exchange, SpyMode } from '../telephony/exchange.ts';
import type { AuditRoom } from './auditRoom.ts';

interface Ear {
  readonly operatorId: OperatorId;
  readonly supervisor: Person;
  readonly device: DeviceId;
  readonly mode: SpyMode;
  readonly reason: string;
  startedAt?: Instant;
}
/** A call taken over goes on until its client is gone. */
interface Taken {
  readonly operatorId: OperatorId;
  readonly supervisor: Person;
  readonly device: string;
  readonly reason: string;
  readonly startedAt: Instant;
}

export interface ListeningSetup {
  readonly ledger: Ledger;
  readonly operators: Operators;
  readonly audit: AuditRoom;
  exchangeOf(device: DeviceId): Exchange;
  /** What this person may do at an operator of this unit. */
  rightsOf(person: Person, unit: string): ListeningRule['rights'];
}

/** Who listens to whom now. Begins and ends by the exchange's facts; each with a row of audit. */
export class Listening {
  readonly #setup: ListeningSetup;
  /** Those that were asked for and those that are open; a telephone that changes its mode has both for a moment. */
  #ears: readonly Ear[] = [];
  readonly #taken = new Map<CallId, Taken>();

  constructor(setup: ListeningSetup) {
    this.#setup = setup;
  }

  /**
   * Throws `listening.forbidden`, `listening.reason`, `listening.nobody`, `people.deviceTaken`,
   * `telephony.otherExchange`, and what the exchange refuses with.
   */
  async start(
    request: { operatorId: string; mode: SpyMode; device: string; reason: string },
    supervisor: Person,
  ): Promise<void> {
    const operatorId = as<OperatorId>(request.operatorId);
    const device = as<DeviceId>(request.device);
    const target = this.#setup.operators.deviceOf(operatorId);
    const view = this.#setup.operators.view(operatorId);
    if (!target || !view) throw refused('listening.nobody', 'this operator sits at no telephone');
    this.allow(request.mode, supervisor, view.unit, request.reason);
    this.mustServe(device, target, supervisor);
    const { mode, reason } = request;
    const before = this.#ears.filter((ear) => ear.device === device);
    if (before.length > 0) await this.stop(device);
    const ear: Ear = { operatorId, supervisor, device, mode, reason };
    // What was asked for and never answered is forgotten; what is open ends by its own fact.
    this.#ears = [...this.#ears.filter((each) => each.device !== device || each.startedAt !== undefined), ear];
    try {
      await this.#setup.exchangeOf(target).spy({ supervisorDevice: device, device: target, mode });
    } catch (fault) {
      this.#ears = this.#ears.filter((each) => each !== ear);
      throw fault;
    }
  }
  /**
   * Somebody else works at this telephone: it would ring there, and that person would hear the call. Of another exchange
   * than the operator's it could not be reached at all, or another telephone of its number would ring.
   */
  mustServe(device: DeviceId, operatorDevice: DeviceId, supervisor: Person): void {
    if (exchangeOfDevice(device) !== exchangeOfDevice(operatorDevice))
      throw refused('telephony.otherExchange', 'this telephone belongs to another exchange than the operator');
    const seated = this.#setup.operators.operatorAt(device);
    if (seated === undefined || seated === supervisor.id) return;
    const { state, name = '' } = this.#setup.operators.view(seated) ?? {};
    if (state !== 'offline')
      throw new AppError('people.deviceTaken', 'somebody else sits here', { kind: 'user', details: { name } });
  }
  /** Throws `listening.forbidden` or `listening.reason` where the rules say so. */
  allow(mode: ListeningMode, person: Person, unit: string, reason: string): void {
    const right = this.#setup.rightsOf(person, unit)[mode];
    if (!right.allowed) throw refused('listening.forbidden', 'the rules do not allow this');
    if (right.reason && reason === '') throw refused('listening.reason', 'a reason is required');
  }
  /** A call that a supervisor has just taken to his telephone. */
  tookOver(callId: CallId, taken: Taken): void {
    this.#taken.set(callId, taken);
    this.#note('call.takenOver', callId, taken, {}, taken.startedAt);
  }
  #note(what: string, callId: CallId, taken: Taken, more: Record<string, number>, at: Instant): void {
    const { supervisor, operatorId, device, reason } = taken;
    const details = { mode: 'takeOver', device, callId, ...more };
    const who = { who: supervisor.id, whoName: fullName(supervisor) };
    this.#setup.audit.note({ ...who, what, whom: operatorId, reason, details }, at);
  }
  stop(device: string): Promise<void> {
    return this.#setup.exchangeOf(as<DeviceId>(device)).stopSpy(as<DeviceId>(device));
  }

  onCallFact(fact: CallFact): void {
    if (fact.type === 'call.ended') this.#takenEnded(fact.callId, fact.at);
    if (fact.type !== 'call.listening') return;
    const begins = fact.phase === 'started';
    const ear = this.#ears.find(
      ({ device, mode, startedAt }) =>
        device === fact.supervisorDevice && mode === fact.mode && (startedAt === undefined) === begins,
    );
    const operatorId = ear?.operatorId ?? this.#setup.operators.operatorAt(fact.device);
    if (!operatorId) return;
    const { audit, ledger } = this.#setup;
    const details = { mode: fact.mode, device: fact.supervisorDevice, callId: fact.callId };
    const who = ear
      ? { who: ear.supervisor.id, whoName: fullName(ear.supervisor) }
      : { who: fact.supervisorDevice, whoName: fact.supervisorDevice };
    if (begins) {
      if (ear) ear.startedAt = fact.at;
      audit.note({ ...who, what: 'listening.started', whom: operatorId, reason: ear?.reason ?? '', details }, fact.at);
    } else {
      this.#ears = this.#ears.filter((each) => each !== ear);
      const startedAt = ear?.startedAt ?? fact.at;
      const lasted = { startedAt, lastedMs: fact.at - startedAt };
      audit.note(
        {
          ...who,
          what: 'listening.ended',
          whom: operatorId,
          reason: ear?.reason ?? '',
          details: { ...details, ...lasted },
        },
        fact.at,
      );
    }
    ledger.touch(`operator/${operatorId}`);
  }

  #takenEnded(callId: CallId, at: Instant): void {
    const taken = this.#taken.get(callId);
    if (!taken) return;
    this.#taken.delete(callId);
    const { startedAt } = taken;
    this.#note('call.takeOverEnded', callId, taken, { startedAt, lastedMs: at - startedAt }, at);
  }

  #openTo(operatorId: OperatorId): readonly Ear[] {
    return this.#ears.filter((ear) => ear.operatorId === operatorId && ear.startedAt !== undefined);
  }
  /** For the board. */
  to(operatorId: OperatorId): PanelView['listening'] {
    const ear = this.#openTo(operatorId)[0];
    return ear && { supervisorName: fullName(ear.supervisor), mode: ear.mode };
  }
  /** For the operator's own panel: only where policy says so. */
  told(operatorId: OperatorId): PanelView['listening'] {
    const unit = this.#setup.operators.view(operatorId)?.unit ?? '';
    const ear = this.#openTo(operatorId).find(
      ({ supervisor, mode }) => this.#setup.rightsOf(supervisor, unit)[mode].told,
    );
    return ear && { supervisorName: fullName(ear.supervisor), mode: ear.mode };
  }
}

const refused = (code: string, message: string): AppError => new AppError(code, message, { kind: 'user' });
