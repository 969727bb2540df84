import type { PhoneCall } from '../sip/phoneCall.ts';
import { Signal } from '../sip/signal.ts';
import { seededRandom } from '../seededRandom.ts';
import {
  expectedOf,
  STAFF,
  type Consult,
  type ExpectedHold,
  type Extension,
  type Leg,
  type PressedHold,
} from './pressedHolds.ts';
import { DIRECT_101, EXAMS, GENERAL, KINDERGARTENS } from './scenarios/dialling.ts';
import type { Stage } from './stage.ts';

/** Whoever ended a talk did so a moment before the telephone at the other end heard of it. */
const HEARD_LATE_MS = 1_000;

/**
 * A random load: clients who wait more or less, operators who answer, hold, transfer blind or attended, hang up. What
 * the telephones really did is kept, to be compared with what others believe.
 */
export class RandomLoad {
  readonly #stage: Stage;
  readonly #random: () => number;
  readonly #holds: PressedHold[] = [];
  /** Consultations by who asks whom: how many there were, and those that do not ring yet. */
  readonly #asked = new Map<string, { count: number; readonly waiting: Consult[] }>();

  constructor(stage: Stage, seed: number) {
    this.#stage = stage;
    this.#random = seededRandom(seed);
  }
  #chance(share: number): boolean {
    return this.#random() < share;
  }
  #some(least: number, most: number): number {
    return Math.round(least + this.#random() * (most - least));
  }
  #other(extension: Extension): Extension {
    const others = STAFF.filter((other) => other !== extension);
    return others[this.#some(0, others.length - 1)] ?? '104';
  }

  /** The holds that everybody else must have seen, in the order of their beginning. */
  expected(): readonly ExpectedHold[] {
    return this.#holds.flatMap(expectedOf).toSorted((one, other) => one.begin.from - other.begin.from);
  }

  /** Runs all calls and hangs up whatever is left. */
  async run(calls: number): Promise<void> {
    for (const extension of STAFF) void this.#operate(extension);
    const waiting: Promise<void>[] = [];
    for (let index = 0; index < calls; index += 1) {
      waiting.push(this.#citizen(index));
      await this.#stage.talk(this.#some(60, 220));
    }
    await Promise.all(waiting);
    await Promise.all(Object.values(this.#stage.phones).map((phone) => phone.hangUpAll()));
    await this.#stage.talk(3_000);
  }

  async #operate(extension: Extension): Promise<never> {
    for (;;) {
      const call = await this.#stage.phones[extension].nextCall();
      void this.#work(extension, call);
    }
  }
  async #work(extension: Extension, call: PhoneCall): Promise<void> {
    const number = /sip:(\d+)@/.exec(call.from)?.[1] ?? '';
    const consult = this.#asked.get(`${number} asks ${extension}`)?.waiting.shift();
    const leg: Leg = { extension, call, client: consult?.client ?? number, consult };
    await this.#stage.talk(this.#some(10, 60));
    if (this.#chance(0.15)) return call.reject(486, 'Busy Here');
    await call.answer();
    await this.#stage.talk(this.#some(40, 150));
    if (!call.ended.given && this.#chance(0.4)) await this.#holdAWhile(leg);
    // Who is asked goes on when the client has become theirs.
    if (consult !== undefined && (await consult.over.promise) === 'returned') return;
    if (!call.ended.given && this.#chance(0.2)) return this.#consult(leg);
    if (!call.ended.given && this.#chance(0.35)) {
      await call.refer(this.#other(extension));
      return;
    }
    if (!call.ended.given && this.#chance(0.5)) await call.bye();
  }

  async #hold(leg: Leg): Promise<PressedHold | undefined> {
    const { call } = leg;
    if (call.ended.given) return undefined;
    const from = Date.now();
    const answer = await call.hold();
    // A client who hung up in the very moment of the key was never on hold.
    if (answer !== 200) return undefined;
    const hold: PressedHold = { leg, pressed: { from, to: Date.now() }, returned: false };
    this.#holds.push(hold);
    void call.ended.promise.then(() => (hold.released ??= { from: Date.now() - HEARD_LATE_MS, to: Date.now() }));
    return hold;
  }
  async #resume({ call }: Leg, hold: PressedHold | undefined): Promise<void> {
    if (call.ended.given) return;
    const from = Date.now();
    if ((await call.resume()) !== 200 || hold === undefined || hold.released !== undefined) return;
    Object.assign(hold, { released: { from, to: Date.now() }, returned: true });
  }
  async #holdAWhile(leg: Leg): Promise<void> {
    const hold = await inTurn(leg.consult, () => this.#hold(leg));
    await this.#stage.talk(this.#some(60, 200));
    await inTurn(leg.consult, () => this.#resume(leg, hold));
    await this.#stage.talk(this.#some(60, 150));
  }
  /** On a second line; then joined, or back to the client. */
  async #consult(leg: Leg): Promise<void> {
    const { extension, call, client } = leg;
    const hold = await this.#hold(leg);
    await this.#stage.talk(30);
    const other = this.#other(extension);
    const consult = this.#ask(`${extension} asks ${other}`, client);
    const line = this.#stage.phones[extension].dial(other);
    await Promise.race([line.answered.promise, line.ended.promise]);
    if (!line.answered.given) this.#forget(consult);
    await this.#stage.talk(this.#some(40, 120));
    const wish = this.#chance(0.6);
    await inTurn(consult, async () => {
      if (wish && line.answered.given && !line.ended.given && !call.ended.given)
        await this.#join(consult, call, line, other);
    });
    consult.over.give(consult.joined === undefined ? 'returned' : 'joined');
    if (consult.joined !== undefined) {
      if (hold !== undefined) hold.returned = true;
      return;
    }
    if (line.answered.given && !line.ended.given) await line.bye();
    await this.#resume(leg, hold);
  }
  #ask(key: string, client: string): Consult {
    const asked = this.#asked.get(key) ?? { count: 0, waiting: [] };
    this.#asked.set(key, asked);
    asked.count += 1;
    const consult = {
      talk: `${key} #${asked.count}`,
      client,
      over: new Signal<'joined' | 'returned'>(),
      turn: Promise.resolve(),
    };
    asked.waiting.push(consult);
    return consult;
  }
  /** It never rang, or rings no more: the next call between the two is not this one. */
  #forget(consult: Consult): void {
    for (const { waiting } of this.#asked.values())
      if (waiting.includes(consult)) waiting.splice(waiting.indexOf(consult), 1);
  }
  async #join(consult: Consult, call: PhoneCall, line: PhoneCall, other: Extension): Promise<void> {
    const from = Date.now();
    if ((await call.referReplacing(line, other)) !== 202) return;
    await Promise.race([call.ended.promise, this.#stage.talk(2_000)]);
    consult.joined = { from, to: Date.now() };
  }
  async #citizen(index: number): Promise<void> {
    const number = `7900${String(1_000_000 + index)}`;
    const phone = await this.#stage.asterisk.addCaller(number, `Клиент ${index}`);
    const call = phone.dial([GENERAL, KINDERGARTENS, EXAMS, DIRECT_101][this.#some(0, 3)] ?? GENERAL);
    const impatient = this.#chance(0.2);
    await Promise.race([
      call.ended.promise,
      this.#stage.talk(impatient ? this.#some(20, 300) : this.#some(900, 2_500)),
    ]);
    if (!call.ended.given) {
      if (call.answered.given) await call.bye();
      else call.cancel();
    }
    await call.ended.promise;
    await phone.close();
  }
}

const inTurn = <T>(consult: Consult | undefined, act: () => Promise<T>): Promise<T> => {
  if (consult === undefined) return act();
  const done = consult.turn.then(act);
  consult.turn = done.catch(() => undefined);
  return done;
};
