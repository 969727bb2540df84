import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { PacketFields } from '../connection/wire.ts';
import { MEMBER_STATUS, type DeviceStateName } from './model.ts';
import type { SiteQueue } from './site.ts';

/** A telephone in one queue. */
export interface Member {
  readonly device: string;
  readonly name: string;
  readonly dynamic: boolean;
  penalty: number;
  paused: boolean;
  pauseReason: string;
  lastPauseAt: Instant;
  readonly loginAt: Instant;
  callsTaken: number;
  lastCallAt: Instant;
  inCall: boolean;
  /** Its turn in `rrmemory`: grows with each offer. */
  turn: number;
}

export const newMember = (
  device: string,
  name: string,
  loginAt: Instant,
  options: { penalty?: number; dynamic?: boolean; paused?: boolean; reason?: string } = {},
): Member => ({
  device,
  name,
  dynamic: options.dynamic ?? false,
  penalty: options.penalty ?? 0,
  paused: options.paused ?? false,
  pauseReason: options.reason ?? '',
  lastPauseAt: options.paused === true ? loginAt : 0,
  loginAt,
  callsTaken: 0,
  lastCallAt: 0,
  inCall: false,
  turn: 0,
});

/** Whom the queue calls next: lowest penalty first, then by strategy. */
export const chooseMember = (
  members: readonly Member[],
  site: SiteQueue,
  isFree: (device: string) => boolean,
  now: Instant,
  random: () => number,
): Member | undefined => {
  const ready = members.filter(
    (each) => !each.paused && isFree(each.device) && (each.lastCallAt === 0 || now - each.lastCallAt >= site.wrapUpMs),
  );
  const lowest = Math.min(...ready.map((each) => each.penalty));
  const candidates = ready.filter((each) => each.penalty === lowest);
  if (site.strategy === 'random') return candidates[Math.floor(random() * candidates.length)];
  const weigh = WEIGHTS[site.strategy];
  return candidates.reduce<Member | undefined>(
    (best, each) => (best === undefined || weigh(each) < weigh(best) ? each : best),
    undefined,
  );
};
const WEIGHTS: Readonly<Record<Exclude<SiteQueue['strategy'], 'random'>, (member: Member) => number>> = {
  leastrecent: (member) => member.lastCallAt,
  rrmemory: (member) => member.turn,
  fewestcalls: (member) => member.callsTaken,
};

const seconds = (at: Instant): number => Math.floor(at / 1000);

/** The headers of a member that events (`QueueMemberStatus`…) and list items share, from `StateInterface` on. */
const common = (member: Member, state: DeviceStateName): PacketFields => ({
  StateInterface: member.device,
  Membership: member.dynamic ? 'dynamic' : 'static',
  Penalty: member.penalty,
  CallsTaken: member.callsTaken,
  LastCall: seconds(member.lastCallAt),
  LastPause: seconds(member.lastPauseAt),
  LoginTime: seconds(member.loginAt),
  InCall: member.inCall ? 1 : 0,
  Status: MEMBER_STATUS[state],
  Paused: member.paused ? 1 : 0,
  PausedReason: member.pauseReason,
});
export const memberEvent = (queue: string, member: Member, state: DeviceStateName): PacketFields => ({
  Queue: queue,
  MemberName: member.name,
  Interface: member.device,
  ...common(member, state),
  Ringinuse: 0,
  Wrapuptime: 0,
});
export const memberItem = (queue: string, member: Member, state: DeviceStateName): PacketFields => ({
  Queue: queue,
  Name: member.name,
  Location: member.device,
  ...common(member, state),
  Wrapuptime: 0,
});
