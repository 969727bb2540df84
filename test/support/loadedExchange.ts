import { systemClock } from '../../server/clock.ts';
import { DemoAmiServer, SHIPPED_ACCOUNT } from '../../server/telephony/demo/amiServer.ts';
import { DemoExchange } from '../../server/telephony/demo/exchange.ts';
import { LoadGenerator, type LoadOptions } from '../../server/telephony/demo/load.ts';
import { loadSite } from '../../server/telephony/demo/loadSite.ts';
import { Telephones } from '../../server/telephony/demo/telephones.ts';
import { TrueLedger } from '../../server/telephony/demo/truth.ts';

export interface LoadedExchange {
  readonly exchange: DemoExchange;
  readonly keys: Telephones;
  readonly load: LoadGenerator;
  readonly truth: TrueLedger;
  readonly server: DemoAmiServer;
  /** What a product process needs to connect. */
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

/** The demo exchange in this process, so that a test can cut its links and knows what truly happened. */
export async function loadedExchange(operators: number, options: LoadOptions): Promise<LoadedExchange> {
  const exchange = new DemoExchange(loadSite(operators, options.pace), systemClock);
  const keys = new Telephones(exchange);
  const server = new DemoAmiServer(exchange, keys, { wallClock: systemClock });
  const truth = new TrueLedger(exchange);
  const load = new LoadGenerator(exchange, keys, options);
  const port = await server.open();
  return {
    exchange,
    keys,
    load,
    truth,
    server,
    environment: {
      AMI_HOST: `127.0.0.1:${port}`,
      AMI_USERNAME: SHIPPED_ACCOUNT.name,
      AMI_SECRET: SHIPPED_ACCOUNT.secret,
    },
    async close() {
      load.close();
      exchange.stop();
      await server.close();
    },
  };
}
