import { AppError, type Clock } from '../../../machines/vocabulary/index.ts';
import type { DemoBehaviour, DemoCommands, DemoView } from '../../contract/index.ts';
import type { Log } from '../../log.ts';
import { DemoPresenter } from './demoView.ts';
import type { DemoCaller, DemoLibrary } from './people.ts';
import type { DemoAmiServer } from './amiServer.ts';
import type { DemoExchange } from './exchange.ts';
import type { KeyResult, Telephones } from './telephones.ts';

/** Changes come in bursts of a dozen events; the page is told of them together. */
const TOGETHER_MS = 40;
const COLLEAGUE_ANSWERS_MS = 1_500;

/** The demonstration that the page moves. */
export interface Demonstration {
  readonly exchange: DemoExchange;
  readonly telephones: Telephones;
  readonly server: DemoAmiServer;
  readonly library: DemoLibrary;
}

type Handlers = { readonly [Name in keyof DemoCommands]: (input: DemoCommands[Name]) => void };

/** The demonstration's page: what it shows, and what its buttons do. */
export class DemoControl {
  readonly #demo: Demonstration;
  readonly #presenter: DemoPresenter;
  readonly #wallClock: Clock;
  readonly #speed: number;
  readonly #log: Log;
  readonly #callers = new Map<string, DemoCaller>();
  readonly #watchers = new Set<(view: DemoView) => void>();
  readonly #handlers: Handlers;
  #cancelPush: (() => void) | undefined;
  readonly #stop: () => void;

  constructor(demo: Demonstration, setup: { readonly wallClock: Clock; readonly speed: number; readonly log: Log }) {
    this.#demo = demo;
    this.#wallClock = setup.wallClock;
    this.#speed = setup.speed;
    this.#log = setup.log;
    this.#presenter = new DemoPresenter(demo.exchange, demo.telephones, demo.library);
    this.#handlers = this.#makeHandlers();
    this.#stop = demo.exchange.onChange(() => this.#pushSoon());
  }

  view(): DemoView {
    for (const id of this.#callers.keys())
      if (!this.#demo.exchange.core.board.channels.has(id)) this.#callers.delete(id);
    return this.#presenter.view({
      now: this.#wallClock.now(),
      speed: this.#speed,
      links: this.#demo.server.sessions,
      behaviourOf: (device) => this.#behaviourOf(device),
      callerOf: (clientId) => this.#callers.get(clientId) ?? this.#calledOf(clientId),
    });
  }
  /** `push` gets every new view until the returned function is called. */
  watch(push: (view: DemoView) => void): () => void {
    this.#watchers.add(push);
    return () => void this.#watchers.delete(push);
  }
  /** Throws `AppError` of kind `user`, `demo.<why>`, when a key would do nothing. */
  run<Name extends keyof DemoCommands>(name: Name, input: DemoCommands[Name]): void {
    this.#handlers[name](input);
    this.#pushSoon();
  }
  close(): void {
    this.#stop();
    this.#cancelPush?.();
    this.#watchers.clear();
  }

