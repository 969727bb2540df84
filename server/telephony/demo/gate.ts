import type { Core } from './core.ts';
import type { Channel } from './model.ts';

export interface Verdict {
  readonly kind: 'blind' | 'attended';
  readonly passed: boolean;
  /** The telephone that transfers. */
  readonly device: string;
}

/**
 * The transfer gate of the shipped dialplan: counts on the client's own channel, adds what the product knows beyond
 * that (`SHARED(GATE_BEFORE)`), compares with the limit (`SHARED(GATE_LIMIT)`, else `TRANSFER_LIMIT`), and tells.
 */
export class Gate {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  judge(channel: Channel, target: string): Verdict {
    const { board, globals, site } = this.#core;
    const attendedBy = channel.variables.get('ATTENDEDTRANSFER') ?? '';
    const kind = attendedBy === '' ? 'blind' : 'attended';
    const from = attendedBy === '' ? (channel.variables.get('BLINDTRANSFER') ?? '') : attendedBy;
    // A Redirect by AMI names no transferring channel: then it is whoever had the client last.
    channel.variables.delete('BLINDTRANSFER');
    const client =
      kind === 'blind' ? channel : (board.byName(channel.variables.get('CLIENT_CHANNEL') ?? '') ?? channel);
    const device = from === '' ? (client.variables.get(OPERATOR) ?? '') : (from.split('-')[0] ?? '');
    const own = numberOf(client, 'SHARED(GATE_COUNT)') ?? 0;
    const sum = own + (numberOf(client, 'SHARED(GATE_BEFORE)') ?? 0);
    const limit = numberOf(client, 'SHARED(GATE_LIMIT)') ?? Number(globals.get('TRANSFER_LIMIT') ?? site.transferLimit);
    const Token = globals.get('EVENT_TOKEN') ?? '';
    const who = { Token, Kind: kind, From: device, Target: target };
    board.run(channel, { context: 'gate', exten: target, priority: 1 }, 'Set', `GATE_TARGET=${target}`);
    if (sum >= limit) {
      Object.assign(channel, { context: `refuse-${kind}`, exten: 's', priority: 1 });
      const about = kind === 'attended' ? { Client: client.name } : {};
      board.tell('UserEvent', channel, {
        UserEvent: 'TransferRefused',
        ...who,
        ...about,
        Own: `0${own === 0 ? '' : own}`,
        Count: sum,
        Limit: limit,
      });
      this.#core.happened(client, { type: 'transferRefused', kind, device, number: target, count: sum });
      return { kind, passed: false, device };
    }
    if (kind === 'blind') {
      counted(client, `blind ${device} ${target}`);
      board.tell('UserEvent', channel, {
        UserEvent: 'TransferPassed',
        ...who,
        Own: own + 1,
        Count: sum + 1,
        Limit: limit,
      });
    }
    return { kind, passed: true, device };
  }
}

/** The telephone that has the client, as far as the exchange knows. */
const OPERATOR = 'SHARED(GATE_OPERATOR)';
export const clientIsWith = (client: Channel, device: string): void => {
  client.variables.set(OPERATOR, device);
};

/**
 * An attended transfer passes no gate when it completes: the exchange counts it when the operator's channel has hung up
 * and the client goes on with somebody else (context `count-attended`).
 */
export const countTransfer = (client: Channel, from: string, to: string): void =>
  counted(client, `attended ${from} ${to}`);

const counted = (client: Channel, transfer: string): void => {
  client.variables.set('SHARED(GATE_COUNT)', String((numberOf(client, 'SHARED(GATE_COUNT)') ?? 0) + 1));
  client.variables.set('SHARED(GATE_TRAIL)', `${client.variables.get('SHARED(GATE_TRAIL)') ?? ''}${transfer}&`);
};

const numberOf = (channel: Channel, name: string): number | undefined => {
  const text = channel.variables.get(name);
  return text === undefined || text === '' ? undefined : Number.parseInt(text, 10) || 0;
};
