import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { Server as SocketServer } from 'socket.io';
import type { PanelView } from '../../server/contract/panel.ts';
import type { CommandResult } from '../../server/contract/protocol.ts';
import type {
  ArticleSummary,
  DeadlineProposal,
  InquiryHistory,
  SessionView,
  SettingsView,
  StaffSuggestion,
} from '../../server/contract/rest.ts';
import {
  as,
  type CallId,
  type DeviceId,
  type InquiryId,
  type OperatorId,
  type PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { ScriptEvent } from '../../machines/script/index.ts';
import type { FieldValue } from '../../machines/script/view.ts';
import { startLiveScript, type LiveScript } from './liveScript.ts';
import { knownAt, SCENARIOS } from './panelScenarios.ts';

export interface Command {
  readonly id: string;
  readonly name: string;
  readonly input: Record<string, unknown>;
}
export interface FakePanelServer {
  readonly url: string;
  /** Every command that came, in order. */
  readonly commands: Command[];
  /** Shows a situation on every panel. */
  show(name: string): void;
  push(view: PanelView): void;
  /** How the next commands of this name are answered; `undefined` never answers. */
  answer(name: string, result: CommandResult | undefined): void;
  /** A call on a real script of the library: choices and answers are taken as the server takes them. */
  openCall(scriptId?: string): LiveScript;
  /** Every answer to a command, and the push before it, comes so much later. */
  slow(ms: number): void;
  /** The session ends elsewhere: sockets are dropped, and refused until somebody signs in. */
  signOut(): Promise<void>;
  /** Drops all sockets and refuses new ones, or takes them again. */
  network(up: boolean): void;
  close(): Promise<void>;
}

const SESSION: SessionView = {
  user: { id: as<OperatorId>('u-anna'), name: 'Смирнова Анна Петровна', roles: ['operator'], unit: 'Единая линия' },
  devices: [
    { device: as<DeviceId>('PJSIP/101'), label: '101 · Смирнова Анна Петровна' },
    { device: as<DeviceId>('PJSIP/102'), label: '102 · Орлов Борис Ильич' },
    { device: as<DeviceId>('PJSIP/103'), label: '103' },
  ],
};
const SETTINGS: SettingsView = {
  organizationName: 'Министерство образования и науки Курской области',
  timeZone: 'Europe/Moscow',
  dispositions: [
    { code: 'solved', label: 'Вопрос решён' },
    { code: 'callback', label: 'Обещали перезвонить' },
    { code: 'transferred', label: 'Переведён' },
    { code: 'channel', label: 'Предложен другой канал' },
    { code: 'wrong', label: 'Не наша компетенция', satisfied: false, noteRequired: true },
    { code: 'dropped', label: 'Клиент положил трубку' },
    { code: 'kept', label: 'Перезвонили', directions: ['outbound'] },
  ],
  pauseReasons: [
    { code: 'lunch', label: 'Обед' },
    { code: 'break', label: 'Короткий перерыв' },
    { code: 'work', label: 'Работа с обращениями' },
    { code: 'meeting', label: 'Совещание' },
  ],
  demo: {
    signIns: [
      { login: 'anna', password: 'demo', name: 'Смирнова Анна Петровна', roles: ['operator'] },
      { login: 'boris', password: 'demo', name: 'Орлов Борис Ильич', roles: ['operator'] },
      { login: 'elena', password: 'demo', name: 'Волкова Елена Дмитриевна', roles: ['supervisor'] },
      { login: 'trainer', password: 'demo', name: 'Громова Ирина Олеговна', roles: ['trainer'] },
    ],
  },
};
const ARTICLES: readonly ArticleSummary[] = [
  {
    id: 'queue-move',
    title: 'Переезд: как сохранить очередь в сад',
    spoken:
      'Очередь сохраняется с прежней датой. Подайте заявление о смене района на портале или в центре «Мои документы», его рассмотрят за семь дней.',
    topic: 'Очередь в детский сад',
    audience: 'everyone',
    sample: false,
  },
  {
    id: 'queue-check',
    title: 'Как узнать номер в очереди',
    spoken: 'Номер в очереди виден на портале в личном кабинете, в разделе «Мои заявления».',
    audience: 'everyone',
    sample: false,
  },
  {
    id: 'queue-benefit',
    title: 'Кто идёт в сад вне очереди',
    spoken: 'Вне очереди принимают детей прокуроров, судей и следователей; полный список я прочитаю.',
    audience: 'everyone',
    sample: true,
  },
];
const colleague = (
  name: string,
  [unit, position, extension]: readonly [string, string, string],
  rest: Partial<StaffSuggestion>,
): StaffSuggestion => ({
  name,
  unit,
  position,
  extension,
  free: true,
  inHours: true,
  topics: [],
  matches: [],
  ...rest,
});
const PRESCHOOL = 'Отдел дошкольного образования';
const STAFF: readonly StaffSuggestion[] = [
  colleague('Мельникова Вера Сергеевна', [PRESCHOOL, 'главный специалист', '205'], { matches: ['topic', 'situation'] }),
  colleague('Тихонов Олег Игоревич', [PRESCHOOL, 'ведущий специалист', '206'], { free: false, matches: ['topic'] }),
  colleague('Зайцева Марина Юрьевна', [PRESCHOOL, 'консультант', '207'], { inHours: false, matches: ['topic'] }),
  colleague('Крылов Денис Павлович', ['Правовой отдел', 'консультант', '311'], {}),
];

const historyAt = (now: number): InquiryHistory => ({
  id: as<InquiryId>('inq-10'),
  topic: 'Очередь в детский сад',
  openedAt: now - 3 * 86_400_000,
  client: { number: '+79065550101', name: 'Иванов Пётр Сергеевич' },
  transfers: { count: 1, limit: 2 },
  calls: [
    {
      callId: as<CallId>('pbx/1'),
      at: now - 3 * 86_400_000,
      direction: 'inbound',
      operators: ['Орлов Борис Ильич', 'Мельникова Вера Сергеевна'],
      talkMs: 245_000,
      disposition: 'callback',
      note: 'Переехал из Центрального в Сеймский, очередь с 2022 года.',
      learned: [{ label: 'Тема', value: 'Очередь в детский сад' }],
      holds: [{ promisedMs: 120_000, realMs: 104_000, outcome: 'kept' }],
      transfers: [{ kind: 'attended', to: '205', at: now - 3 * 86_400_000 + 90_000 }],
    },
  ],
  callbacks: [
    {
      promiseId: as<PromiseId>('p-0'),
      madeAt: now - 3 * 86_400_000 + 240_000,
      dueAt: now - 2 * 86_400_000,
      question: 'Номер в очереди после переезда',
      owner: 'Орлов Борис Ильич',
      outcome: 'kept',
      attempts: [{ at: now - 2.2 * 86_400_000, outcome: 'noAnswer' }],
    },
  ],
});
const deadlineAt = (now: number): DeadlineProposal => ({
  dueAt: now + 2 * 3_600_000,
  latestAt: now + 26 * 3_600_000,
  rule: 'callback',
  choices: [{ dueAt: now + 3_600_000 }, { dueAt: now + 4 * 3_600_000 }, { dueAt: now + 24 * 3_600_000 }],
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

function routes(app: Express, signedIn: { value: boolean }): void {
  app.use(express.json());
  app.get('/api/v1/settings', (_request, response) => void response.json(SETTINGS));
  app.get('/api/v1/session', (_request, response) => {
    if (signedIn.value) response.json(SESSION);
    else response.status(204).end();
  });
  app.post('/api/v1/session', (request, response) => {
    const { password } = request.body as { password?: string };
    signedIn.value = password === 'demo';
    if (signedIn.value) response.json(SESSION);
    else response.status(401).json({ code: 'session.refused', title: 'refused' });
  });
  app.delete('/api/v1/session', (_request, response) => {
    signedIn.value = false;
    response.status(204).end();
  });
  app.get('/api/v1/knowledge/search', (request, response) => {
    const text = textOf(request.query['q']);
    response.json(ARTICLES.filter((article) => `${article.title} ${article.spoken}`.toLowerCase().includes(text)));
  });
  app.get('/api/v1/knowledge/:id', (request, response) => {
    const found = ARTICLES.find((article) => article.id === request.params.id);
    response.json({
      ...found,
      details: '### Что нужно\n\n- паспорт\n- свидетельство о рождении\n\nСрок — **7 дней**.',
    });
  });
  app.get('/api/v1/staff/suggest', (request, response) => {
    const text = textOf(request.query['q']);
    response.json(STAFF.filter((one) => `${one.name} ${one.unit} ${one.extension}`.toLowerCase().includes(text)));
  });
  app.get('/api/v1/calendar/deadline', (_request, response) => void response.json(deadlineAt(Date.now())));
  app.get('/api/v1/inquiries/:id', (_request, response) => void response.json(historyAt(Date.now())));
}

function serveFiles(app: Express, files: string): void {
  const root = join(process.cwd(), files);
  app.use(express.static(root));
  app.use((_request, response) => response.sendFile(join(root, 'index.html')));
}

/** A command of the panel as an event of the script; undefined when it is none. */
function scriptEvent({ name, input }: Command, at: number): ScriptEvent | undefined {
  switch (name) {
    case 'script.choose':
      return { type: 'choose', choiceId: String(input['choiceId']), at };
    case 'script.answer':
      return { type: 'answer', fieldId: String(input['fieldId']), value: input['value'] as FieldValue | null, at };
    case 'script.back':
      return { type: 'back', at };
    case 'script.restart':
      return { type: 'restart', at };
    case 'script.language':
      return { type: 'language', language: input['language'] === 'en' ? 'en' : 'ru', at };
    default:
      return undefined;
  }
}

/** Speaks the wire of the panel and shows what it is told to: for looking at the panel without the product behind it. */
export async function startFakePanelServer(
  options: { signedIn?: boolean; port?: number } = {},
): Promise<FakePanelServer> {
  const app = express();
  const signedIn = { value: options.signedIn ?? true };
  routes(app, signedIn);
  const http: Server = createServer(app);
  const io = new SocketServer(http, { serveClient: false });
  const commands: Command[] = [];
  const answers = new Map<string, CommandResult | undefined>();
  const seen = new Set<string>();
  let view: PanelView = SCENARIOS['idle']!(Date.now());
  let up = true;
  let delayMs = 0;
  let live: LiveScript | undefined;
  app.get('/api/v1/scripts/:id/versions/:version', (_request, response) => {
    if (live) response.json(live.document);
    else response.status(404).json({ code: 'script.unknown', title: 'none' });
  });
  serveFiles(app, 'build/client');
  io.use((_socket, next) => {
    if (!up) next(new Error('network.down'));
    else if (signedIn.value) next();
    else next(new Error('session.required'));
  });
  io.on('connection', (socket) => {
    socket.on('subscribe', (topic: string, ack?: () => void) => {
      socket.emit(topic, { ...view, serverNow: Date.now() });
      ack?.();
    });
    socket.on('command', (command: Command, ack: (result: CommandResult) => void) => {
      if (!seen.has(command.id)) commands.push(command);
      seen.add(command.id);
      setTimeout(() => {
        const result = answers.has(command.name) ? answers.get(command.name) : obey(command);
        if (result) ack(result);
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const push = (next: PanelView): void => {
    view = next;
    io.emit('panel', { ...next, serverNow: Date.now() });
  };
  const liveView = (): PanelView => {
    const shown = SCENARIOS['greeting']!(Date.now());
    const call = shown.calls[0]!;
    return live ? { ...shown, calls: [{ ...call, script: live.view(), learned: live.learned() }] } : shown;
  };
  function obey(command: Command): CommandResult {
    const event = live && scriptEvent(command, Date.now());
    const refused = event && live?.take(event);
    if (refused) return { ok: false, error: { code: refused.code, details: { why: refused.message } } };
    if (event) push(liveView());
    return { ok: true };
  }
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    commands,
    push,
    show(name) {
      const make = SCENARIOS[name];
      if (!make) throw new Error(`no situation named ${name}`);
      push(make(Date.now()));
    },
    openCall(scriptId = 'inbound') {
      live = startLiveScript(scriptId, knownAt(Date.now()));
      push(liveView());
      return live;
    },
    slow(ms) {
      delayMs = ms;
    },
    answer: (name, result) => void answers.set(name, result),
    signOut() {
      signedIn.value = false;
      io.disconnectSockets(true);
      return Promise.resolve();
    },
    network(next) {
      up = next;
      if (!next) io.disconnectSockets(true);
    },
    close: () =>
      new Promise((resolve) => {
        void io.close(() => resolve());
      }),
  };
}
