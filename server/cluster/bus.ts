import { randomUUID } from 'node:crypto';
import { ClientOfflineError, createClient } from 'redis';
import { AppError, type Clock, type Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Log } from '../log.ts';

/** What instances say to each other. `core` is told by a new core to all, the others by a front to the core. */
export interface Question {
  readonly op: 'command' | 'snapshot' | 'http';
  readonly input: unknown;
}
interface Message {
  readonly type: 'ask' | 'answer' | 'tell';
  readonly id: string;
  readonly from: string;
  readonly op: string;
  readonly input: unknown;
  readonly fault?: string;
}
type Told = (input: unknown, from: string) => void;
const RETRY_MS: Milliseconds = 100;

/**
 * Questions with a deadline and announcements between instances, over Redis' publish and subscribe. Redis says how many
 * heard a message, so a question that no core heard is asked again until its deadline; one whose core went silent is
 * asked once more of the next core.
 */
export class Bus {
  readonly #id: string;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #publisher: RedisClient;
  readonly #subscriber: RedisClient;
  readonly #waiting = new Map<string, { again(): void; answer(message: Message): void }>();
  readonly #told = new Map<string, Told>();
  #serve: ((question: Question) => Promise<unknown>) | undefined;

  private constructor(id: string, prefix: string, url: string, tools: { clock: Clock; log: Log }) {
    this.#id = id;
    this.#prefix = prefix;
    this.#clock = tools.clock;
    this.#log = tools.log;
    this.#publisher = redisClient(url, tools.log, true);
    this.#subscriber = redisClient(url, tools.log, false);
  }
  /** Waits for a Redis that is away, and says so. */
  static async open(id: string, prefix: string, url: string, tools: { clock: Clock; log: Log }): Promise<Bus> {
    const bus = new Bus(id, prefix, url, tools);
    await Promise.all([bus.#publisher.connect(), bus.#subscriber.connect()]);
    const hear = (text: string): void => bus.#hear(JSON.parse(text) as Message);
    await bus.#subscriber.subscribe(bus.#channel('all'), hear);
    await bus.#subscriber.subscribe(bus.#channel(id), hear);
    return bus;
  }
  get up(): boolean {
    return this.#publisher.isReady;
  }
  /**
   * For socket.io's adapter: it writes without waiting for a Redis that is away, and reads with patience. What
   * `subscribe` and `publish` promise it leaves to nobody (it throws its clients away when it is closed, with whatever is
   * under way), so here they never reject: that would end the process.
   */
  adapterClient(): object {
    const told = (fault: unknown): void => this.#log.debug({ err: fault }, 'the adapter of socket.io was refused');
    return {
      sSubscribe: () => undefined,
      duplicate: () => {
        const client = this.#subscriber.duplicate();
        const subscribe = client.subscribe.bind(client);
        return Object.assign(client, {
          subscribe: (...args: Parameters<typeof subscribe>) => subscribe(...args).catch(told),
        });
      },
      xAdd: (...args: Parameters<RedisClient['xAdd']>) => this.#publisher.xAdd(...args),
      publish: (channel: string, payload: string) => this.#publisher.publish(channel, payload).catch(told),
      xRange: (...args: Parameters<RedisClient['xRange']>) => this.#publisher.xRange(...args),
    };
  }

  /** Answers the questions of the fronts: this instance is the core. */
  async serve(answer: (question: Question) => Promise<unknown>): Promise<void> {
    this.#serve = answer;
    await this.#subscriber.subscribe(this.#channel('core'), (text) => this.#hear(JSON.parse(text) as Message));
  }
  /** No more questions: this instance is about to stop being the core. */
  async unserve(): Promise<void> {
    this.#serve = undefined;
    await this.#subscriber.unsubscribe(this.#channel('core'));
  }
  on(op: string, told: Told): void {
    this.#told.set(op, told);
  }
  /** Best effort, to every instance and to this one. */
  tell(op: string, input: unknown): void {
    this.#publish('all', { type: 'tell', id: '', from: this.#id, op, input }).catch((fault: unknown) =>
      this.#log.debug({ err: fault, op }, 'the other instances could not be told'),
    );
  }

  /**
   * Asks the core. `times`: how often it may be handed over, 2 only for what is safe to repeat.
   * @throws `cluster.noCore` when no core answered in time
   */
  ask(question: Question, withinMs: Milliseconds, times: 1 | 2): Promise<unknown> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      let given = 0;
      let cancelRetry: () => void = () => undefined;
      const end = (): void => {
        this.#waiting.delete(id);
        cancelRetry();
        cancelLate();
      };
      const later = (): void => {
        cancelRetry = this.#clock.setTimer(this.#clock.now() + RETRY_MS, hand);
      };
      const hand = (): void => {
        cancelRetry();
        if (given >= times) return;
        // Before it is known whether anybody heard: a new core that asks for what is unanswered must not get it twice.
        given += 1;
        this.#publish('core', { type: 'ask', id, from: this.#id, ...question }).then(
          (heard) => {
            if (heard > 0) return;
            given -= 1;
            later();
          },
          (fault: unknown) => {
            // Cut off on its way it may have been heard.
            if (fault instanceof ClientOfflineError) given -= 1;
            later();
          },
        );
      };
      const cancelLate = this.#clock.setTimer(this.#clock.now() + withinMs, () => {
        end();
        reject(new AppError('cluster.noCore', 'no instance is the core at this moment'));
      });
      this.#waiting.set(id, {
        again: hand,
        answer: ({ fault, input }) => {
          end();
          if (fault === undefined) resolve(input);
          else reject(new AppError('cluster.fault', fault, { kind: 'unexpected' }));
        },
      });
      hand();
    });
  }
  /** A new core is there: what the old one left unanswered is handed to it. */
  askAgain(): void {
    for (const waiting of this.#waiting.values()) waiting.again();
  }

  async close(): Promise<void> {
    for (const client of [this.#subscriber, this.#publisher]) if (client.isOpen) client.destroy();
    this.#waiting.clear();
    await Promise.resolve();
  }

  #hear(message: Message): void {
    if (message.type === 'answer') this.#waiting.get(message.id)?.answer(message);
    else if (message.type === 'tell') this.#told.get(message.op)?.(message.input, message.from);
    else void this.#answer(message);
  }
  async #answer({ id, from, op, input }: Message): Promise<void> {
    const serve = this.#serve;
    if (!serve) return;
    const reply = { type: 'answer', id, from: this.#id, op } as const;
    try {
      await this.#publish(from, { ...reply, input: await serve({ op: op as Question['op'], input }) });
    } catch (fault) {
      if (fault instanceof AppError && fault.code === 'cluster.silent') return;
      this.#log.error({ err: fault, op }, 'a question of another instance could not be answered');
      await this.#publish(from, { ...reply, input: null, fault: String(fault) }).catch((away: unknown) =>
        this.#log.debug({ err: away }, 'nor could that be said'),
      );
    }
  }
  async #publish(to: string, message: Message): Promise<number> {
    return this.#publisher.publish(this.#channel(to), JSON.stringify(message));
  }
  #channel(name: string): string {
    return `${this.#prefix}:${name}`;
  }
}

type RedisClient = ReturnType<typeof redisClient>;
function redisClient(url: string, log: Log, impatient: boolean) {
  const client = createClient({
    url,
    // The shape of answers that socket.io's adapter reads.
    RESP: 2,
    disableOfflineQueue: impatient,
    socket: { reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000), connectTimeout: 3_000 },
  });
  let away = false;
  client.on('error', (fault: unknown) => {
    if (!away) log.warn({ err: fault }, 'Redis is away; trying again');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info({}, 'Redis is back');
    away = false;
  });
  return client;
}
