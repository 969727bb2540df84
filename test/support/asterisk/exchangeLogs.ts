import type { RunningAsterisk } from './startAsterisk.ts';

export interface LoggedTransfer {
  readonly kind: 'blind' | 'attended';
  readonly from: string;
  /** The number that was asked for, or of an attended one the telephone that was reached. */
  readonly to: string;
}
/** A wait in a queue, in the whole seconds of the queue log. */
export interface LoggedWait {
  readonly end: 'answered' | 'abandoned' | 'other';
  readonly seconds: number;
}
/** One channel event: its kind, when, on which channel, and what it adds. */
interface ChannelEvent {
  readonly kind: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly channel: string;
  readonly extra: Readonly<Record<string, string>>;
}

/** What the exchange itself wrote down of its calls: queue log and channel event log. A call is its client's channel. */
export class ExchangeLogs {
  readonly #queue: readonly (readonly string[])[];
  readonly #events: readonly ChannelEvent[];

  private constructor(queue: readonly (readonly string[])[], events: readonly ChannelEvent[]) {
    this.#queue = queue;
    this.#events = events;
  }
  static async read({ logFile }: Pick<RunningAsterisk, 'logFile'>): Promise<ExchangeLogs> {
    const queue = (await logFile('queue_log')).split('\n').map((line) => line.split('|'));
    const events = (await logFile('cel-custom/channel-events.csv')).split('\n').filter(Boolean).map(channelEvent);
    return new ExchangeLogs(queue, events);
  }

  joined(uniqueid: string): number {
    return this.#lines(uniqueid, 'ENTERQUEUE').length;
  }
  /** Each wait in a queue, in order. */
  waits(uniqueid: string): readonly LoggedWait[] {
    return this.#queue.flatMap(([, id, , , kind = '', ...data]): LoggedWait[] => {
      const waited = id === uniqueid ? WAITED[kind] : undefined;
      return waited === undefined ? [] : [{ end: waited.end, seconds: Number(data[waited.at]) }];
    });
  }
  /** Transfers of this client, in order; the log knows nothing of the gate, so refused ones are among them. */
  transfers(uniqueid: string): readonly LoggedTransfer[] {
    return this.#events.flatMap(({ kind, channel, extra }): LoggedTransfer[] => {
      const from = deviceOf(channel);
      if (kind === 'BLINDTRANSFER' && extra['transferee_channel_uniqueid'] === uniqueid)
        return [{ kind: 'blind', from, to: extra['extension'] ?? '' }];
      if (kind !== 'ATTENDEDTRANSFER') return [];
      const ends = ['transferee_channel', 'transfer_target_channel'].map((end) => ({
        id: extra[`${end}_uniqueid`],
        device: deviceOf(extra[`${end}_name`] ?? ''),
      }));
      const reached = ends.find(({ id }) => id !== uniqueid);
      return ends.some(({ id }) => id === uniqueid) ? [{ kind: 'attended', from, to: reached?.device ?? '' }] : [];
    });
  }
  /** Whose channel asked for the end of the client's: `client`, `operator`, or the exchange itself. */
  endedBy(uniqueid: string): 'client' | 'operator' | 'exchange' {
    const end = this.#events.find((event) => event.kind === 'HANGUP' && event.uniqueid === uniqueid);
    const source = end?.extra['hangupsource'] ?? '';
    if (source === end?.channel) return 'client';
    return /^PJSIP\/1\d\d-/.test(source) ? 'operator' : 'exchange';
  }
  /** Whether anybody talked with the client: who lifts and hangs up at once may be gone before the client is there. */
  met(uniqueid: string): boolean {
    return this.#events.some((event) => event.kind === 'BRIDGE_ENTER' && event.uniqueid === uniqueid);
  }
  /** All that was written of one conversation, for a failed test to print. */
  of(linkedid: string): readonly string[] {
    return this.#events
      .filter((event) => event.linkedid === linkedid)
      .map(({ kind, channel, extra }) => `${kind} ${channel} ${JSON.stringify(extra)}`);
  }
  #lines(uniqueid: string, kind: string): readonly (readonly string[])[] {
    return this.#queue.filter((line) => line[1] === uniqueid && line[4] === kind);
  }
}

/** Where each line that ends a wait says how long it was, after its name. */
const WAITED: Readonly<Record<string, { readonly end: LoggedWait['end']; readonly at: number }>> = {
  CONNECT: { end: 'answered', at: 0 },
  ABANDON: { end: 'abandoned', at: 2 },
  EXITWITHTIMEOUT: { end: 'other', at: 2 },
};

const deviceOf = (channel: string): string => channel.replace(/-[0-9a-f]+$/, '');

const channelEvent = (line: string): ChannelEvent => {
  const cells = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));
  const [kind = '', , uniqueid = '', linkedid = '', channel = '', extra = ''] = cells;
  return {
    kind,
    uniqueid,
    linkedid,
    channel,
    extra: extra === '' ? {} : (JSON.parse(extra) as Record<string, string>),
  };
};
