import type { DeadlineProposal } from '../../server/contract/index.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import type { Random } from '../../server/telephony/demo/random.ts';
import { isAway, PanelClient, type ProductProcess } from '../support/productProcess.ts';

/** What the product has confirmed as saved. */
interface Confirmed {
  readonly choices: { readonly callId: string; readonly choiceId: string }[];
  readonly holds: { readonly callId: string; readonly promisedMs: number }[];
  readonly callbacks: { readonly promiseId: string; readonly question: string; readonly dueAt: number }[];
}
const MOST_CALLBACKS = 7;
/** Of 5 s each: a whole storm of kills may pass, on a busy machine with a minute for each start. */
const MOST_TRIES = 120;

/** An operator without a screen who chooses, promises and remembers what was confirmed. */
export class ChaosOperator {
  readonly confirmed: Confirmed = { choices: [], holds: [], callbacks: [] };
  /** Calls that a panel showed as its own conversation, confirmed and on the disk. */
  readonly seen = new Set<string>();
  /** Sent, and never refused: each may be there once, confirmed or not. */
  readonly asked: string[] = [];
  readonly #product: ProductProcess;
  readonly #random: Random;
  readonly #panel: PanelClient;
  readonly #cookie: string;
  readonly #device: string;
  #stopped = false;
  #working: Promise<void> = Promise.resolve();

  private constructor(
    product: ProductProcess,
    panel: PanelClient,
    who: { readonly cookie: string; readonly device: string },
    random: Random,
  ) {
    this.#product = product;
    this.#panel = panel;
    this.#cookie = who.cookie;
    this.#device = who.device;
    this.#random = random;
  }
  static async open(product: ProductProcess, login: string, device: string, random: Random): Promise<ChaosOperator> {
    const cookie = await product.signIn(login);
    const operator = new ChaosOperator(
      product,
      await PanelClient.open(product.url, cookie),
      { cookie, device },
      random,
    );
    await operator.#panel.command('operator.chooseDevice', { device });
    await operator.#panel.command('operator.ready', {});
    return operator;
  }
  start(): void {
    this.#working = this.#work();
    // Thrown again to whoever waits for the end.
    this.#working.catch(() => undefined);
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }
  close(): void {
    this.#stopped = true;
    this.#panel.close();
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      await this.#act().catch((fault: unknown) => {
        // The product is down; the panel waits for it as a person does.
        if (!isAway(fault)) throw fault;
      });
      await new Promise((resolve) => setTimeout(resolve, this.#random.between(100, 400)));
    }
  }
  async #act(): Promise<void> {
    const { view } = this.#panel;
    const call = view?.calls.find((each) => each.phase === 'talking');
    if (!call) return;
    const { callId } = call;
    if (view?.storage === 'ok' && call.confirmed) this.seen.add(callId);
    if (this.#random.chance(0.2)) return this.#promise(callId);
    if (this.#random.chance(0.3)) {
      const promisedMs = 60_000;
      if (await this.#send('hold.name', { callId, promisedMs })) this.confirmed.holds.push({ callId, promisedMs });
      return;
    }
    const step = call.script?.step;
    const choice = this.#random.pick((step?.choices ?? []).filter((each) => each.enabled));
    if (!step || !choice) return;
    if (await this.#send('script.choose', { callId, stepId: step.stepId, choiceId: choice.id }))
      this.confirmed.choices.push({ callId, choiceId: choice.id });
  }
  async #promise(callId: string): Promise<void> {
    if (this.asked.length >= MOST_CALLBACKS) return;
    const proposal = await this.#product.get<DeadlineProposal>('/calendar/deadline?rule=callback', this.#cookie);
    const id = this.#panel.newId();
    const question = `вопрос ${id}`;
    this.asked.push(question);
    const input = { callId, number: '+79065550101', dueAt: proposal.dueAt, question, clientName: '' };
    if (await this.#send('callback.promise', input, id))
      this.confirmed.callbacks.push({ promiseId: `c-${id}`, question, dueAt: proposal.dueAt });
  }
  /** Whether it was confirmed as saved. */
  async #send(name: string, input: unknown, id?: string): Promise<boolean> {
    const result = await this.#panel.command(name, input, id, MOST_TRIES);
    return result.ok && (result.value as { saved?: boolean } | undefined)?.saved === true;
  }

  /** What was confirmed and is not there, and what is there twice. */
  missing(history: ReadonlyMap<string, CallReply>): string[] {
    const found: string[] = [];
    for (const callId of this.seen)
      if (!history.get(callId)?.operators.some((each) => each.device === this.#device && each.answeredAt !== null))
        found.push(`that ${this.#device} talked in ${callId}`);
    for (const { callId, choiceId } of this.confirmed.choices) {
      const scripts = history.get(callId)?.scripts ?? [];
      if (!scripts.some(({ path }) => path.some((entry) => entry.via === choiceId)))
        found.push(`the answer ${choiceId} of ${callId}`);
    }
    for (const { callId, promisedMs } of this.confirmed.holds)
      if (!history.get(callId)?.holds.some((hold) => hold.promisedMs === promisedMs))
        found.push(`the hold promise of ${callId}`);
    const open = this.#panel.view?.callbacks ?? [];
    for (const { promiseId, question, dueAt } of this.confirmed.callbacks) {
      const one = open.find((each) => each.promiseId === promiseId);
      if (one?.question !== question || one.dueAt !== dueAt) found.push(`the callback ${promiseId}`);
    }
    for (const question of this.asked)
      if (open.filter((each) => each.question === question).length > 1) found.push(`${question} is promised twice`);
    return found;
  }
}
