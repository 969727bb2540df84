import type { Core } from './core.ts';
import { DialFlow } from './dialFlow.ts';
import { PRESENTATION, type Dialling, type DialStatus } from './dialling.ts';
import { Gate } from './gate.ts';
import type { Channel, PartyId } from './model.ts';
import { Numbering } from './numbering.ts';
import type { Parking } from './parking.ts';
import type { Queues } from './queues.ts';
import { Pauses } from './pauses.ts';
import { isCityNumber, TRUNK } from './site.ts';
import { Survey } from './survey.ts';
import type { Talking } from './talking.ts';

/** Where a client goes back to when a transfer does not work out, and in which queue it waited. */
const RETURN_DEVICE = 'RETURN_DEVICE';
const CLIENT_QUEUE = 'CLIENT_QUEUE';

/**
 * The shipped dialplan (`asterisk/extensions.conf`) as code: the same contexts, variables and events. Each method
 * begins to run a context on a channel; what the party does meanwhile comes through `channel.program`.
 */
export class Dialplan {
  readonly #core: Core;
  readonly #talking: Talking;
  readonly #queues: Queues;
  readonly #parking: Parking;
  readonly #gate: Gate;
  readonly #numbering: Numbering;
  readonly #dialFlow: DialFlow;
  readonly #pauses: Pauses;
  readonly #survey: Survey;

  constructor(
    core: Core,
    parts: {
      readonly dialling: Dialling;
      readonly talking: Talking;
      readonly queues: Queues;
      readonly parking: Parking;
      readonly identityOf: (device: string) => PartyId | undefined;
      /** The key that the client presses at a question of the survey; empty: none. */
      readonly surveyDigit: (channel: Channel, question: number) => string;
    },
  ) {
    this.#core = core;
    this.#talking = parts.talking;
    this.#queues = parts.queues;
    this.#parking = parts.parking;
    this.#dialFlow = new DialFlow(core, { ...parts, survey: (client) => this.survey(client) });
    this.#pauses = new Pauses(core, this.#talking);
    this.#survey = new Survey(core, this.#pauses, this.#talking, parts.surveyDigit);
    this.#gate = new Gate(core);
    this.#numbering = new Numbering(core.site);
  }

  /** Whether a context of the shipped dialplan has this extension. */
  knows(context: string, number: string): boolean {
    return this.#numbering.knows(context, number) || (context !== 'from-trunk' && this.#parking.has(number));
  }

  /** Runs `number` of `context` on this channel. False when there is no such extension. */
  run(channel: Channel, context: string, number: string): boolean {
    if (!this.knows(context, number)) return false;
    Object.assign(channel, { context, exten: number, priority: 1, program: undefined, afterBridge: undefined });
    if (context === 'transfer-gate') this.#transferGate(channel, number);
    else if (context === 'from-trunk') this.#fromCity(channel, number);
    else this.#house(channel, number);
    return true;
  }

