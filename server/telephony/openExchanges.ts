import { as, type Clock, type ExchangeId } from '../../machines/vocabulary/index.ts';
import type { Config } from '../config/config.ts';
import type { Faults } from '../faults.ts';
import type { Log } from '../log.ts';
import { createAsteriskExchange, type AsteriskExchangeOptions } from './asteriskExchange.ts';
import { createAmiConnection } from './connection/amiConnection.ts';
import { openDemonstration, type OpenDemonstration } from './demo/openDemonstration.ts';
import { newEventToken } from './eventToken.ts';
import type { Exchange } from './exchange.ts';
import { bareCalls, furtherExchange } from './furtherExchange.ts';

export interface OpenExchanges {
  readonly exchanges: readonly Exchange[];
  /** Present when no Asterisk is configured. */
  readonly demo?: OpenDemonstration;
  close(): Promise<void>;
}
interface Tools {
  readonly clock: Clock;
  /** By which the connection waits, where time itself runs at another pace. */
  readonly wireClock?: Clock;
  readonly log: Log;
  readonly faults: Faults;
  readonly knownCalls: KnownCalls;
}
export type KnownCalls = (exchangeId: ExchangeId) => ReturnType<NonNullable<AsteriskExchangeOptions['knownCalls']>>;

/**
 * The exchanges of the configuration, or the demonstration exchange. Both are spoken to by the same connection; only
 * address and secret differ. Nothing connects before `Exchange.start`.
 */
export async function openExchanges(config: Config, tools: Tools): Promise<OpenExchanges> {
  if (config.asterisks.length > 0) {
    const exchanges = config.asterisks.map((asterisk, at) =>
      at === 0
        ? connect(config, asterisk, tools)
        : furtherExchange(connect(config, asterisk, { ...tools, knownCalls: (id) => bareCalls(tools.knownCalls(id)) })),
    );
    return { exchanges, close: async () => undefined };
  }
  const demo = await openDemonstration(config, tools);
  const exchange = connect({ ...config, ...demo.account }, { id: 'demo', host: '127.0.0.1', port: demo.port }, tools);
  return { exchanges: [exchange], demo, close: () => demo.close() };
}

function connect(
  config: Config,
  { id, host, port }: Config['asterisks'][number],
  { clock, log, faults, knownCalls, wireClock = clock }: Tools,
): Exchange {
  const exchangeId = as<ExchangeId>(id);
  const eventToken = config.amiEventToken ?? newEventToken();
  return createAsteriskExchange({
    id: exchangeId,
    connection: createAmiConnection({
      host,
      port,
      username: config.amiUsername,
      secret: config.amiSecret,
      userEventToken: eventToken,
      clock: wireClock,
      random: Math.random,
      log: log.child({ exchange: id }),
      ...(config.amiTls ? { tls: {} } : {}),
    }),
    clock,
    faults,
    log: log.child({ exchange: id }),
    eventToken,
    classifier: {
      roleOfDevice: (device) => (config.operatorDevices.test(device) ? 'staff' : undefined),
    },
    knownCalls: () => knownCalls(exchangeId),
  });
}
