import type { PhoneCall } from '../sip/phoneCall.ts';
import { seededRandom } from '../seededRandom.ts';
import { DIRECT_101, EXAMS, GENERAL, KINDERGARTENS } from './scenarios.ts';
import type { Stage } from './stage.ts';

export const STAFF = ['101', '102', '103', '104'] as const;
type Extension = (typeof STAFF)[number];

/**
 * A random load: clients who wait more or less, operators who answer, hold, transfer blind or attended, hang up. What
 * the telephones really did is kept, to be compared with what others believe.
 */
export class RandomLoad {
  readonly #stage: Stage;
  readonly #random: () => number;
  /** Holds that telephones really pressed, by the client's number. */
  readonly pressed = new Map<string, number>();

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
    await this.#stage.talk(this.#some(10, 60));
    if (this.#chance(0.15)) return call.reject(486, 'Busy Here');
    await call.answer();
    await this.#stage.talk(this.#some(40, 150));
    if (!call.ended.given && this.#chance(0.4)) {
      const answer = await call.hold();
      await this.#stage.talk(this.#some(60, 200));
      // A client who hung up in the very moment of the key was never on hold.
      if (answer === 200) this.pressed.set(number, (this.pressed.get(number) ?? 0) + 1);
      if (!call.ended.given) await call.resume();
      await this.#stage.talk(this.#some(60, 150));
    }
    if (!call.ended.given && this.#chance(0.2)) return this.#consult(extension, call, number);
    if (!call.ended.given && this.#chance(0.35)) {
      const others = STAFF.filter((other) => other !== extension);
      await call.refer(others[this.#some(0, others.length - 1)] ?? '104');
      return;
    }
    if (!call.ended.given && this.#chance(0.5)) await call.bye();
  }
  /** On a second line; then joined, or back to the client. */
  async #consult(extension: Extension, call: PhoneCall, number: string): Promise<void> {
    const others = STAFF.filter((other) => other !== extension);
    const answer = await call.hold();
    await this.#stage.talk(30);
    if (answer === 200) this.pressed.set(number, (this.pressed.get(number) ?? 0) + 1);
    const other = others[this.#some(0, others.length - 1)] ?? '104';
    const line = this.#stage.phones[extension].dial(other);
    await Promise.race([line.answered.promise, line.ended.promise]);
    await this.#stage.talk(this.#some(40, 120));
    if (line.answered.given && !line.ended.given && !call.ended.given && this.#chance(0.6)) {
      await call.referReplacing(line, other);
      return;
    }
    if (line.answered.given && !line.ended.given) await line.bye();
    if (!call.ended.given) await call.resume();
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