  #fromCity(channel: Channel, number: string): void {
    const place = this.#numbering.inbound(number);
    if (place?.queue !== undefined) this.#toQueue(channel, place.queue, 0);
    else if (place?.telephone !== undefined) this.#toTelephone(channel, place.telephone);
  }

  /** Numbers that staff dial and that transfers reach. */
  #house(channel: Channel, number: string): void {
    const { site } = this.#core;
    const queue = site.queues.find((each) => each.extension === number);
    if (this.#parking.has(number)) this.#parking.retrieve(channel, number, this.#talking, (each) => this.finish(each));
    else if (queue !== undefined) this.#toQueue(channel, queue.name, 0);
    else if (isCityNumber(number)) this.#toCity(channel, number);
    else this.#toTelephone(channel, number);
  }

  #client(channel: Channel): void {
    const { board } = this.#core;
    const place = { context: 'client', exten: 's' };
    board.run(channel, { ...place, priority: 1 }, 'Set', '__TRANSFER_CONTEXT=transfer-gate');
    board.setVariable(channel, '__TRANSFER_CONTEXT', 'transfer-gate');
    const known = channel.variables.has('CLIENT_CHANNEL');
    board.run(channel, { ...place, priority: 2 }, 'ExecIf', `${known ? 0 : 1}?Set(__CLIENT_CHANNEL=${channel.name})`);
    if (!known) board.setVariable(channel, '__CLIENT_CHANNEL', channel.name);
    if (this.#core.site.recordCalls) this.#record(channel);
    board.run(channel, { ...place, priority: 5 }, 'Return');
  }

  #record(channel: Channel): void {
    const { board, globals } = this.#core;
    if (channel.variables.get('RECORDED') === 'yes') return;
    board.setVariable(channel, 'RECORDED', 'yes');
    const File = `${channel.uniqueid}.wav`;
    Object.assign(channel, { context: 'record', exten: 's', priority: 2 });
    board.tell('MixMonitorStart', channel);
    board.tell('UserEvent', channel, { UserEvent: 'Recording', Token: globals.get('EVENT_TOKEN') ?? '', File });
  }

  #toQueue(channel: Channel, name: string, priority: number): void {
    const { board, site, devices } = this.#core;
    const place = { context: 'to-queue', exten: name };
    board.run(channel, { ...place, priority: 1 }, 'Gosub', 'client,s,1');
    this.#client(channel);
    board.run(channel, { ...place, priority: 2 }, 'Set', `__CLIENT_QUEUE=${name}`);
    board.setVariable(channel, `__${CLIENT_QUEUE}`, name);
    board.run(channel, { ...place, priority: 3 }, 'Answer');
    const pause = channel.state === 6 ? 0 : site.answerPauseMs;
    board.setState(channel, 6);
    devices.refresh(channel.device);
    this.#pauses.pause(channel, pause, () => {
      const queue = this.#queues.byName.get(name);
      board.run(channel, { ...place, priority: 4 }, 'Queue', `${name},tkc,,,${site.queueMs / 1000}`);
      for (const variable of BEFORE_QUEUE) board.setVariable(channel, variable, '');
      queue?.join(channel, priority, site.queueMs, (outcome) => {
        if (outcome === 'CONTINUE') this.survey(channel);
        else this.finish(channel);
      });
    });
  }

  #toTelephone(channel: Channel, number: string): void {
    const { board, site } = this.#core;
    const place = { context: 'to-operator', exten: number };
    board.run(channel, { ...place, priority: 1 }, 'Gosub', 'client,s,1');
    this.#client(channel);
    const device = site.telephones.find((each) => each.number === number)?.device ?? `PJSIP/${number}`;
    this.#dialFlow.dial(channel, device, number, place, (status) => {
      if (status === 'ANSWER') this.survey(channel);
      else this.finish(channel, status === 'BUSY' ? 17 : 19);
    });
  }

  #toCity(channel: Channel, number: string): void {
    const { board, site } = this.#core;
    const place = { context: 'to-city', exten: number };
    board.run(channel, { ...place, priority: 1 }, 'Set', '__TRANSFER_CONTEXT=transfer-gate');
    board.setVariable(channel, '__TRANSFER_CONTEXT', 'transfer-gate');
    board.run(channel, { ...place, priority: 2 }, 'Set', `CALLERID(num)=${site.organizationNumber}`);
    const own = channel.variables.get('OUTBOUND_NUMBER')?.replace(/[^+0-9]/g, '') ?? '';
    const shown = own === '' ? site.organizationNumber : own;
    this.#callerId(channel, { number: shown, name: channel.caller?.name ?? '' });
    board.run(channel, { ...place, priority: 3 }, 'Set', `CALLERID(name)=${site.organizationName}`);
    this.#callerId(channel, { number: shown, name: site.organizationName });
    this.#dialFlow.dial(channel, TRUNK, number, place, (status) => this.finish(channel, CAUSES[status]));
  }

  /** Told only when it changes something. */
  #callerId(channel: Channel, caller: PartyId): void {
    if (channel.caller?.number === caller.number && channel.caller.name === caller.name) return;
    channel.caller = caller;
    this.#core.board.tell('NewCallerid', channel, PRESENTATION);
  }

  #transferGate(channel: Channel, number: string): void {
    const { board, site } = this.#core;
    if (number === site.parkExtension) {
      this.#parking.park(channel, channel.variables.get('BLINDTRANSFER') ?? '', () => this.finish(channel));
      return;
    }
    const verdict = this.#gate.judge(channel, number);
    if (verdict.kind === 'attended') {
      if (verdict.passed) this.#house(channel, number);
      else {
        board.setState(channel, 6);
        this.#pauses.pause(channel, site.gatePromptMs, () => this.finish(channel));
      }
      return;
    }
    channel.variables.set(RETURN_DEVICE, verdict.device);
    if (verdict.passed) this.#transferTarget(channel, number);
    else this.#pauses.pause(channel, site.gatePromptMs, () => this.#returnToOperator(channel));
  }

  #transferTarget(channel: Channel, number: string): void {
    const { site } = this.#core;
    const place = { context: 'transfer-target', exten: number };
    const telephone = site.telephones.find((each) => each.number === number);
    const queue = site.queues.find((each) => each.extension === number);
    const device = telephone?.device ?? (/^[+78]\d/.test(number) ? TRUNK : undefined);
    if (queue !== undefined) this.#toQueue(channel, queue.name, 0);
    else if (device === undefined) this.#returnToOperator(channel);
    else
      this.#dialFlow.dial(channel, device, number, place, (status) => {
        if (status === 'ANSWER') this.survey(channel);
        else this.#returnToOperator(channel);
      });
  }

  /** A parked client whose time is over goes to the one who parked it. */
  returnFromParking(channel: Channel, device: string): void {
    channel.variables.set(RETURN_DEVICE, device);
    this.#returnToOperator(channel);
  }

  /** A client whose transfer did not work out: to the operator who tried, else to the queue, before the others. */
  #returnToOperator(channel: Channel): void {
    const place = { context: 'return-to-operator', exten: 's' };
    const device = channel.variables.get(RETURN_DEVICE) ?? '';
    const queue = channel.variables.get(CLIENT_QUEUE) ?? '';
    const otherwise = (): void => {
      if (queue === '') this.finish(channel);
      else this.#toQueue(channel, queue, 10);
    };
    if (device === '') {
      otherwise();
      return;
    }
    Object.assign(channel, place);
    this.#dialFlow.dial(channel, device, 's', place, (status) => {
      if (status === 'ANSWER') this.survey(channel);
      else otherwise();
    });
  }

  survey(channel: Channel): void {
    this.#survey.ask(channel);
  }

  finish(channel: Channel, cause = 16): void {
    channel.program = undefined;
    this.#talking.finish(channel, cause);
  }
}

const BEFORE_QUEUE = ['ANSWEREDTIME', 'ANSWEREDTIME_MS', 'DIALEDTIME', 'DIALEDTIME_MS', 'QUEUEWAIT', 'QUEUEWAIT_MS'];
const CAUSES: Readonly<Record<Exclude<DialStatus, 'CANCEL'>, number>> = {
  ANSWER: 16,
  BUSY: 17,
  NOANSWER: 16,
  CHANUNAVAIL: 20,
};
