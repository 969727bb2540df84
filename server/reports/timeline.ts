import { stayedOn, type ScriptState } from '../../machines/script/index.ts';
import type { TimelineEvent, TimelineSpan } from '../contract/index.ts';
import type { StoredEntry } from '../storage/port.ts';
import type { CallHistoryDocument } from './callHistory.ts';

/** Names that a time line needs. */
export interface TimelineNames {
  person(operatorId: string): string | undefined;
  queue(id: string): string;
  article(id: string): string;
  /** `inbound`, version 3, key `greeting` → «Приветствие». */
  step(scriptId: string, version: number, key: string): string;
  script(scriptId: string): string;
}
type Body = Readonly<Record<string, unknown>>;
type Made = Omit<TimelineEvent, 'at'> | undefined;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const target = (body: Body): string => text((body['target'] as Body | undefined)?.['number']);

/** What each fact says on the time line; those that are not here say nothing to a person. */
const FACTS: Readonly<Record<string, (body: Body, names: TimelineNames) => Made>> = {
  'call.started': (body) => ({ lane: 'line', code: 'started', values: { dialled: text(body['dialled']) } }),
  'call.queueEntered': (body, names) => ({
    lane: 'line',
    code: 'queueEntered',
    values: { queue: names.queue(text(body['queue'])) },
  }),
  'call.offered': (body, names) => ({ lane: 'line', code: 'offered', values: whoOf(body, names) }),
  'call.offerEnded': (body, names) => ({
    lane: 'line',
    code: `offerEnded.${text(body['reason'])}`,
    values: whoOf(body, names),
    level: 'warning',
  }),
  'call.answered': (body, names) => ({ lane: 'line', code: 'answered', values: whoOf(body, names) }),
  'call.held': (body, names) => ({ lane: 'hold', code: `held.${text(body['by'])}`, values: whoOf(body, names) }),
  'call.resumed': (body, names) => ({ lane: 'hold', code: `resumed.${text(body['by'])}`, values: whoOf(body, names) }),
  'call.consultStarted': (body) => ({ lane: 'line', code: 'consultStarted', values: { target: target(body) } }),
  'call.consultEnded': (body) => ({ lane: 'line', code: `consultEnded.${text(body['outcome'])}`, values: {} }),
  'call.transferred': (body, names) => ({
    lane: 'line',
    code: `transferred.${text(body['kind'])}`,
    values: { ...whoOf(body, names), target: target(body) },
  }),
  'call.transferRefused': (body) => ({
    lane: 'line',
    code: 'transferRefused',
    values: { target: target(body), count: text(body['count']) },
    level: 'breach',
  }),
  'call.parked': () => ({ lane: 'hold', code: 'parked', values: {} }),
  'call.unparked': () => ({ lane: 'hold', code: 'unparked', values: {} }),
  'call.recorded': () => ({ lane: 'line', code: 'recorded', values: {} }),
  'call.linkLost': () => ({ lane: 'line', code: 'linkLost', values: {}, level: 'warning' }),
  'call.ended': (body) => ({ lane: 'line', code: `ended.${text(body['by'])}`, values: {} }),
};
const whoOf = (body: Body, names: TimelineNames): { who: string } => ({
  who: names.person(text(body['operatorId'])) ?? text(body['device'] ?? body['fromDevice']),
});

/** Everything else that is in a call's stream. */
const OTHERS: Readonly<Record<string, (body: Body, names: TimelineNames) => Made>> = {
  fact: (body, names) => FACTS[text(body['type'])]?.(body, names),
  hold: (body) =>
    text(body['type']) === 'hold.named' || text(body['type']) === 'hold.extended'
      ? {
          lane: 'promise',
          code: text(body['type']),
          values: { promisedMs: Number(body['promisedMs'] ?? 0) },
        }
      : undefined,
  scriptOpened: (body, names) => ({
    lane: 'script',
    code: 'scriptOpened',
    values: { script: names.script(text(body['scriptId'])), version: Number(body['version'] ?? 0) },
  }),
  promised: () => ({ lane: 'promise', code: 'callbackPromised', values: {} }),
  used: (body, names) => ({ lane: 'note', code: 'used', values: { title: names.article(text(body['articleId'])) } }),
  unanswered: (body) => ({
    lane: 'note',
    code: 'unanswered',
    values: { said: text(body['said']) },
    level: 'warning',
  }),
  wrapUp: (body) =>
    body['note']
      ? { lane: 'note', code: 'note', values: { note: text(body['note']) } }
      : body['closedBy']
        ? { lane: 'note', code: body['closedBy'] === 'time' ? 'closedByTime' : 'closed', values: {} }
        : undefined,
};

/** The happenings of a call in order: facts from its journal, steps from the script's path, ends of promises. */
export function timelineOf(
  entries: readonly StoredEntry[],
  document: CallHistoryDocument,
  names: TimelineNames,
): TimelineEvent[] {
  const facts = entries.flatMap(({ at, kind, body }): TimelineEvent[] => {
    const made = OTHERS[kind]?.(body as Body, names);
    return made ? [{ at, ...made }] : [];
  });
  const steps = document.scripts.flatMap(({ scriptId, version, state }) =>
    stayedOn((state as ScriptState).path).map(({ step, at, via, trial }): TimelineEvent => ({
      at,
      lane: 'script',
      code: via === 'back' ? 'stepBack' : trial?.heard === 'second' ? 'stepSecond' : 'step',
      values: { step: names.step(scriptId, version, step) },
    })),
  );
  const holds = document.holds.flatMap((hold): TimelineEvent[] => {
    if (hold.outcome !== 'kept' && hold.outcome !== 'broken') return [];
    const level = hold.outcome === 'broken' ? { level: 'breach' as const } : {};
    return [
      { at: hold.endedAt, lane: 'promise', code: `hold.${hold.outcome}`, values: { lateMs: hold.lateMs }, ...level },
    ];
  });
  return [...facts, ...steps, ...holds].toSorted((a, b) => a.at - b.at);
}

/** Stretches of time on the line, for the bar above the list. */
export function spansOf(document: CallHistoryDocument, names: TimelineNames): TimelineSpan[] {
  const { record, facts } = document;
  const end = record.ended?.at ?? facts.endedAt;
  const spans: TimelineSpan[] = [];
  const add = (kind: TimelineSpan['kind'], from: number | undefined, to: number, label = '', breach = false): void => {
    if (from !== undefined && to > from)
      spans.push({ kind, from, to, label, ...(breach ? { level: 'breach' as const } : {}) });
  };
  add('queue', record.queueEnteredAt, record.answeredAt ?? end, facts.queue ? names.queue(facts.queue) : '');
  for (const segment of record.segments) {
    const who = (segment.operatorId && names.person(segment.operatorId)) ?? segment.device;
    add('ringing', segment.offeredAt, segment.answeredAt ?? segment.leftAt ?? end, who);
    add('talk', segment.answeredAt, segment.leftAt ?? end, who);
  }
  for (const { heldAt, endedAt } of record.holds) {
    const promise = document.holds.find((hold) => hold.heldAt === heldAt);
    add('hold', heldAt, endedAt ?? end, '', promise?.outcome === 'broken');
  }
  add('wrapUp', record.ended?.at, record.wrapUpEndedAt ?? 0);
  return spans;
}
