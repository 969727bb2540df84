import { isConfirmed, openHold, type Phase } from '../../machines/call/index.ts';
import { holdViewOf, isKeyingTransfer } from '../../machines/promises/index.ts';
import type { Clock, Language, OperatorId, PromiseId } from '../../machines/vocabulary/index.ts';
import type {
  CallPhase,
  CallView,
  CallbackView,
  LinkView,
  Notice,
  OperatorView,
  PanelPush,
  PanelView,
  TodayCall,
} from '../contract/index.ts';
import type { Faults } from '../faults.ts';
import type { Ledger, Publisher } from '../ledger/ledger.ts';
import type { CallsRoom } from './callsRoom.ts';
import type { LiveCall } from './liveCall.ts';
import type { InquiryBook } from './ports.ts';
import type { ScriptSource } from './scriptWorld.ts';

export interface PanelSources {
  readonly ledger: Ledger;
  readonly calls: CallsRoom;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly inquiries: InquiryBook;
  readonly scripts: ScriptSource;
  operator(operatorId: OperatorId): OperatorView | undefined;
  /** A colleague's name by extension. */
  colleague(number: string): string | undefined;
  /** The queue as people call it. */
  queueTitle(queue: string): string;
  links(): readonly LinkView[];
  callbacks(operatorId: OperatorId): readonly CallbackView[];
  /** An open promise, whoever owns it. */
  callback(promiseId: PromiseId): CallbackView | undefined;
  today(operatorId: OperatorId): readonly TodayCall[];
  notices(operatorId: OperatorId): readonly Notice[];
  listening(operatorId: OperatorId): PanelView['listening'];
  /** Operators with an open panel. */
  present(): Iterable<OperatorId>;
  isPresent(operatorId: OperatorId): boolean;
}
export type SendPanel = (operatorId: OperatorId, push: PanelPush) => void;

const PHASES: Readonly<Record<Phase, CallPhase>> = {
  arriving: 'ringing',
  queued: 'queued',
  ringing: 'ringing',
  talking: 'talking',
  onHold: 'onHold',
  consulting: 'consulting',
  parked: 'onHold',
  transferring: 'transferring',
  wrapUp: 'wrapUp',
  closed: 'closed',
};
/** The call in hand stands first. */
const RANK: Readonly<Record<CallPhase, number>> = {
  talking: 0,
  onHold: 0,
  consulting: 0,
  transferring: 1,
  wrapUp: 2,
  ringing: 3,
  queued: 4,
  closed: 5,
};

/** Who is talked to comes before who waits on hold; a colleague whom one asks for the sake of the waiting one does not. */
const rankOf = ({ live: { record }, call }: { live: LiveCall; call: CallView }, viewer: OperatorId): number =>
  call.phase === 'talking' && !(record.direction === 'internal' && record.startedBy === viewer) ? -1 : RANK[call.phase];

/** Draws operators' panels: whole views, one per operator touched, taken at the moment of the batch. */
export class PanelPresenter implements Publisher {
  readonly #sources: PanelSources;
  readonly #send: SendPanel;
  /** The lists of today's calls that the screens have already. */
  readonly #told = new Map<OperatorId, readonly TodayCall[]>();

  constructor(sources: PanelSources, send: SendPanel) {
    this.#sources = sources;
    this.#send = send;
  }

