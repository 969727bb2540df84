import type { HappeningAt } from './happenings.ts';
import type { LoadGenerator, Played } from './load.ts';
import { mainOf } from './model.ts';

export interface Story {
  /** How often it occurs among all. */
  readonly weight: number;
  begin(load: LoadGenerator): void;
  /** Something happened in its conversation; the story decides what people do next. */
  on(load: LoadGenerator, played: Played, happening: HappeningAt): void;
}

const client = (load: LoadGenerator): { number: string; name: string } => {
  const number = `79${String(load.random.whole(0, 999_999_999)).padStart(9, '0')}`;
  return { number, name: load.random.chance(0.5) ? `Клиент ${number.slice(-4)}` : '' };
};
const callsAQueue = (load: LoadGenerator): void => {
  const queue = load.random.pick(load.exchange.core.site.queues);
  if (queue !== undefined) load.exchange.callIn({ ...client(load), dialled: queue.did });
};

/** Whoever is called lifts after a moment; now and then nobody does, and the next one is called. */
const lifts = (load: LoadGenerator, played: Played, happening: HappeningAt, rarelyNot = 0.05): void => {
  if (happening.type !== 'offered' || load.random.chance(rarelyNot)) return;
  const { device } = happening;
  load.later(played, load.lasts(800, 6_000), () => {
    if (mainOf(load.keys.ringing(device)[0]?.conversation ?? '') === played.call) load.keys.answer(device);
  });
};
const ends = (load: LoadGenerator, played: Played): void => {
  const by = load.random.chance(0.6) ? 'client' : 'operator';
  load.later(played, load.lasts(5_000, 120_000), () => load.hangUp(played, by));
};
/** The first telephone of the conversation does something after a while; later ones just talk to the end. */
const first = (load: LoadGenerator, played: Played, act: (device: string) => void): void => {
  if (played.devices.length > 1) {
    ends(load, played);
    return;
  }
  load.later(played, load.lasts(4_000, 60_000), () => {
    const device = load.talking(played);
    if (device === undefined) load.hangUp(played, 'client');
    else act(device);
  });
};
/** Back to the client. A telephone with two on hold takes the later one; the other client then gives up. */
const resumes = (load: LoadGenerator, played: Played, device: string): void => {
  load.keys.resume(device);
  if (load.exchange.clientOf(played.call)?.held === true) load.hangUp(played, 'client');
};
const transfers = (load: LoadGenerator, played: Played, device: string): void => {
  const to = load.freeTelephone(played);
  if (to === undefined || !load.keys.blindTransfer(device, to.number).ok) ends(load, played);
};
/** By a second call of the telephone, or by its feature key (which is what the product's command does too). */
type Asking = 'secondCall' | 'key';
const asks = (load: LoadGenerator, played: Played, device: string, asking: Asking): void => {
  const to = load.freeTelephone(played);
  const channel = load.keys.talking(device);
  if (to === undefined || channel === undefined) ends(load, played);
  else if (asking === 'key') load.exchange.consultations.begin(channel, to.number);
  else if (!load.keys.consult(device, to.number).ok) ends(load, played);
};

const queueStory = (
  weight: number,
  answered: (load: LoadGenerator, played: Played, happening: HappeningAt) => void,
): Story => ({
  weight,
  begin: callsAQueue,
  on: (load, played, happening) => {
    lifts(load, played, happening);
    answered(load, played, happening);
  },
});

const consultStory = (
  weight: number,
  asking: Asking,
  act: (load: LoadGenerator, played: Played, device: string) => void,
): Story =>
  queueStory(weight, (load, played, happening) => {
    if (happening.type === 'answered') first(load, played, (device) => asks(load, played, device, asking));
    if (happening.type === 'consultStarted')
      load.later(played, load.lasts(8_000, 30_000), () => act(load, played, happening.device));
    if (happening.type === 'consultEnded' && happening.outcome !== 'transferred') {
      load.later(played, load.lasts(1_000, 4_000), () => {
        resumes(load, played, happening.device);
        ends(load, played);
      });
    }
    if (happening.type === 'transferred') ends(load, played);
  });
const completes = (load: LoadGenerator, played: Played, device: string): void => {
  if (!load.keys.completeConsult(device).ok) ends(load, played);
};
const returns = (load: LoadGenerator, played: Played, device: string): void => {
  if (!load.keys.cancelConsult(device).ok) ends(load, played);
};

