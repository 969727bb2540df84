import { EVENT_TOKEN, openStage, type Stage } from './asterisk/stage.ts';
import { GENERAL } from './asterisk/scenarios/dialling.ts';
import { ProductProcess, type PanelClient } from './productProcess.ts';
import type { PhoneCall } from './sip/phoneCall.ts';

export interface Talk {
  readonly client: PhoneCall;
  readonly operator: PhoneCall;
  readonly callId: string;
}

/** The product, not started yet, that listens to this exchange. */
export const productOn = ({ asterisk }: Stage, environment: Record<string, string> = {}): Promise<ProductProcess> =>
  ProductProcess.create({
    AMI_HOST: '127.0.0.1',
    AMI_PORT: String(asterisk.amiPort),
    AMI_USERNAME: asterisk.amiUsername,
    AMI_SECRET: asterisk.amiSecret,
    AMI_EVENT_TOKEN: EVENT_TOKEN,
    CALLER_ID: '84712000000',
    MONGODB_URI: '',
    ...environment,
  });

/** The product as a process on a real exchange: Anna sits at 101 and takes calls, Boris at 102 is there for transfers. */
export class ProductStage {
  readonly stage: Stage;
  readonly product: ProductProcess;
  anna!: PanelClient;
  boris!: PanelClient;

  private constructor(stage: Stage, product: ProductProcess) {
    this.stage = stage;
    this.product = product;
  }
  /** `globals`: values of the exchange's own site/globals.conf. */
  static async open(
    environment: Record<string, string> = {},
    globals: Record<string, string> = {},
  ): Promise<ProductStage> {
    const stage = await openStage({ holdByNotify: true, globals });
    const product = await productOn(stage, environment);
    const opened = new ProductStage(stage, product);
    await product.addUser('anna', 'Смирнова Анна Петровна', 'operator', 'PJSIP/101');
    await product.addUser('boris', 'Гаврилов Борис Сергеевич', 'operator', 'PJSIP/102');
    await product.addUser('darya', 'Котова Дарья Викторовна', 'supervisor');
    await product.start();
    await opened.signIn();
    await opened.anna.until((view) => view.links[0]?.status === 'up');
    await opened.anna.command('operator.chooseDevice', { device: 'PJSIP/101' });
    await opened.boris.command('operator.chooseDevice', { device: 'PJSIP/102' });
    await opened.anna.command('operator.ready', {});
    for (const other of ['102', '103'])
      await stage.ami.action({ Action: 'QueuePause', Interface: `PJSIP/${other}`, Paused: 'true' });
    return opened;
  }

  async signIn(): Promise<void> {
    this.anna = await this.product.open('anna');
    this.boris = await this.product.open('boris');
  }
  signOut(): void {
    this.anna.close();
    this.boris.close();
  }
  /** `kill -9`, and a start on the same data; `meanwhile` happens while nobody looks. */
  async crash(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.product.kill('SIGKILL');
    this.signOut();
    await meanwhile();
    await this.product.start();
    await this.signIn();
  }

  /** A client of the city reaches Anna through the queue. */
  async talk(): Promise<Talk> {
    await this.anna.until((view) => view.operator.state === 'ready');
    const client = this.stage.client.dial(GENERAL);
    const operator = await this.stage.phones['101'].answerNext();
    const view = await this.anna.until(({ calls }) => calls[0]?.phase === 'talking');
    return { client, operator, callId: view.calls[0]?.callId ?? '' };
  }
  /** Whoever has the call in wrap-up closes it. */
  async wrapUp(panel: PanelClient, callId: string): Promise<void> {
    await panel.until(({ calls }) => calls.some((call) => call.callId === callId && call.phase === 'wrapUp'));
    await panel.command('wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: true });
    await panel.until(({ calls }) => !calls.some((call) => call.callId === callId));
  }
  /** Whatever this person has in wrap-up, as after a call of colleagues among themselves. */
  async wrapUpAll(panel: PanelClient): Promise<void> {
    for (const { callId, phase } of panel.view?.calls ?? []) if (phase === 'wrapUp') await this.wrapUp(panel, callId);
  }
  async history<T>(callId: string): Promise<T> {
    return this.product.get<T>(`/calls/${encodeURIComponent(callId)}`, await this.product.signIn('darya'));
  }
  async close(): Promise<void> {
    this.signOut();
    await this.product.remove();
    await this.stage.close();
  }
}
