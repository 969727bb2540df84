import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLive, type CallRecord } from '../../machines/call/index.ts';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { CallView, PanelView } from '../../server/contract/index.ts';
import { Random } from '../../server/telephony/demo/random.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

const PHONES = ['PJSIP/101', 'PJSIP/102'] as const;
const LOGINS = ['anna', 'olga'] as const;
type Phone = (typeof PHONES)[number];
/** What the exchange would say of one call: who rings, who talks. */
interface OnLine {
  readonly callId: CallId;
  ringing: Phone | undefined;
  talking: Phone | undefined;
  held: boolean;
}

/** Calls of two operators in any order, with clicks, passing time, a lost link and crashes between them. */
class Day {
  readonly test: TestApp;
  readonly #random: Random;
  readonly #lines: OnLine[] = [];
  readonly said: string[] = [];
  #away = false;

  constructor(test: TestApp, seed: number) {
    this.test = test;
    this.#random = new Random(seed);
  }
  panel(login: string): PanelView {
    return this.test.app.presenter.view(this.test.person(login).id)!;
  }
  async step(): Promise<void> {
    const what = this.#random.weighted<() => void | Promise<void>>([
      [() => this.#ring(), 4],
      [() => this.#answer(), 5],
      [() => this.#miss(), 1],
      [() => this.#handOn(), 4],
      [() => this.#holdOrResume(), 2],
      [() => this.#end(), 4],
      [() => this.#close(), 4],
      [() => this.#click(), 1],
      [() => this.#wait(), 5],
      [() => this.#loseLink(), 3],
      [() => this.#crash(), 0.1],
    ]);
    await what?.();
  }
  async end(): Promise<void> {
    if (this.#away) this.#loseLink();
    while (this.#lines.length > 0) this.#end();
    this.test.clock.advance(600_000);
    for (const login of LOGINS) {
      expect(this.panel(login).calls, this.said.join('\n')).toEqual([]);
      await this.test.command(login, 'operator.ready', {});
    }
  }
  #say(text: string): void {
    this.said.push(`${this.test.clock.now() % 10_000_000} ${text}`);
  }
  #tell(callId: CallId, ...facts: readonly object[]): void {
    // What happens while the link is away is told by nobody.
    if (!this.#away) this.test.exchange.tell(callId, ...(facts as never[]));
  }
  #pick(fits: (line: OnLine) => boolean): OnLine | undefined {
    return this.#random.pick(this.#lines.filter(fits));
  }
  #ring(): void {
    if (this.#away || this.#lines.length > 4) return;
    const phone = this.#random.pick(PHONES)!;
    const callId = this.test.exchange.ring(phone);
    this.#say(`${callId} rings ${phone}`);
    this.#lines.push({ callId, ringing: phone, talking: undefined, held: false });
  }
  #answer(): void {
    const line = this.#pick(({ ringing }) => ringing !== undefined);
    if (!line?.ringing) return;
    this.#say(`${line.callId} answered ${line.ringing}`);
    this.#tell(line.callId, { type: 'call.answered', device: line.ringing });
    line.talking = line.ringing;
    line.ringing = undefined;
  }
  #miss(): void {
    const line = this.#pick(({ ringing }) => ringing !== undefined);
    if (!line?.ringing) return;
    this.#say(`${line.callId} missed ${line.ringing}`);
    this.#tell(line.callId, { type: 'call.offerEnded', device: line.ringing, reason: 'noAnswer' });
    line.ringing = this.#random.pick(PHONES)!;
    this.#say(`${line.callId} rings ${line.ringing}`);
    this.#tell(line.callId, { type: 'call.offered', device: line.ringing });
  }
  #handOn(): void {
    const line = this.#pick(({ talking }) => talking !== undefined);
    if (!line?.talking) return;
    const to = PHONES.find((phone) => phone !== line.talking)!;
    this.#say(`${line.callId} handed on from ${line.talking}`);
    this.#tell(
      line.callId,
      {
        type: 'call.transferred',
        kind: 'blind',
        fromDevice: line.talking,
        target: { number: to.slice(6), device: to },
      },
      { type: 'call.operatorLeft', device: line.talking },
      { type: 'call.offered', device: to },
    );
    Object.assign(line, { talking: undefined, held: false, ringing: to });
  }
  #holdOrResume(): void {
    const line = this.#pick(({ talking }) => talking !== undefined);
    if (!line?.talking) return;
    line.held = !line.held;
    this.#say(`${line.callId} held ${line.held}`);
    this.#tell(line.callId, { type: line.held ? 'call.held' : 'call.resumed', by: 'operator', device: line.talking });
  }
  #end(): void {
    const line = this.#pick(() => true);
    if (!line) return;
    this.#say(`${line.callId} ends`);
    this.#lines.splice(this.#lines.indexOf(line), 1);
    const { ringing, talking } = line;
    if (ringing) this.#tell(line.callId, { type: 'call.offerEnded', device: ringing, reason: 'cancelled' });
    if (talking && this.#random.chance(0.5)) this.#tell(line.callId, { type: 'call.operatorLeft', device: talking });
    this.#tell(line.callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
  }
  async #close(): Promise<void> {
    const login = this.#random.pick(LOGINS)!;
    const call = this.#random.pick(this.panel(login).calls.filter(({ phase }) => phase === 'wrapUp'));
    if (!call) return;
    this.#say(`${login} closes ${call.callId}`);
    const closing = { callId: call.callId, disposition: 'answered', note: '', satisfied: null };
    expect(await this.test.command(login, 'wrapUp.close', closing)).toMatchObject({ ok: true });
  }
  async #click(): Promise<void> {
    const login = this.#random.pick(LOGINS)!;
    const [name, input] = this.#random.pick([
      ['operator.ready', {}],
      ['operator.pause', { reason: 'lunch' }],
    ] as const)!;
    this.#say(`${login} ${name}`);
    await this.test.command(login, name, input);
  }
  #wait(): void {
    const ms = this.#random.pick([1, 1_000, 30_000, 60_000, 120_000])!;
    this.#say(`${ms} ms pass`);
    this.test.clock.advance(ms);
  }
  #loseLink(): void {
    if (!this.#away) {
      this.#say('link lost');
      this.test.exchange.tellExchange({ type: 'link.lost', reason: 'test' });
      this.#away = true;
      return;
    }
    this.#away = false;
    this.#say('link back');
    for (const { callId, snapshot, record } of [...this.test.app.rooms.calls.all()]) {
      if (!isLive(snapshot)) continue;
      const line = this.#lines.find((each) => each.callId === callId);
      if (!line) this.#tell(callId, { type: 'call.ended', by: 'unknown', cause: 0, causeText: '' });
      else this.#tell(callId, ...whatIsNew(line, record), { type: 'call.confirmed', devices: devicesOf(line) });
    }
    this.test.exchange.tellExchange({ type: 'link.restored', exchangeRestarted: false });
  }
  async #crash(): Promise<void> {
    this.#say('crash');
    await this.test.crash();
    this.#away = true;
    this.#loseLink();
  }
}
/** As a resync tells it: who came, who answered, who waits; who has gone is only not confirmed. */
const whatIsNew = ({ ringing, talking, held }: OnLine, { segments }: CallRecord): readonly object[] => {
  const open = (phone: Phone | undefined, answered: boolean): boolean =>
    segments.some((each) => each.device === phone && !each.leftAt && (each.answeredAt !== undefined) === answered);
  return [
    ...(ringing && !open(ringing, false) ? [{ type: 'call.offered', device: ringing }] : []),
    ...(talking && !open(talking, true) ? [{ type: 'call.answered', device: talking }] : []),
    ...(talking ? [{ type: held ? 'call.held' : 'call.resumed', by: 'operator', device: talking }] : []),
  ];
};
const devicesOf = ({ ringing, talking, held }: OnLine): readonly object[] => [
  ...(ringing ? [{ device: ringing, state: 'ringing' }] : []),
  ...(talking ? [{ device: talking, state: held ? 'onHold' : 'talking' }] : []),
];
const stateOf = (calls: readonly CallView[]): string | undefined => {
  const has = (...phases: readonly string[]): boolean => calls.some(({ phase }) => phases.includes(phase));
  if (has('talking', 'onHold')) return 'onCall';
  if (has('ringing')) return 'ringing';
  return has('wrapUp') ? 'wrapUp' : undefined;
};

describe('calls of two operators in any order', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await testApp();
    for (const [index, login] of LOGINS.entries()) {
      await test.command(login, 'operator.chooseDevice', { device: PHONES[index] });
      await test.command(login, 'operator.ready', {});
    }
  });
  afterAll(() => test.close());

  it.each([8, 37, 2, 4])(
    '[CALL-10] day %i: what the operator is shown to do is what the calls in hand ask for',
    async (seed) => {
      const day = new Day(test, seed);
      for (let step = 0; step < 60; step += 1) {
        await day.step();
        for (const login of LOGINS) {
          const { operator, calls } = day.panel(login);
          const busy = ['onCall', 'ringing', 'wrapUp'].includes(operator.state) ? operator.state : undefined;
          expect([login, busy, calls.map(({ callId, phase }) => `${callId} ${phase}`)], day.said.join('\n')).toEqual([
            login,
            stateOf(calls),
            calls.map(({ callId, phase }) => `${callId} ${phase}`),
          ]);
        }
      }
      await day.end();
    },
  );
});
