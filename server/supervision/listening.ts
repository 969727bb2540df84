import {
  AppError,
  as,
  type CallFact,
  type DeviceId,
  type Instant,
  type OperatorId,
} from '../../machines/vocabulary/index.ts';
import type { PanelView } from '../contract/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Operators } from '../people/operators.ts';
import type { Person } from '../people/users.ts';
import { fullName } from '../people/users.ts';
import type { Exchange, SpyMode } from '../telephony/exchange.ts';
import type { AuditRoom } from './auditRoom.ts';

/** What a supervisor may do to a call, and whether the operator is told. Units may differ from the rest. */
export interface ListeningPolicy {
  readonly modes: readonly SpyMode[];
  readonly reasonRequired: readonly SpyMode[];
  readonly operatorIsTold: readonly SpyMode[];
}
export const DEFAULT_POLICY: ListeningPolicy = {
  modes: ['listen', 'whisper', 'join'],
  reasonRequired: ['join'],
  operatorIsTold: ['whisper', 'join'],
};

interface Ear {
  readonly operatorId: OperatorId;
  readonly supervisor: Person;
  readonly mode: SpyMode;
  readonly reason: string;
  readonly askedAt: Instant;
  startedAt?: Instant;
}

export interface ListeningSetup {
  readonly ledger: Ledger;
  readonly operators: Operators;
  readonly audit: AuditRoom;
  exchange(): Exchange;
  policyOf(unit: string): ListeningPolicy;
}

/** Who listens to whom now. Begins and ends by the exchange's facts; each with a row of audit. */
export class Listening {
  readonly #setup: ListeningSetup;
  /** By the supervisor's telephone: one ear each. */
  readonly #ears = new Map<DeviceId, Ear>();

  constructor(setup: ListeningSetup) {
    this.#setup = setup;
  }

  /** Throws `listening.forbidden`, `listening.reason`, `listening.nobody`, and what the exchange refuses with. */
  async start(
    request: { operatorId: string; mode: SpyMode; device: string; reason: string },
    supervisor: Person,
    at: Instant,
  ): Promise<void> {
    const operatorId = as<OperatorId>(request.operatorId);
    const device = as<DeviceId>(request.device);
    const target = this.#setup.operators.deviceOf(operatorId);
    const view = this.#setup.operators.view(operatorId);
    if (!target || !view) throw refused('listening.nobody', 'this operator sits at no telephone');
    const policy = this.#setup.policyOf(view.unit);
    if (!policy.modes.includes(request.mode)) throw refused('listening.forbidden', 'policy does not allow this');
    if (policy.reasonRequired.includes(request.mode) && request.reason === '')
      throw refused('listening.reason', 'a reason is required');
    this.#ears.set(device, { operatorId, supervisor, mode: request.mode, reason: request.reason, askedAt: at });
    try {
      await this.#setup.exchange().spy({ supervisorDevice: device, device: target, mode: request.mode });
    } catch (fault) {
      this.#ears.delete(device);
      throw fault;
    }
  }
  stop(device: string): Promise<void> {
    return this.#setup.exchange().stopSpy(as<DeviceId>(device));
  }

  onCallFact(fact: CallFact): void {
    if (fact.type !== 'call.listening') return;
    const ear = this.#ears.get(fact.supervisorDevice);
    const operatorId = ear?.operatorId ?? this.#setup.operators.operatorAt(fact.device);
    if (!operatorId) return;
    const { audit, ledger } = this.#setup;
    const details = { mode: fact.mode, device: fact.supervisorDevice, callId: fact.callId };
    const who = ear
      ? { who: ear.supervisor.id, whoName: fullName(ear.supervisor) }
      : { who: fact.supervisorDevice, whoName: fact.supervisorDevice };
    if (fact.phase === 'started') {
      if (ear) ear.startedAt = fact.at;
      audit.note({ ...who, what: 'listening.started', whom: operatorId, reason: ear?.reason ?? '', details }, fact.at);
    } else {
      this.#ears.delete(fact.supervisorDevice);
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

  /** For the board. */
  to(operatorId: OperatorId): { supervisorName: string; mode: SpyMode } | undefined {
    for (const ear of this.#ears.values())
      if (ear.operatorId === operatorId && ear.startedAt !== undefined)
        return { supervisorName: fullName(ear.supervisor), mode: ear.mode };
    return undefined;
  }
  /** For the operator's own panel: only where policy says so. */
  told(operatorId: OperatorId): PanelView['listening'] {
    const ear = this.to(operatorId);
    const unit = this.#setup.operators.view(operatorId)?.unit ?? '';
    return ear && this.#setup.policyOf(unit).operatorIsTold.includes(ear.mode) ? ear : undefined;
  }
}

const refused = (code: string, message: string): AppError => new AppError(code, message, { kind: 'user' });
