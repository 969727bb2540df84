import express, { type Express } from 'express';
import {
  as,
  type CallId,
  type DeviceId,
  type InquiryId,
  type OperatorId,
  type PromiseId,
} from '../../machines/vocabulary/index.ts';
import type {
  ArticleSummary,
  DeadlineProposal,
  InquiryHistory,
  SessionView,
  SettingsView,
  StaffSuggestion,
} from '../../server/contract/rest.ts';

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

/** What the panel asks by HTTP, answered with one of each. */
export function fakePanelRoutes(app: Express, signedIn: { value: boolean }): void {
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