/** The stories that clients and operators play, by name. */
export const STORIES = {
  plain: queueStory(40, (load, played, happening) => {
    if (happening.type === 'answered') ends(load, played);
  }),
  held: queueStory(22, (load, played, happening) => {
    if (happening.type === 'answered') first(load, played, (device) => void load.keys.hold(device));
    if (happening.type === 'held')
      load.later(played, load.lasts(10_000, 120_000), () => resumes(load, played, happening.device));
    if (happening.type === 'resumed') ends(load, played);
  }),
  hangsUpHeld: queueStory(3, (load, played, happening) => {
    if (happening.type === 'answered') first(load, played, (device) => void load.keys.hold(device));
    if (happening.type === 'held') load.later(played, load.lasts(5_000, 60_000), () => load.hangUp(played, 'client'));
  }),
  transferred: queueStory(8, (load, played, happening) => {
    if (happening.type === 'answered') first(load, played, (device) => transfers(load, played, device));
  }),
  overTheLimit: queueStory(2, (load, played, happening) => {
    if (happening.type !== 'answered') return;
    if (played.devices.length > 3) ends(load, played);
    else
      load.later(played, load.lasts(3_000, 20_000), () => {
        const device = load.talking(played);
        if (device === undefined) load.hangUp(played, 'client');
        else transfers(load, played, device);
      });
  }),
  consultCompletes: consultStory(3, 'secondCall', completes),
  consultReturns: consultStory(3, 'secondCall', returns),
  keyConsultCompletes: consultStory(2, 'key', completes),
  keyConsultReturns: consultStory(2, 'key', returns),
  abandons: {
    weight: 6,
    begin: callsAQueue,
    on: (load, played, happening) => {
      if (happening.type === 'queued') load.later(played, load.lasts(500, 20_000), () => load.hangUp(played, 'client'));
    },
  },
  ringsInVain: {
    weight: 3,
    begin: callsAQueue,
    on: (load, played, happening) => {
      const inVain = happening.type === 'offered' && load.random.chance(0.5);
      if (!inVain) lifts(load, played, happening);
      if (happening.type === 'answered') ends(load, played);
      if (happening.type === 'queued')
        load.later(played, load.lasts(60_000, 90_000), () => load.hangUp(played, 'client'));
    },
  },
  direct: {
    weight: 4,
    begin: (load) => {
      const { site } = load.exchange.core;
      const telephone = load.random.pick(site.telephones);
      const dialled = `${site.organizationNumber.slice(0, -3)}${telephone?.number ?? ''}`;
      load.exchange.callIn({ ...client(load), dialled });
    },
    on: (load, played, happening) => {
      lifts(load, played, happening);
      if (happening.type === 'answered') ends(load, played);
    },
  },
  outbound: {
    weight: 6,
    begin: (load) => {
      const from = load.freeTelephone({ call: '', story: 'outbound', devices: [], ended: false });
      if (from !== undefined) load.keys.dial(from.device, client(load).number);
    },
    on: (load, played, happening) => {
      if (happening.type === 'answered') ends(load, played);
    },
  },
  internal: {
    weight: 2,
    begin: (load) => {
      const nobody: Played = { call: '', story: 'internal', devices: [], ended: false };
      const from = load.freeTelephone(nobody);
      const to = load.freeTelephone({ ...nobody, devices: from === undefined ? [] : [from.device] });
      if (from !== undefined && to !== undefined) load.keys.dial(from.device, to.number);
    },
    on: (load, played, happening) => {
      lifts(load, played, happening);
      if (happening.type === 'answered') ends(load, played);
    },
  },
  parked: queueStory(1, (load, played, happening) => {
    if (happening.type === 'answered') first(load, played, (device) => void load.keys.park(device));
    if (happening.type === 'parked')
      load.later(played, load.lasts(4_000, 30_000), () => {
        const fetcher = load.freeTelephone(played);
        if (fetcher !== undefined) load.keys.dial(fetcher.device, happening.space);
      });
  }),
  /** Answered at once and then left alone, for `fill`. */
  endless: {
    weight: 0,
    begin: callsAQueue,
    on: (load, played, happening) => {
      if (happening.type !== 'offered') return;
      load.later(played, 10, () => void load.keys.answer(happening.device));
    },
  },
} as const satisfies Readonly<Record<string, Story>>;
export type StoryName = keyof typeof STORIES;