  prepare(touched: ReadonlySet<string>): (() => void) | undefined {
    const { faults } = this.#sources;
    const pushes = [...this.#concerned(touched)].map(
      (id) => [id, faults.contain('view', { operator: id }, () => this.#push(id))] as const,
    );
    if (pushes.length === 0) return undefined;
    const before = this.#sources.ledger.storage;
    return () => {
      // Made before the storage went away, a view would say of itself that it is on the disk.
      const isLost = before === 'ok' && this.#sources.ledger.storage !== before;
      for (const [id, made] of pushes) {
        const push = isLost ? this.view(id) : made;
        if (push) this.#send(id, push);
      }
    };
  }
  /** Today's calls are most of a view and change once a call: they go along only then. */
  #push(operatorId: OperatorId): PanelPush | undefined {
    const view = this.view(operatorId);
    if (!view || this.#told.get(operatorId) !== view.today) {
      if (view) this.#told.set(operatorId, view.today);
      return view;
    }
    const { today: _told, ...rest } = view;
    return rest;
  }

  #concerned(touched: ReadonlySet<string>): ReadonlySet<OperatorId> {
    if (touched.has('storage') || touched.has('link') || touched.has('callbacks'))
      return new Set(this.#sources.present());
    const concerned = new Set<OperatorId>();
    for (const key of touched) {
      const id = key.startsWith('operator/') ? (key.slice(9) as OperatorId) : undefined;
      if (id && this.#sources.isPresent(id)) concerned.add(id);
    }
    return concerned;
  }

  view(operatorId: OperatorId): PanelView | undefined {
    const { calls, clock, ledger } = this.#sources;
    const operator = this.#sources.operator(operatorId);
    if (!operator) return undefined;
    const listening = this.#sources.listening(operatorId);
    return {
      serverNow: clock.now(),
      operator,
      links: this.#sources.links(),
      storage: ledger.storage,
      calls: calls
        .ofOperator(operatorId)
        .map((live) => ({ live, call: this.callView(live, operatorId) }))
        .sort((a, b) => rankOf(a, operatorId) - rankOf(b, operatorId) || a.call.startedAt - b.call.startedAt)
        .map(({ call }) => call),
      callbacks: this.#sources.callbacks(operatorId),
      today: this.#sources.today(operatorId),
      notices: this.#sources.notices(operatorId),
      ...(listening ? { listening } : {}),
    };
  }

  callView(live: LiveCall, viewer: OperatorId): CallView {
    const { record, rest } = live;
    const { inquiries, ledger } = this.#sources;
    const known = rest.inquiryId ? inquiries.known(rest.inquiryId) : undefined;
    const name = known?.name;
    const saved = ledger.storage === 'ok';
    const hold = holdViewOf(rest.holds, {
      language: this.#language(live),
      saved,
      ...(name ? { clientName: name } : {}),
    });
    const callback = rest.callbackId ? this.#sources.callback(rest.callbackId) : undefined;
    return {
      callId: live.callId,
      direction: record.direction,
      phase: this.#phaseFor(live, viewer),
      phaseSince: record.phaseSince,
      startedAt: record.startedAt,
      ...(record.answeredAt === undefined ? {} : { answeredAt: record.answeredAt }),
      confirmed: isConfirmed(live.snapshot),
      client: {
        number: record.client.number,
        callerName: live.callerName,
        ...(name ? { name } : {}),
      },
      ...(record.queue === undefined ? {} : { queue: this.#sources.queueTitle(record.queue) }),
      inquiry: rest.inquiryId
        ? inquiries.view(rest.inquiryId, live.callId)
        : { id: '' as never, callNumber: rest.callNumber },
      transfers: rest.inquiryId ? inquiries.transfers(rest.inquiryId) : { count: 0, limit: 0, extra: 0, atLimit: true },
      ...(hold ? { hold } : {}),
      ...(isKeyingTransfer(rest.holds) ? { keying: true } : {}),
      ...(callback ? { callback } : {}),
      ...this.#consult(live),
      ...this.#script(live, viewer),
      learned: this.#sources.scripts.learned(live),
      earlier: rest.inquiryId ? inquiries.earlier(rest.inquiryId, live.callId) : [],
      ...this.#wrapUp(live),
    };
  }

  /** A second telephone that rings sees ringing, whatever the others do. */
  #phaseFor(live: LiveCall, viewer: OperatorId): CallPhase {
    const ringing = live.record.segments.some(
      (each) => each.operatorId === viewer && each.answeredAt === undefined && each.leftAt === undefined,
    );
    if (ringing && live.operatorId !== viewer) return 'ringing';
    if (live.phase === 'talking' && openHold(live.record)) return 'onHold';
    return PHASES[live.phase];
  }
  #consult({ record: { consult } }: LiveCall): Pick<CallView, 'consult'> {
    if (!consult) return {};
    const { number } = consult.target;
    const name = this.#sources.colleague(number);
    return { consult: { number, ...(name === undefined ? {} : { name }), since: consult.since } };
  }
  #language(live: LiveCall): Language {
    return this.#sources.scripts.language(live);
  }
  #script(live: LiveCall, viewer: OperatorId): Pick<CallView, 'script'> {
    const script = this.#sources.scripts.view(live, viewer, this.#sources.clock.now());
    return script ? { script } : {};
  }
  #wrapUp(live: LiveCall): Pick<CallView, 'wrapUp'> {
    if (live.phase !== 'wrapUp') return {};
    const { disposition, note } = live.rest.wrapUp;
    return {
      wrapUp: {
        until: this.#sources.scripts.wrapUpUntil(live),
        ...(disposition ? { disposition } : {}),
        ...(note ? { note } : {}),
      },
    };
  }
}
