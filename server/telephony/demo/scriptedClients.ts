import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import { DEFAULT_ANSWER_MS, type ClientScript } from './client.ts';
import type { Core } from './core.ts';
import type { Willingness } from './dialling.ts';
import type { HappeningAt } from './happenings.ts';
import type { Channel } from './model.ts';

type Waiting = 'patience' | 'talk' | 'hold';

/** Clients who do something by themselves: lose patience, have said all, answer or do not when they are called. */
export class ScriptedClients {
  /** What people do when they are called, by the last ten digits of their number. */
  readonly #byNumber = new Map<string, ClientScript>();
  /** What people do of whom nothing is known. */
  stranger: () => ClientScript | undefined = () => undefined;
  readonly #core: Core;
  readonly #hangUp: (client: Channel) => void;
  readonly #scripts = new Map<string, ClientScript>();
  readonly #waits = new Map<string, () => void>();

  constructor(core: Core, hangUp: (client: Channel) => void) {
    this.#core = core;
    this.#hangUp = hangUp;
  }

  /** What this person does when called, however the number is dialled. */
  know(number: string, script: ClientScript): void {
    this.#byNumber.set(lastDigits(number), script);
  }
  /** This client, who has just called, follows a script. */
  follow(client: Channel, script: ClientScript): void {
    this.#scripts.set(client.uniqueid, script);
    this.#wait(client, 'patience', script.patienceMs);
  }
  /** What a client does who is being called. */
  willing(client: Channel): Willingness {
    const script = this.#byNumber.get(lastDigits(client.caller?.number ?? '')) ?? this.stranger();
    if (script !== undefined) this.#scripts.set(client.uniqueid, script);
    return script?.whenCalled === 'busy' ? 'busy' : 'rings';
  }
  /** `undefined`: does not answer by itself. */
  answersAfter(client: Channel): Milliseconds | undefined {
    const script = this.#scripts.get(client.uniqueid);
    if (script?.whenCalled === 'noAnswer') return undefined;
    return script?.answersAfterMs ?? DEFAULT_ANSWER_MS;
  }
  surveyDigit(client: Channel, question: number): string {
    return this.#scripts.get(client.uniqueid)?.surveyDigits?.[question - 1] ?? '';
  }

  on(happening: HappeningAt, client: Channel | undefined): void {
    if (client === undefined) return;
    const script = this.#scripts.get(client.uniqueid);
    if (script === undefined) return;
    if (happening.type === 'answered') {
      this.#stop(client, 'patience');
      if (!this.#waits.has(`${client.uniqueid}/talk`)) this.#wait(client, 'talk', script.talkMs);
    } else if (happening.type === 'held') this.#wait(client, 'hold', script.onHoldPatienceMs);
    else if (happening.type === 'resumed') this.#stop(client, 'hold');
  }
  forget(client: Channel): void {
    this.#stop(client, 'patience');
    this.#stop(client, 'talk');
    this.#stop(client, 'hold');
    this.#scripts.delete(client.uniqueid);
  }
  reset(): void {
    for (const cancel of this.#waits.values()) cancel();
    this.#waits.clear();
    this.#scripts.clear();
  }

  #wait(client: Channel, what: Waiting, forMs: Milliseconds | undefined): void {
    if (forMs === undefined) return;
    this.#stop(client, what);
    const key = `${client.uniqueid}/${what}`;
    const cancel = this.#core.after(forMs, () => {
      this.#waits.delete(key);
      this.#hangUp(client);
    });
    this.#waits.set(key, cancel);
  }
  #stop(client: Channel, what: Waiting): void {
    const key = `${client.uniqueid}/${what}`;
    this.#waits.get(key)?.();
    this.#waits.delete(key);
  }
}

/** `+79065550101`, `89065550101` and `79065550101` are one telephone. */
const lastDigits = (number: string): string => number.slice(-10);
