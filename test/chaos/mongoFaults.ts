import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import type { StorageFaults } from './faults.ts';

/** What a server says that takes no writes: `error_codes.yml` of MongoDB. */
const REFUSALS: Readonly<Record<string, { code: number; codeName: string }>> = {
  full: { code: 14_031, codeName: 'OutOfDiskSpace' },
  readOnly: { code: 20, codeName: 'IllegalOperation' },
};
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);
const SLOW_MS = 250;
const HEADER = 16;
const OP_MSG = 2_013;

/** A wire to MongoDB that can be cut, or be slow; and a server behind it that takes no writes. `uri` leads over it. */
export async function mongoFaults(uri: string): Promise<StorageFaults & { readonly uri: string }> {
  const real = new URL(uri);
  const sockets = new Set<Socket>();
  let fault = '';
  const server = createServer((from) => {
    if (fault === 'gone') {
      from.destroy();
      return;
    }
    const to = connect(Number(real.port || 27_017), real.hostname);
    from.setNoDelay(true);
    to.setNoDelay(true);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    const there = inTurn(to, () => fault);
    const back = inTurn(from, () => fault);
    to.on('data', back);
    const messages = framed((message) => {
      const refusal = REFUSALS[fault];
      if (refusal && WRITES.has(commandOf(message))) back(answerTo(message, { ok: 0, errmsg: fault, ...refusal }));
      else there(message);
    });
    from.on('data', messages);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const shown = new URL(uri);
  shown.hostname = '127.0.0.1';
  shown.port = String((server.address() as AddressInfo).port);
  const drop = (): void => {
    for (const each of sockets) each.destroy();
  };
  return {
    uri: shown.href,
    kinds: ['gone', 'slow', ...Object.keys(REFUSALS)],
    atStart: ['gone'],
    async breakIt(kind) {
      fault = kind;
      if (kind === 'gone') drop();
    },
    async mend() {
      fault = '';
    },
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What is written goes in its order, each piece after a while as long as the wire is slow. */
function inTurn(to: Socket, fault: () => string): (bytes: Buffer) => void {
  let turn: Promise<void> = Promise.resolve();
  return (bytes) => {
    const slow = (): Promise<void> =>
      fault() === 'slow' ? new Promise((resolve) => setTimeout(resolve, SLOW_MS)) : Promise.resolve();
    turn = turn.then(slow).then(() => void (to.destroyed || to.write(bytes)));
  };
}

/** Whole messages of the wire protocol, as they come. */
function framed(take: (message: Buffer) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      take(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}
/** Name of the command of an OP_MSG: the first key of its first section. */
function commandOf(message: Buffer): string {
  if (message.readInt32LE(12) !== OP_MSG || message[HEADER + 4] !== 0) return '';
  // After the length of the document and the type of its first element.
  const from = HEADER + 5 + 5;
  return message.toString('utf8', from, message.indexOf(0, from));
}
function answerTo(message: Buffer, document: Record<string, unknown>): Buffer {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(HEADER + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
