import { inHand } from '../../machines/call/index.ts';
import { matterOf } from '../../machines/script/index.ts';
import { as, extensionOf, type DeviceId } from '../../machines/vocabulary/index.ts';
import { endOfLocalDay, localDay, localMoment } from '../calendar/localDay.ts';
import { proposeDeadline } from '../calendar/proposeDeadline.ts';
import { ruleOf } from '../callbacks/desk.ts';
import { readNumber } from '../callbacks/phoneNumber.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { Joined } from '../appSetup.ts';
import type { TransferWish } from '../knowledge/staff.ts';
import { suggestStaff } from '../knowledge/suggestStaff.ts';
import { usualTopics } from '../knowledge/usualTopics.ts';
import type { WorkRoutesSetup } from '../web/routes/work.ts';

/** What operators look up while they work, in the light of the call they are in. */
export function workOf({ setup, rooms }: Joined): Omit<WorkRoutesSetup, 'inquiry'> {
  const { config, clock, site, calendar } = setup;
  const { calls, operators, queueBoard } = rooms;
  const liveOf = (callId: string | undefined): LiveCall | undefined =>
    callId === undefined ? undefined : calls.get(callId);
  const knownOf = (live: LiveCall | undefined) => live && rooms.knownOf(live, live.operatorId, clock.now());
  const ownExtension = (live: LiveCall | undefined): string | undefined => {
    const device = live && inHand(live.record)?.device;
    return device && extensionOf(device);
  };
  /** What is known of a client while the topic may not be: the line that he called, and that he is a colleague. */
  const wishOf = (live: LiveCall): Omit<TransferWish, 'now'> => {
    const known = rooms.knownOf(live, live.operatorId, clock.now());
    const { queue, segments } = live.record;
    const { scriptId } = live.rest.script ?? {};
    const devices: readonly string[] = queue
      ? [...queueBoard.membersOf(queue)]
      : segments.slice(0, 1).map(({ device }) => device);
    const line = devices.map((device) => extensionOf(as<DeviceId>(device)));
    const scriptTopic = site.library.topics.topics.find(({ script }) => script === scriptId)?.id;
    return {
      ...(known.client.kind === 'internal' ? { profile: 'colleague' } : {}),
      ...known.inquiry,
      line,
      usual: usualTopics(site.directory, { scriptTopic, answeredBy: line }),
    };
  };
  return {
    settings: () => ({
      organizationName: config.organizationName,
      timeZone: config.timeZone,
      dispositions: site.dispositions.map(({ directions, satisfied, noteRequired, ...one }) => ({
        ...coded(one),
        ...{ directions, satisfied, noteRequired },
      })),
      pauseReasons: site.pauseReasons.map(coded),
      topics: site.library.topics.topics.map(coded),
      ...(setup.demo ? { demo: { signIns: setup.demo.signIns } } : {}),
    }),
    knowledge: () => site.knowledge,
    scripts: rooms.scripts,
    callContext: (callId) => {
      const live = liveOf(callId);
      const known = knownOf(live);
      if (!live || !known) return { clientKind: 'external' };
      const { topic, question } = known.inquiry;
      const { script } = live.rest;
      const compiled = script && rooms.scripts.compiled(script.scriptId, script.version);
      const about = compiled && script ? matterOf(compiled, script.state, known) : question;
      return { clientKind: known.client.kind, ...(topic ? { topic } : {}), ...(about ? { about } : {}) };
    },
    today: () => localDay(clock.now(), config.timeZone),
    endOfDay: (day) => endOfLocalDay(day, config.timeZone),
    suggestStaff: ({ callId, q }) => {
      const live = liveOf(callId);
      return suggestStaff(site.directory, {
        wish: { ...(live && wishOf(live)), now: localMoment(clock.now(), config.timeZone) },
        text: q,
        own: ownExtension(live),
        isFree: (extension) => operators.isFree(extension),
        isOnShift: (extension) => operators.onShift(extension),
      });
    },
    deadline: ({ rule, callId, promiseId }) => {
      const promise = rooms.callbacks.get(promiseId ?? '')?.context;
      if (promise) return proposeDeadline(calendar, ruleOf(promise), clock.now(), promise.number);
      const live = liveOf(callId);
      const internal = knownOf(live)?.client.kind === 'internal';
      const read = readNumber(live?.record.client.number ?? '', { country: 'RU', internal: false });
      const number = read.ok ? read.number : '';
      return proposeDeadline(calendar, rule === 'callback' && internal ? 'internal' : rule, clock.now(), number);
    },
  };
}

interface Named {
  readonly id: string;
  readonly label: { readonly ru: string; readonly en: string };
}
const coded = ({ id, label }: Named) => ({ code: id, label: label.ru, en: label.en });