  #makeHandlers(): Handlers {
    const { exchange, telephones } = this.#demo;
    const key = (result: KeyResult): void => {
      if (!result.ok) throw refused(result.why);
    };
    const client = (known: boolean): void => {
      if (!known) throw refused('clientGone');
    };
    return {
      'demo.call': (input) => this.#call(input),
      'demo.clientHangUp': ({ clientId }) => client(exchange.clientHangsUp(clientId)),
      'demo.clientAnswer': ({ clientId }) => client(exchange.clientAnswers(clientId)),
      'demo.clientBusy': ({ clientId }) => client(exchange.clientIsBusy(clientId)),
      'demo.answer': ({ device }) => key(telephones.answer(device)),
      'demo.reject': ({ device }) => key(telephones.reject(device)),
      'demo.hold': ({ device }) => key(telephones.hold(device)),
      'demo.resume': ({ device }) => key(telephones.resume(device)),
      'demo.hangUp': ({ device }) => key(telephones.hangUp(device)),
      'demo.dial': ({ device, number }) => key(telephones.dial(device, number)),
      'demo.transfer': ({ device, number }) => key(telephones.blindTransfer(device, number)),
      'demo.consult': ({ device, number }) => key(telephones.consult(device, number)),
      'demo.completeConsult': ({ device }) => key(telephones.completeConsult(device)),
      'demo.cancelConsult': ({ device }) => key(telephones.cancelConsult(device)),
      'demo.park': ({ device }) => key(telephones.park(device)),
      'demo.behave': ({ device, behaviour }) => this.#behave(device, behaviour),
      'demo.fail': (input) => this.#fail(input),
    };
  }

  #call(input: DemoCommands['demo.call']): void {
    const caller = this.#demo.library.callers.find((each) => each.id === input.callerId);
    const dialled = this.#dialled(input, caller);
    const number = (input.number ?? caller?.number ?? '').replace(/^\+/, '');
    const callNow = (): void => {
      const id = this.#demo.exchange.callIn({
        number,
        // Who hides the number hides the name that the network would show with it.
        name: number === '' ? '' : (input.name ?? caller?.name ?? ''),
        dialled,
        script: {
          ...caller?.script,
          ...(input.patienceSeconds !== undefined && { patienceMs: input.patienceSeconds * 1000 }),
        },
      });
      if (id !== undefined && caller !== undefined) this.#callers.set(id, caller);
    };
    if (input.inSeconds === undefined || input.inSeconds === 0) callNow();
    else this.#demo.exchange.core.after(input.inSeconds * 1000, callNow);
  }
  #dialled(input: DemoCommands['demo.call'], caller: DemoCaller | undefined): string {
    const { site } = this.#demo.library;
    if (input.device !== undefined)
      return `${site.organizationNumber.slice(0, -3)}${input.device.replace('PJSIP/', '')}`;
    const queue = site.queues.find((each) => each.name === (input.queue ?? caller?.queue));
    if (queue === undefined) throw refused('noSuchQueue');
    return queue.did;
  }
  /** A client whom a telephone calls is one of the callers too, when the number is theirs. */
  #calledOf(clientId: string): DemoCaller | undefined {
    const number = this.#demo.exchange.core.board.channels.get(clientId)?.caller?.number ?? '';
    if (number.length < 10) return undefined;
    return this.#demo.library.callers.find((each) => each.number.slice(-10) === number.slice(-10));
  }

  #behaviourOf(device: string): DemoBehaviour {
    if (this.#demo.exchange.core.devices.isUnplugged(device)) return 'unplugged';
    const script = this.#demo.exchange.telephoneScripts.get(device);
    if (script?.busy === 'always') return 'busy';
    if (script?.answersAfterMs !== undefined) return 'answers';
    return script?.neverAnswers === true ? 'ringsInVain' : 'manual';
  }
  #behave(device: string, behaviour: DemoBehaviour): void {
    const { exchange } = this.#demo;
    exchange.core.devices.setPlugged(device, behaviour !== 'unplugged');
    exchange.telephoneScripts.set(device, {
      ...(behaviour === 'busy' && { busy: 'always' }),
      ...(behaviour === 'answers' && { answersAfterMs: COLLEAGUE_ANSWERS_MS }),
      ...(behaviour === 'ringsInVain' && { neverAnswers: true }),
    });
  }

  #fail({ what, seconds }: DemoCommands['demo.fail']): void {
    const { server } = this.#demo;
    if (what === 'restart') server.restart();
    if (seconds === 0) {
      server.cutLinks();
      return;
    }
    const reopen = (): void => {
      server.open().then(
        () => this.#pushSoon(),
        (fault: unknown) => this.#log.error({ err: fault }, 'the demonstration exchange could not come back'),
      );
    };
    server.close().then(
      () => void this.#wallClock.setTimer(this.#wallClock.now() + seconds * 1000, reopen),
      (fault: unknown) => this.#log.error({ err: fault }, 'the demonstration exchange could not be cut off'),
    );
  }

  #pushSoon(): void {
    if (this.#watchers.size === 0 || this.#cancelPush !== undefined) return;
    this.#cancelPush = this.#wallClock.setTimer(this.#wallClock.now() + TOGETHER_MS, () => {
      this.#cancelPush = undefined;
      const view = this.view();
      for (const push of this.#watchers) push(view);
    });
  }
}

const refused = (why: string): AppError =>
  new AppError(`demo.${why}`, `the demonstration cannot do this: ${why}`, { kind: 'user' });
