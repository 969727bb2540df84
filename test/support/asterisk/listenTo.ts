import { pino } from 'pino';
import { as, type ExchangeId, type Fact, type FactType } from '../../../machines/vocabulary/index.ts';
import { systemClock } from '../../../server/clock.ts';
import { createAsteriskExchange, type AsteriskExchangeOptions } from '../../../server/telephony/asteriskExchange.ts';
import { createAmiConnection } from '../../../server/telephony/connection/amiConnection.ts';
import type { Exchange, LinkState } from '../../../server/telephony/exchange.ts';
import type { RunningAsterisk } from './startAsterisk.ts';
import { EVENT_TOKEN } from './stage.ts';
import { within } from '../eventually.ts';
import { strictFaults } from '../strictFaults.ts';

/** The product's own face to a real exchange, and everything that it has told. */
export interface ListeningExchange {
  readonly exchange: Exchange;
  readonly facts: Fact[];
  readonly links: LinkState[];
  /** The first fact of this type that fits, told already (from `from` on) or told next. */
  next<Type extends FactType>(
    type: Type,
    fits?: (fact: Extract<Fact, { type: Type }>) => boolean,
    from?: number,
  ): Promise<Extract<Fact, { type: Type }>>;
  close(): Promise<void>;
}

export const listenTo = async (
  asterisk: Pick<RunningAsterisk, 'host' | 'amiPort' | 'amiUsername' | 'amiSecret'>,
  options: Partial<AsteriskExchangeOptions> = {},
): Promise<ListeningExchange> => {
  const log = pino({ level: 'silent' });
  const connection = createAmiConnection({
    host: asterisk.host,
    port: asterisk.amiPort,
    username: asterisk.amiUsername,
    secret: asterisk.amiSecret,
    userEventToken: EVENT_TOKEN,
    clock: systemClock,
    random: Math.random,
    log,
  });
  const exchange = createAsteriskExchange({
    id: as<ExchangeId>('main'),
    connection,
    clock: systemClock,
    log,
    faults: strictFaults(),
    eventToken: EVENT_TOKEN,
    ...options,
  });
  const facts: Fact[] = [];
  const links: LinkState[] = [];
  let waiters: { fits: (fact: Fact) => boolean; give: (fact: Fact) => void }[] = [];
  const onFacts = (told: readonly Fact[]): void => {
    for (const fact of told) {
      facts.push(fact);
      waiters = waiters.filter(({ fits, give }) => {
        if (!fits(fact)) return true;
        give(fact);
        return false;
      });
    }
  };
  exchange.start(onFacts, (state) => links.push(state));
  const next: ListeningExchange['next'] = (type, fits, from = 0) => {
    const told = new Promise<never>((resolve) => {
      const wanted = (fact: Fact): boolean => fact.type === type && (fits === undefined || fits(fact as never));
      const found = facts.slice(from).find(wanted);
      if (found === undefined) waiters.push({ fits: wanted, give: (fact) => resolve(fact as never) });
      else resolve(found as never);
    });
    return within(type, told);
  };
  await next('link.restored');
  return { exchange, facts, links, next, close: () => exchange.stop() };
};
