import type { Instant } from '../../../machines/vocabulary/index.ts';
import type {
  DemoBehaviour,
  DemoCallState,
  DemoClientState,
  DemoClientView,
  DemoTelephoneCall,
  DemoTelephoneView,
  DemoView,
} from '../../contract/index.ts';
import type { DemoExchange } from './exchange.ts';
import type { Channel } from './model.ts';
import type { DemoCaller, DemoLibrary } from './people.ts';
import type { Telephones } from './telephones.ts';

/** Remembers since when something is in its state, by a key of its own. */
class Since {
  #known = new Map<string, { state: string; at: Instant }>();
  #seen = new Map<string, { state: string; at: Instant }>();

  of(key: string, state: string, now: Instant): Instant {
    const before = this.#known.get(key);
    const entry = before?.state === state ? before : { state, at: now };
    this.#seen.set(key, entry);
    return entry.at;
  }
  /** What was not asked for in this round is forgotten. */
  endRound(): void {
    this.#known = this.#seen;
    this.#seen = new Map();
  }
}

/** Builds what the demonstration's page shows from the exchange as it is at this moment. */
export class DemoPresenter {
  readonly #exchange: DemoExchange;
  readonly #telephones: Telephones;
  readonly #library: DemoLibrary;
  readonly #since = new Since();

  constructor(exchange: DemoExchange, telephones: Telephones, library: DemoLibrary) {
    this.#exchange = exchange;
    this.#telephones = telephones;
    this.#library = library;
  }

  view(parts: {
    /** The server's own time: screens count with it, however fast the demonstration runs. */
    readonly now: Instant;
    readonly speed: number;
    readonly links: number;
    readonly behaviourOf: (device: string) => DemoBehaviour;
    /** Which of the callers each client is. */
    readonly callerOf: (clientId: string) => DemoCaller | undefined;
  }): DemoView {
    const { core, queues, parking } = this.#exchange;
    const { now } = parts;
    const clients = [...core.board.clients.values()]
      .filter((client) => client.device === 'PJSIP/trunk')
      .map((client) => this.#client(client, parts.callerOf(client.uniqueid), now));
    const onLine = new Map(clients.map((client) => [parts.callerOf(client.id)?.id, client.id]));
    const view: DemoView = {
      serverNow: now,
      speed: parts.speed,
      links: parts.links,
      telephones: core.site.telephones.map(({ device, number, name }) =>
        this.#telephone(device, number, name, parts.behaviourOf(device), now),
      ),
      clients,
      callers: this.#library.callers.map(({ id, name, number, queue, question, story }) => {
        const clientId = onLine.get(id);
        return { id, name, number, queue, question, story, ...(clientId !== undefined && { clientId }) };
      }),
      queues: core.site.queues.map(({ name, extension }) => ({
        name,
        title: this.#library.queueTitles[name] ?? name,
        extension,
        waiting: queues.byName.get(name)?.waiting.length ?? 0,
        serving: queues.servingOf(name),
      })),
      parked: parking.spaces().map(({ space, channel }) => ({
        space,
        clientId: channel.uniqueid,
        name: channel.caller?.name ?? '',
      })),
    };
    this.#since.endRound();
    return view;
  }

  #telephone(device: string, number: string, name: string, behaviour: DemoBehaviour, now: Instant): DemoTelephoneView {
    const person = this.#library.people.find((each) => each.device === device);
    const colleague = this.#library.colleagues.find((each) => each.device === device);
    const consult = this.#telephones.consultation(device);
    const asking = this.#telephones.askingChannel(device);
    const pausedFor = this.#exchange.queues.pauseReasonOf(device);
    return {
      device,
      number,
      name: person?.name ?? colleague?.name ?? name,
      unit: person?.unit ?? colleague?.unit ?? '',
      kind: colleague === undefined ? 'staff' : 'colleague',
      behaviour,
      calls: this.#exchange.core.board.of(device).map((each) => this.#call(each, each === asking, now)),
      ...(consult && { consult: { number: consult.number, answered: consult.answered } }),
      ...(pausedFor !== undefined && { pausedFor }),
    };
  }

  #call(channel: Channel, asking: boolean, now: Instant): DemoTelephoneCall {
    const state = this.#callState(channel);
    const spyee = this.#exchange.originating.spiedBy(channel);
    const other = spyee?.caller ?? channel.connected;
    return {
      id: channel.uniqueid,
      state,
      since: this.#since.of(channel.uniqueid, state, now),
      number: other?.number ?? (channel.state === 4 ? channel.exten : ''),
      name: other?.name ?? '',
      asking,
    };
  }
  #callState(channel: Channel): DemoCallState {
    if (this.#exchange.originating.spiedBy(channel) !== undefined) return 'listening';
    if (channel.holding) return 'onHold';
    if (channel.bridge !== undefined) return 'talking';
    return this.#exchange.dialling.attempts.has(channel.uniqueid) ? 'ringing' : 'dialling';
  }

  #client(channel: Channel, caller: DemoCaller | undefined, now: Instant): DemoClientView {
    const { state, device, queue } = this.#clientState(channel);
    return {
      id: channel.uniqueid,
      name: caller?.name ?? channel.caller?.name ?? '',
      number: caller?.number ?? channel.caller?.number ?? '',
      state,
      since: this.#since.of(channel.uniqueid, `${state}${device ?? ''}`, now),
      ...(queue !== undefined && { queue }),
      ...(device !== undefined && { device }),
      ...(caller && { question: caller.question, story: caller.story }),
      transfers: Number(channel.variables.get('SHARED(GATE_COUNT)') ?? 0),
    };
  }
  #clientState(channel: Channel): { state: DemoClientState; device?: string; queue?: string } {
    const { core, queues, dialling } = this.#exchange;
    const peer = core.board.peerOf(channel);
    if (channel.bridge?.type === 'parking') return { state: 'parked' };
    if (channel.bridge !== undefined) {
      const device = peer?.device ?? [...core.board.channels.values()].find((each) => each.holding)?.device;
      return { state: channel.held ? 'onHold' : 'talking', ...(device !== undefined && { device }) };
    }
    const place = queues.placeOf(channel);
    if (place !== undefined)
      return {
        state: place.ringing === undefined ? 'waiting' : 'offered',
        queue: place.queue,
        ...(place.ringing !== undefined && { device: place.ringing }),
      };
    if (dialling.attempts.has(channel.uniqueid)) return { state: 'called' };
    const ringing = [...dialling.attempts.values()].find((each) => each.dialled.conversation === channel.conversation);
    if (ringing !== undefined) return { state: 'offered', device: ringing.dialled.device };
    return { state: CONTEXTS[channel.context] ?? 'dialling' };
  }
}

/** What a client hears when nobody rings. */
const CONTEXTS: Readonly<Record<string, DemoClientState>> = {
  'refuse-blind': 'transferring',
  'return-to-operator': 'transferring',
  survey: 'listening',
};
