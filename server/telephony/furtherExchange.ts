import {
  AppError,
  as,
  exchangeOfDevice,
  ofExchange,
  type DeviceId,
  type Fact,
} from '../../machines/vocabulary/index.ts';
import type { Exchange } from './exchange.ts';
import type { KnownCall } from './correlate/world.ts';

/**
 * The second exchange and those after it, whose telephones and queues bear the exchange's name (`main2:PJSIP/101`,
 * `main2:exams`) everywhere but inside it: put on where facts come out, taken off where commands go in. The first one's stay bare, so that an
 * installation that grows a second exchange keeps every name it ever wrote.
 */
export function furtherExchange(inner: Exchange): Exchange {
  const { id } = inner;
  const bare = (device: DeviceId): DeviceId => {
    if (exchangeOfDevice(device) === id) return as<DeviceId>(device.slice(id.length + 1));
    throw otherExchange(device);
  };
  const request = <Request extends { device: DeviceId }>(asked: Request): Request => ({
    ...asked,
    device: bare(asked.device),
  });
  return {
    id,
    get link() {
      return inner.link;
    },
    get counts() {
      return inner.counts;
    },
    start: (onFacts, onLink) =>
      inner.start((facts) => onFacts(facts.map((fact) => renamed(fact, (name) => ofExchange(id, name)))), onLink),
    stop: () => inner.stop(),
    hold: async (callId, device) => inner.hold(callId, bare(device)),
    resume: async (callId, device) => inner.resume(callId, bare(device)),
    hangUp: async (callId, device) => inner.hangUp(callId, bare(device)),
    blindTransfer: async (callId, device, number) => inner.blindTransfer(callId, bare(device), number),
    consult: async (callId, device, number) => inner.consult(callId, bare(device), number),
    completeConsult: async (callId, device) => inner.completeConsult(callId, bare(device)),
    cancelConsult: async (callId, device) => inner.cancelConsult(callId, bare(device)),
    originate: async (asked) => inner.originate(request(asked)),
    pauseMember: async (asked) => inner.pauseMember(request(asked)),
    spy: async (asked) => inner.spy({ ...request(asked), supervisorDevice: bare(asked.supervisorDevice) }),
    stopSpy: async (device) => inner.stopSpy(bare(device)),
    inviteToSurvey: (callId) => inner.inviteToSurvey(callId),
    setTransferCount: (callId, count, limit) => inner.setTransferCount(callId, count, limit),
  };
}

/** What the store remembers of calls, in the names of the exchange itself. */
export const bareCalls = (calls: readonly KnownCall[]): readonly KnownCall[] =>
  calls.map((call) => renamed(call, (name) => name.replace(/^\w+:/, '')));

/** Whatever is a telephone or a queue in it, at any depth, under another name. */
function renamed<Told extends Fact | KnownCall>(told: Told, rename: (name: string) => string): Told {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return NAMES.has(key) ? rename(value) : value;
    if (Array.isArray(value)) return value.map((each) => walk(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, walk(each, inner)]));
  };
  return walk(told, '') as Told;
}
const NAMES: ReadonlySet<string> = new Set(['device', 'fromDevice', 'supervisorDevice', 'devices', 'held', 'queue']);

const otherExchange = (device: DeviceId): AppError =>
  new AppError('telephony.otherExchange', 'this telephone belongs to another exchange', {
    kind: 'user',
    details: { device },
  });
