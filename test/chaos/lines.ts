import type { DemoExchange } from '../../server/telephony/demo/exchange.ts';
import { mainOf, type Channel } from '../../server/telephony/demo/model.ts';

/**
 * Channels of other conversations than their own: a telephone that consults on a second line, or fetches a parked
 * client, begins a call of its own for the product, which the ledger of truth counts as part of the client's.
 */
export const watchLines = (exchange: DemoExchange): (() => ReadonlySet<string>) => {
  const channels: Channel[] = [];
  exchange.listen({
    wants: (_class, event) => event === 'Newchannel',
    event: (_event, _class, fields) => {
      const channel = exchange.core.board.channels.get(fields.Uniqueid as string);
      if (channel !== undefined) channels.push(channel);
    },
  });
  return () =>
    new Set(channels.filter((each) => mainOf(each.conversation) !== each.uniqueid).map(({ uniqueid }) => uniqueid));
};
