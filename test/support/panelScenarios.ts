import { as, type DeviceId, type InquiryId, type OperatorId, type PromiseId } from '../../machines/vocabulary/index.ts';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { ScriptState } from '../../machines/script/model.ts';
import type { StepView } from '../../machines/script/view.ts';
import type { CallbackView, CallView, HoldView, PanelView, TodayCall } from '../../server/contract/panel.ts';
import { STEPS } from './panelSteps.ts';

/** Views of an operator's panel in every situation, for drawing it without the rest of the product. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const callId = as<CallId>('pbx/1764000000.10');
const inquiry = as<InquiryId>('inq-10');
const me = { id: as<OperatorId>('u-anna'), name: 'Смирнова Анна Петровна' };

const stateOf = (view: StepView): ScriptState => ({
  v: 1,
  scriptId: view.scriptId,
  scriptVersion: view.scriptVersion,
  step: view.stepId,
  fields: {},
  path: [],
  stack: [],
  language: 'ru',
});

export const knownAt = (now: number): NonNullable<CallView['script']>['known'] => ({
  now,
  timeZone: 'Europe/Moscow',
  workingHours: true,
  organization: 'Министерство образования и науки Курской области',
  operator: { fullName: me.name },
  client: { kind: 'external', number: '+79065550101', name: 'Иванов Пётр Сергеевич', earlierCalls: 2 },
  call: { phase: 'talking', direction: 'inbound', isCallback: false },
  inquiry: { callNumber: 2, topic: 'очередь в сад' },
  transfers: { count: 0, limit: 2, extra: 0 },
});

const call = (now: number, view: StepView, more: Partial<CallView> = {}): CallView => ({
  callId,
  direction: 'inbound',
  phase: 'talking',
  phaseSince: now - 134_000,
  startedAt: now - 150_000,
  answeredAt: now - 134_000,
  confirmed: true,
  client: { number: '79065550101', callerName: 'IVANOV P', name: 'Пётр Сергеевич' },
  queue: 'Дошкольное образование',
  inquiry: { id: inquiry, callNumber: 2, topic: 'Очередь в детский сад' },
  transfers: { count: 0, limit: 2, extra: 0, atLimit: false },
  script: { title: 'Входящий звонок', language: 'ru', step: view, state: stateOf(view), known: knownAt(now) },
  learned: [
    { label: 'Имя, отчество', value: 'Пётр Сергеевич' },
    { label: 'Тема', value: 'Очередь в детский сад' },
    { label: 'Ситуация', value: 'Переезд в другой район' },
    { label: 'Ребёнок', value: '12.03.2022' },
  ],
  earlier: [
    {
      at: now - 3 * 24 * HOUR,
      summary: 'Очередь в сад: обещали уточнить номер',
      inquiryId: inquiry,
      outcome: 'promiseKept',
    },
    {
      at: now - 12 * 24 * HOUR,
      summary: 'Запись в первый класс',
      inquiryId: as<InquiryId>('inq-4'),
      outcome: 'satisfied',
    },
  ],
  ...more,
});

const callbacks = (now: number): CallbackView[] => [
  {
    promiseId: as<PromiseId>('p-1'),
    clientName: 'Петрова Ольга Ивановна',
    number: '+79105550202',
    question: 'Когда придёт ответ о переводе ребёнка из одной школы в другую',
    dueAt: now + 40 * MINUTE,
    owner: me,
    attempts: 1,
    state: 'open',
    inquiryId: as<InquiryId>('inq-7'),
    saved: true,
  },
  {
    promiseId: as<PromiseId>('p-2'),
    clientName: 'Кузнецов Андрей Викторович',
    number: '+74712550303',
    question: 'Аттестация педагога: принят ли пакет документов',
    dueAt: now + 9 * MINUTE,
    attempts: 0,
    state: 'due',
    inquiryId: as<InquiryId>('inq-8'),
    saved: true,
  },
  {
    promiseId: as<PromiseId>('p-3'),
    clientName: 'Сергеева Мария Николаевна',
    number: '+79515550404',
    question: 'Путёвка в летний лагерь: есть ли места во вторую смену',
    dueAt: now + 26 * HOUR,
    owner: { id: as<OperatorId>('u-boris'), name: 'Орлов Борис Ильич' },
    attempts: 0,
    state: 'open',
    inquiryId: as<InquiryId>('inq-9'),
    saved: false,
  },
  {
    promiseId: as<PromiseId>('p-4'),
    clientName: 'Фёдорова Нина Павловна',
    number: '+79205550505',
    question: 'Льготное питание: какие справки ещё нужны',
    dueAt: now - 5 * MINUTE,
    owner: me,
    attempts: 2,
    state: 'overdue',
    inquiryId: as<InquiryId>('inq-11'),
    saved: true,
  },
];

const today = (now: number): TodayCall[] =>
  [
    ['Новикова Тамара Львовна', 'Запись в первый класс', 'solved', 184_000, 'inbound'],
    ['+79035550606', 'Лагеря', 'callback', 96_000, 'inbound'],
    ['Белов Игорь Андреевич', 'Аттестация', 'solved', 321_000, 'outbound'],
    ['Орлов Борис Ильич', undefined, undefined, 45_000, 'internal'],
    ['Жукова Анна Сергеевна', 'Очередь в детский сад', 'transferred', 212_000, 'inbound'],
  ].map(([name, topic, disposition, talkMs, direction], index) => ({
    callId: as<CallId>(`pbx/1763990000.${index}`),
    at: now - (index + 1) * 22 * MINUTE,
    direction: direction as TodayCall['direction'],
    number: '+79035550606',
    ...(String(name).startsWith('+') ? {} : { name: String(name) }),
    ...(topic === undefined ? {} : { topic: String(topic) }),
    ...(disposition === undefined ? {} : { disposition: String(disposition) }),
    talkMs: Number(talkMs),
  }));

const panel = (now: number, more: Partial<PanelView> = {}): PanelView => ({
  serverNow: now,
  operator: {
    ...me,
    unit: 'Единая линия',
    device: as<DeviceId>('PJSIP/101'),
    state: 'ready',
    since: now - 3 * MINUTE,
  },
  links: [{ exchangeId: 'pbx', status: 'up', trueAt: now }],
  storage: 'ok',
  calls: [],
  callbacks: callbacks(now),
  today: today(now),
  notices: [],
  ...more,
});

const withCall = (
  now: number,
  view: StepView,
  more: Partial<CallView> = {},
  rest: Partial<PanelView> = {},
): PanelView => panel(now, { calls: [call(now, view, more)], callbacks: callbacks(now).slice(0, 2), ...rest });

const hold = (now: number, leftMs: number, more: Partial<HoldView> = {}): HoldView => ({
  promiseId: as<PromiseId>('h-1'),
  state: leftMs > 0 ? 'running' : 'overdue',
  promisedMs: 2 * MINUTE,
  heldAt: now + leftMs - 2 * MINUTE,
  dueAt: now + leftMs,
  saved: true,
  returnLine:
    leftMs > 0
      ? 'Пётр Сергеевич, спасибо за ожидание.'
      : 'Пётр Сергеевич, спасибо за ожидание. Приношу извинения: ждать пришлось дольше, чем было обещано.',
  ...more,
});
const held = (now: number, leftMs: number, more: Partial<HoldView> = {}): PanelView =>
  withCall(now, STEPS.answer, { phase: 'onHold', phaseSince: now - 48_000, hold: hold(now, leftMs, more) });

const second = (now: number): CallView => {
  const { script: _, ...rest } = call(now, STEPS.greeting, {
    callId: as<CallId>('pbx/1764000009.20'),
    phase: 'ringing',
    phaseSince: now - 8_000,
    client: { number: '+79515550707', callerName: 'Сидорова Анна' },
  });
  return rest;
};

/** Name of a situation → its view at `now`. */
export const SCENARIOS: Readonly<Record<string, (now: number) => PanelView>> = {
  device: (now) => {
    const view = panel(now, { callbacks: [], today: [] });
    const { device: _, ...operator } = view.operator;
    return { ...view, operator: { ...operator, state: 'offline' } };
  },
  idle: (now) => panel(now),
  idleEmpty: (now) => panel(now, { callbacks: [], today: [] }),
  deviceLost: (now) => {
    const view = panel(now);
    return { ...view, operator: { ...view.operator, deviceLostAt: now - 20_000 } };
  },
  paused: (now) => {
    const view = panel(now);
    return { ...view, operator: { ...view.operator, state: 'paused', pauseReason: 'lunch' } };
  },
  ringing: (now) => {
    const { answeredAt: _, ...rest } = call(now, STEPS.greeting, {
      phase: 'ringing',
      phaseSince: now - 4_000,
      startedAt: now - 4_000,
      learned: [],
      inquiry: {
        id: inquiry,
        callNumber: 1,
        proposed: { id: as<InquiryId>('inq-4'), topic: 'Очередь в детский сад', lastCallAt: now - 3 * 24 * HOUR },
      },
    });
    return panel(now, { calls: [rest] });
  },
  greeting: (now) => withCall(now, STEPS.greeting, { learned: [] }),
  identity: (now) => withCall(now, STEPS.identity),
  purpose: (now) => withCall(now, STEPS.purpose),
  checklist: (now) => withCall(now, STEPS.checklist),
  answer: (now) => withCall(now, STEPS.answer),
  nine: (now) => withCall(now, STEPS.nine),
  farewell: (now) => withCall(now, STEPS.farewell),
  consent: (now) =>
    withCall(now, STEPS.answer, {
      hold: { promiseId: as<PromiseId>('h-1'), state: 'named', promisedMs: 2 * MINUTE, saved: true, returnLine: '' },
    }),
  returning: (now) => {
    const [first] = callbacks(now);
    const more = {
      direction: 'outbound' as const,
      callback: first!,
      client: { number: first!.number, callerName: first!.clientName },
    };
    return withCall(now, STEPS.greeting, { learned: [], ...more });
  },
  hold72: (now) => held(now, 72_000),
  hold25: (now) => held(now, 25_000),
  hold8: (now) => held(now, 8_000, { saved: false }),
  holdOver: (now) => held(now, -17_000),
  holdUnpromised: (now) =>
    withCall(now, STEPS.answer, {
      phase: 'onHold',
      phaseSince: now - 9_000,
      hold: { state: 'unpromised', heldAt: now - 9_000, saved: true, returnLine: 'Спасибо за ожидание.' },
    }),
  keying: (now) => withCall(now, STEPS.answer, { phase: 'onHold', phaseSince: now - 4_000, keying: true }),
  consulting: (now) =>
    withCall(now, STEPS.answer, {
      phase: 'consulting',
      phaseSince: now - 21_000,
      consult: { number: '205', name: 'Зайцева Елена Юрьевна', since: now - 21_000 },
    }),
  transferring: (now) => withCall(now, STEPS.answer, { phase: 'transferring', phaseSince: now - 3_000 }),
  limit: (now) => withCall(now, STEPS.answer, { transfers: { count: 2, limit: 2, extra: 0, atLimit: true } }),
  second: (now) => {
    const view = withCall(now, STEPS.purpose);
    return { ...view, calls: [...view.calls, second(now)] };
  },
  linkLost: (now) =>
    withCall(
      now,
      STEPS.purpose,
      { confirmed: false },
      { links: [{ exchangeId: 'pbx', status: 'lost', trueAt: now - 40_000 }] },
    ),
  memory: (now) => withCall(now, STEPS.purpose, {}, { storage: 'memory' }),
  listening: (now) =>
    withCall(
      now,
      STEPS.purpose,
      {},
      {
        listening: { supervisorName: 'Волкова Елена Дмитриевна', mode: 'whisper' },
        notices: [
          {
            id: 'n1',
            at: now,
            level: 'info',
            code: 'message',
            text: 'После этого звонка зайдите, пожалуйста.',
            from: 'Волкова Е. Д.',
          },
          { id: 'n2', at: now, level: 'alert', code: 'transfer.limitExceeded' },
        ],
      },
    ),
  noScript: (now) => {
    const { script: _, ...rest } = call(now, STEPS.greeting);
    return panel(now, { calls: [rest] });
  },
  wasItClient: (now) => {
    const [first, ...rest] = callbacks(now);
    return {
      ...SCENARIOS['wrapUp']!(now),
      callbacks: [{ ...first!, talkedAt: now - 60_000, state: 'calling' }, ...rest],
    };
  },
  wrapUp: (now) =>
    withCall(now, STEPS.farewell, {
      phase: 'wrapUp',
      phaseSince: now - 12_000,
      wrapUp: { until: now + 48_000 },
    }),
};
export type ScenarioName = keyof typeof SCENARIOS;
