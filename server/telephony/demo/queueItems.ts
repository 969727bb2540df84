import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { PacketFields } from '../connection/wire.ts';
import { secondsBetween } from './core.ts';
import { channelHeaders } from './headers.ts';
import type { DemoQueue } from './queue.ts';

/** `QueueParams`: the queue itself in `QueueStatus`. */
export const queueParams = (queue: DemoQueue): PacketFields => ({
  Queue: queue.site.name,
  Max: 0,
  Strategy: queue.site.strategy,
  Calls: queue.waiting.length,
  ...queue.figures.headers(),
  Weight: 0,
});

export const queueSummary = (queue: DemoQueue, now: Instant): PacketFields => ({
  Queue: queue.site.name,
  LoggedIn: queue.members.length,
  Available: queue.members.filter((each) => !each.paused && queue.parts.isFree(each.device)).length,
  Callers: queue.waiting.length,
  HoldTime: queue.figures.holdTime,
  TalkTime: queue.figures.talkTime,
  LongestHoldTime: queue.waiting.reduce((most, each) => Math.max(most, secondsBetween(each.joinedAt, now)), 0),
});

/** `QueueEntry`: who waits, in order. */
export const queueEntries = (queue: DemoQueue, now: Instant): PacketFields[] =>
  queue.waiting.map((each, index) => {
    const headers = channelHeaders(each.channel);
    return {
      Queue: queue.site.name,
      Position: index + 1,
      Channel: each.channel.name,
      Uniqueid: each.channel.uniqueid,
      CallerIDNum: headers['CallerIDNum'] ?? '',
      CallerIDName: headers['CallerIDName'] ?? '',
      ConnectedLineNum: headers['ConnectedLineNum'] ?? '',
      ConnectedLineName: headers['ConnectedLineName'] ?? '',
      Wait: secondsBetween(each.joinedAt, now),
      Priority: each.priority,
    };
  });
