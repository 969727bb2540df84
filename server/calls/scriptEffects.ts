import { inHand } from '../../machines/call/index.ts';
import type { ScriptEffect } from '../../machines/script/index.ts';
import {
  AppError,
  as,
  type DeviceId,
  type Instant,
  type OperatorId,
  type PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { CallbackDesk } from '../callbacks/desk.ts';
import { endOfLocalDay } from '../calendar/localDay.ts';
import type { Notice } from '../contract/index.ts';
import type { Learned } from '../inquiries/inquiry.ts';
import type { Log } from '../log.ts';
import type { Exchange } from '../telephony/exchange.ts';
import type { CallsRoom } from './callsRoom.ts';
import type { LiveCall } from './liveCall.ts';
import type { CallListener, InquiryBook } from './ports.ts';

export interface ScriptEffectsSetup {
  readonly calls: CallsRoom;
  readonly inquiries: InquiryBook;
  readonly callbacks: CallbackDesk;
  readonly timeZone: string;
  readonly log: Log;
  exchangeOf(live: LiveCall): Exchange;
  clientKindOf(live: LiveCall, at: Instant): 'external' | 'internal';
  notify(operatorId: OperatorId, at: Instant, notice: Omit<Notice, 'id' | 'at'> & { readonly key?: string }): void;
  askHelp(operatorId: OperatorId, reason: string, at: Instant): void;
}

const LEARNED: Readonly<Partial<Record<string, keyof Learned>>> = {
  'client.name': 'name',
  'inquiry.topic': 'topic',
  'inquiry.situation': 'situation',
  'inquiry.profile': 'profile',
  'inquiry.question': 'question',
};

/** Carries out what scripts ask for, live only. What cannot be done is told to the operator; the script goes on. */
export class ScriptEffects implements CallListener {
  readonly #setup: ScriptEffectsSetup;

  constructor(setup: ScriptEffectsSetup) {
    this.#setup = setup;
  }
  onEffects(live: LiveCall, effects: ReturnType<LiveCall['apply']>, at: Instant): void {
    for (const effect of effects.script) this.#carryOut(live, effect, at);
  }
  onClosed(): void {
    // A closed call asks for nothing more.
  }

  #carryOut(live: LiveCall, effect: ScriptEffect, at: Instant): void {
    switch (effect.type) {
      case 'learned':
        return this.#learn(live, effect, at);
      case 'hold.start':
        return this.#onLine(live, at, 'hold.byKey', (exchange, device) => exchange.hold(live.callId, device));
      case 'hold.resume':
        return this.#onLine(live, at, 'resume.byKey', (exchange, device) => exchange.resume(live.callId, device));
      case 'callback.promise':
        return this.#promise(live, effect, at);
      case 'help.ask':
        if (live.operatorId) this.#setup.askHelp(live.operatorId, effect.step, at);
        return;
      case 'survey.invite':
        return this.#onLine(live, at, 'survey.failed', (exchange) => exchange.inviteToSurvey(live.callId));
      case 'ended':
        return this.#setup.calls.record(live.callId, 'wrapUp', at, {
          satisfied: effect.satisfied,
          ...(effect.disposition === undefined ? {} : { disposition: effect.disposition }),
        });
      case 'step.entered':
      case 'chosen':
      case 'hold.ask':
      case 'callback.ask':
      case 'transfer.ask':
      case 'contactPoints.show':
      case 'noAnswer':
        // The panel shows these from the step itself; reports read them from the path.
        return;
    }
  }

  #learn(live: LiveCall, { what, value, text }: Extract<ScriptEffect, { type: 'learned' }>, at: Instant): void {
    const name = LEARNED[what];
    const { inquiryId } = live.rest;
    if (!name || !inquiryId) return;
    // Names and questions as they were said; topics and their kin by their codes.
    const learned = value === null ? '' : name === 'name' || name === 'question' ? text : String(value);
    this.#setup.inquiries.learn(inquiryId, { [name]: learned }, at, live.callId);
  }

  #onLine(
    live: LiveCall,
    at: Instant,
    failed: string,
    act: (exchange: Exchange, device: DeviceId) => Promise<void>,
  ): void {
    const segment = inHand(live.record);
    if (!segment) return;
    act(this.#setup.exchangeOf(live), segment.device).catch((fault: unknown) => {
      this.#setup.log.info({ err: fault, callId: live.callId }, 'the exchange did not do what the script asked');
      if (segment.operatorId)
        this.#setup.notify(segment.operatorId, at, { level: 'warning', code: failed, key: failed });
    });
  }

  #promise(live: LiveCall, effect: Extract<ScriptEffect, { type: 'callback.promise' }>, at: Instant): void {
    const { calls, callbacks } = this.#setup;
    const { inquiryId, promised } = live.rest;
    const { operatorId } = live;
    if (!inquiryId || !operatorId || promised) return;
    const dueAt = effect.dueAt ?? (effect.dueDate ? endOfLocalDay(effect.dueDate, this.#setup.timeZone) : undefined);
    // It is the token of the call that keeps it, and goes into a channel's id: no slash of the call's own id.
    const promiseId = as<PromiseId>(`c-${live.callId.replaceAll('/', '-')}-${at}`);
    const call = { callId: live.callId, inquiryId, clientKind: this.#setup.clientKindOf(live, at) };
    const actor = { id: operatorId, isSupervisor: false };
    try {
      const wanted = { promiseId, number: effect.number, question: effect.question, clientName: effect.clientName };
      callbacks.create(call, { ...wanted, dueAt: dueAt ?? callbacks.propose(call, at).dueAt }, actor, at);
      calls.record(live.callId, 'promised', at, { promiseId });
    } catch (fault) {
      if (!(fault instanceof AppError) || fault.kind !== 'user') throw fault;
      this.#setup.notify(operatorId, at, { level: 'alert', code: fault.code, key: `promise-${live.callId}` });
    }
  }
}
