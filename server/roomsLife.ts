import {
  AppError,
  DAY,
  type CallFact,
  type Clock,
  type ExchangeFact,
  type Instant,
} from '../machines/vocabulary/index.ts';
import { onEachDay } from './calendar/eachDay.ts';
import { scriptsIn } from './calls/liveCall.ts';
import type { Config } from './config/config.ts';
import type { CallSums } from './contract/index.ts';
import type { Faults } from './faults.ts';
import type { Log } from './log.ts';
import type { Rooms } from './rooms.ts';
import type { Journal, Storage } from './storage/port.ts';
import type { QueueCounts } from './supervision/queueStats.ts';

/** After its time is over: a page that was open goes on until it is closed. */
const SESSIONS_KEPT_MS = 7 * DAY;

export interface LifeSetup {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  readonly storage: Pick<Storage, 'journal'>;
}
/** What happens to all rooms together: facts come in, days turn, a start brings them to where the journal ends. */
export type RoomsLife = ReturnType<typeof roomsLife>;

export function roomsLife(rooms: Rooms, { config, clock, log, faults, storage }: LifeSetup) {
  const { ledger, operators, queueBoard, calls, callbacks, reports, listening } = rooms;
  const touchQueues = (): void => {
    for (const queue of queueBoard.queues()) ledger.touch(`queue/${queue}`);
  };
  const { archive, today } = rooms;
  /** The queues' figures of today, made anew from the history: after a start and when a definition changes. */
  const recount = (): Promise<void> =>
    archive.between(async () => {
      const sums = await today.byQueue(archive.collection, (queue) => rooms.settings.of(queue));
      queueBoard.recount(countsOf(sums));
      touchQueues();
    });
  return {
    onExchangeFact(fact: ExchangeFact): void {
      operators.onExchangeFact(fact);
      if (fact.type === 'link.restored') rooms.inquiries.tellGate();
      for (const queue of queueBoard.onExchangeFact(fact)) ledger.touch(`queue/${queue}`);
    },
    onCallFact(fact: CallFact): void {
      callbacks.onCallFact(fact);
      reports.survey.onCallFact(fact);
      listening.onCallFact(fact);
      rooms.tidings.onCallFact(fact);
    },
    /** At midnight all that is said of today begins anew. Returns how to stop. */
    watchDays: (): (() => void) =>
      onEachDay(clock, config.timeZone, (at) => {
        rooms.sessions
          .sweep(at - SESSIONS_KEPT_MS)
          .catch((fault: unknown) => log.warn({ err: fault }, 'old sessions are still kept'));
        queueBoard.recount(new Map());
        touchQueues();
        for (const operatorId of operators.all()) ledger.touch(`operator/${operatorId}`);
        void ledger.flush();
      }),
    recount,
    /** Brings every room to where the journal ends. */
    async recover(): Promise<{ snapshots: number; entries: number; calls: number; tookMs: number }> {
      const begun = clock.now();
      const seenUntil = await lastInstant(storage.journal);
      const [recovered] = await Promise.all([
        rooms.checkpoints.recover((bodies) => rooms.scripts.load(bodies.flatMap(scriptsIn))),
        // Of closed calls: the storage's threads read it beside the replay.
        archive.between(() => today.load(archive.collection)),
      ]);
      archive.replayed();
      for (const live of calls.all()) faults.contain('entry', { call: live.callId }, () => rooms.countWaiting(live));
      rooms.watch.replayed();
      rooms.absence.replayed();
      await recount();
      // What the studio cannot finish keeps no telephone from being answered.
      await rooms.studio.recover(begun).catch((fault: unknown) => {
        if (fault instanceof AppError) throw fault;
        faults.tell(fault, 'entry', { room: 'studio' });
      });
      void rooms.studio.catchUp(begun);
      // While we were away anything may have happened on the line.
      calls.loseSight(seenUntil ?? begun);
      await ledger.settled();
      return { ...recovered, calls: calls.size, tookMs: clock.now() - begun };
    },
  };
}

const countsOf = (sums: ReadonlyMap<string, CallSums>): ReadonlyMap<string, QueueCounts> =>
  new Map([...sums].map(([queue, each]) => [queue, { ...each, answered: each.queueAnswered }]));

/** When the last entry of the journal was made: until then our picture was surely true. */
const lastInstant = async (journal: Journal): Promise<Instant | undefined> => {
  const [last] = await journal.readAfter((await journal.lastSeq()) - 1, 1);
  return last?.at;
};
