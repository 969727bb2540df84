import type { CallHistoryDocument } from '../../server/reports/callHistory.ts';
import type { JournalEntry } from '../../server/storage/port.ts';

/** Small generator with a seed (mulberry32): the same calls in every run. */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};
/** Behind us: no call of such a year began today. */
const START = Date.UTC(2024, 9, 1, 5);
const QUEUES = ['information', 'schools', 'kindergartens', 'exams'];
const TOPICS = ['очередь в сад', 'зачисление', 'экзамены', 'аттестация', 'пособия', 'лагеря'];
const WORDS =
  'ребёнок переводится из другого района просит уточнить какие документы нужны и когда будет ответ по заявлению'.split(
    ' ',
  );

export interface CallLike {
  readonly id: string;
  readonly at: number;
  readonly number: string;
  readonly operator: number;
  readonly queue: string;
  readonly topic: string;
  readonly talkMs: number;
  readonly waitMs: number;
  readonly answered: boolean;
  readonly said: string;
}

/** Calls with instants spread over `days`, as a busy centre has them. */
export function* callsLike(count: number, days: number, seed = 7): Generator<CallLike> {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let index = 0; index < count; index += 1) {
    const at = START + Math.floor((index / count) * days * 86_400_000) + Math.floor(random() * 1_000);
    yield {
      id: `main/${Math.floor(at / 1_000)}.${index}`,
      at,
      number: `+79${String(Math.floor(random() * 1e9)).padStart(9, '0')}`,
      operator: Math.floor(random() * 200),
      queue: pick(QUEUES),
      topic: pick(TOPICS),
      talkMs: 30_000 + Math.floor(random() * 400_000),
      waitMs: Math.floor(random() * 90_000),
      answered: random() > 0.07,
      said: Array.from({ length: 6 + Math.floor(random() * 12) }, () => pick(WORDS)).join(' '),
    };
  }
}

/** The 16 or so lines that the rooms of calls and inquiries write about such a call. */
export function journalOf(call: CallLike): JournalEntry[] {
  const { id, at, number, operator, queue, topic, waitMs, talkMs, said } = call;
  const device = `PJSIP/${101 + operator}`;
  const by = { operatorId: `u-operator-${operator}` };
  const line = (kind: string, afterMs: number, body: object): JournalEntry => {
    return { stream: `call/${id}`, kind, at: at + afterMs, body };
  };
  const fact = (afterMs: number, body: object, whose: object = {}) =>
    line('fact', afterMs, { ...body, at: at + afterMs, exchangeId: 'main', callId: id, ...whose });
  const step = (afterMs: number, body: object) => line('script', afterMs, { ...body, at: at + afterMs });
  const answeredMs = waitMs + 4_000;
  const endMs = answeredMs + talkMs;
  return [
    fact(0, {
      type: 'call.started',
      direction: 'inbound',
      linkedid: id.slice(5),
      client: { number, name: '' },
      dialled: '4712',
    }),
    line('inquiry', 0, { inquiryId: `q-${id}`, callNumber: 1, callbackId: null }),
    fact(300, { type: 'call.queueEntered', queue, position: 1 }),
    fact(waitMs, { type: 'call.offered', device, queue }, by),
    line('scriptOpened', waitMs, { scriptId: 'inbound', version: 3, language: 'ru' }),
    fact(answeredMs, { type: 'call.queueLeft', queue, reason: 'answered', queueWaitMs: answeredMs }),
    fact(answeredMs, { type: 'call.answered', device }, by),
    step(answeredMs + 6_000, { type: 'choose', choiceId: 'greeted' }),
    step(answeredMs + 12_000, { type: 'answer', fieldId: 'clientName', value: 'Пётр Сергеевич' }),
    step(answeredMs + 20_000, { type: 'answer', fieldId: 'topic', value: topic }),
    step(answeredMs + 25_000, { type: 'choose', choiceId: 'clear' }),
    fact(answeredMs + 30_000, { type: 'call.held', by: 'operator', device }, by),
    fact(answeredMs + 70_000, { type: 'call.resumed', by: 'operator', device }, by),
    step(endMs - 5_000, { type: 'choose', choiceId: 'farewell' }),
    fact(endMs, { type: 'call.ended', by: 'client', cause: 16, causeText: 'Normal Clearing' }),
    line('wrapUp', endMs + 20_000, { disposition: 'answered', note: said, satisfied: true, closedBy: 'operator' }),
  ];
}

/** The document that the room of reports keeps of it. */
export function historyOf(call: CallLike): CallHistoryDocument {
  const { id, at, number, operator, queue, topic, waitMs, talkMs, answered, said } = call;
  const endedAt = at + waitMs + talkMs;
  const steps = ['greeting', 'identity', 'purpose', 'rephrase', 'answer', 'hold', 'farewell'];
  const path = steps.map((step, index) => ({ step, at: at + waitMs + index * 9_000, via: `choice:${step}` }));
  const document = {
    record: {
      callId: id,
      exchangeId: 'main',
      direction: 'inbound',
      client: { number, name: '' },
      phase: 'closed',
      startedAt: at,
      queue,
      queueEnteredAt: at,
      answeredAt: at + waitMs,
      devices: [`PJSIP/${101 + operator}`],
      ended: { at: endedAt, by: 'client', cause: 16, causeText: 'Normal Clearing' },
      wrapUpEndedAt: endedAt + 20_000,
      transfers: [],
      refusedTransfers: 0,
    },
    holds: [{ promiseId: `hold/${id}`, promisedMs: 60_000, heldAt: at + waitMs, onHoldMs: 40_000, outcome: 'kept' }],
    scripts: [
      {
        scriptId: 'inbound',
        version: 3,
        openedAt: at + waitMs,
        state: { step: 'farewell', path, fields: { clientName: 'Пётр Сергеевич', topic } },
      },
    ],
    inquiryId: `inquiry/${id}`,
    callNumber: 1,
    callbackId: null,
    used: [],
    unanswered: [],
    wrapUp: { disposition: 'answered', note: said, satisfied: true },
    facts: {
      startedAt: at,
      endedAt,
      direction: 'inbound',
      queue,
      number,
      clientName: 'Пётр Сергеевич',
      operatorId: `operator-${operator}`,
      operatorName: 'Иванова Анна Петровна',
      unit: `unit-${operator % 8}`,
      topic,
      scriptId: 'inbound',
      disposition: 'answered',
      satisfied: true,
      answered,
      abandoned: !answered,
      queueWaitMs: waitMs,
      talkMs,
      onHoldMs: 40_000,
      wrapUpMs: 20_000,
      holdCount: 1,
      holdsKept: 1,
      holdsBroken: 0,
      transferCount: 0,
      refusedTransfers: 0,
      repeat: false,
    },
  };
  return document as unknown as CallHistoryDocument;
}
