import { as } from '../../machines/vocabulary/index.ts';
import type { ChoiceId, ScriptId, StepId } from '../../machines/vocabulary/index.ts';
import type { ChoiceView, StepView } from '../../machines/script/view.ts';

const choices = (...labels: readonly string[]): ChoiceView[] =>
  labels.map((label, index) => ({
    id: as<ChoiceId>(`choice-${index + 1}`),
    key: String(index + 1),
    label,
    enabled: true,
  }));

const step = (given: Partial<StepView> & Pick<StepView, 'kind' | 'title' | 'lines'>): StepView => ({
  scriptId: as<ScriptId>('inbound'),
  scriptVersion: 3,
  stepId: as<StepId>(`step-${given.title}`),
  hints: [],
  fields: [],
  choices: [],
  canGoBack: true,
  ...given,
});

export const STEPS = {
  greeting: step({
    kind: 'greeting',
    title: 'Приветствие',
    position: { index: 1, total: 6 },
    lines: [
      'Доброе утро, Министерство образования и науки Курской области, Анна Петровна, чем могу помочь?',
      'Здравствуйте! Министерство образования и науки Курской области, меня зовут Анна Петровна. Слушаю вас.',
    ],
    choices: choices('Назвал вопрос', 'Молчит', 'Ошибся номером'),
    canGoBack: false,
  }),
  identity: step({
    kind: 'identity',
    title: 'Кто звонит',
    position: { index: 2, total: 6 },
    lines: ['Подскажите, пожалуйста, как я могу к вам обращаться?'],
    hints: ['Спросите имя и отчество и дальше обращайтесь по ним.'],
    fields: [
      { id: 'name', label: 'Имя, отчество', type: 'text', required: true },
      { id: 'phone', label: 'Номер для связи', type: 'phone', required: false, value: '+79065550101' },
    ],
    choices: [
      {
        ...choices('Представился')[0]!,
        enabled: false,
        whyNot: 'Заполните или исправьте: Имя, отчество',
      },
      { ...choices('', 'Не хочет называться')[1]! },
    ],
  }),
  purpose: step({
    kind: 'purpose',
    title: 'Выяснение цели',
    position: { index: 3, total: 6 },
    lines: [
      'Пётр Сергеевич, подскажите, пожалуйста, в каком районе вы сейчас живёте?',
      'Пётр Сергеевич, в каком районе вы живёте сейчас, после переезда?',
      'Уточните, пожалуйста, ваш нынешний район, Пётр Сергеевич.',
    ],
    hints: ['Если переехал в другой район, очередь нужно переоформить: это частая причина повторных звонков.'],
    fields: [
      {
        id: 'situation',
        label: 'Жизненная ситуация',
        type: 'choice',
        required: true,
        value: 'move',
        options: [
          { value: 'move', label: 'Переезд' },
          { value: 'first', label: 'Первый ребёнок' },
          { value: 'many', label: 'Многодетная семья' },
          { value: 'other', label: 'Другое' },
        ],
      },
      { id: 'born', label: 'Дата рождения ребёнка', type: 'date', required: false, value: '2022-03-12' },
      { id: 'district', label: 'Район', type: 'text', required: false },
    ],
    choices: choices('Понятно, отвечаю', 'Нужно уточнить', 'Переключить'),
  }),
  checklist: step({
    kind: 'purpose',
    title: 'Наводящие вопросы',
    position: { index: 3, total: 6 },
    lines: ['Вы уже подавали заявление? Через портал или лично?'],
    fields: [
      {
        id: 'learned',
        label: 'Что выяснили',
        type: 'checklist',
        required: true,
        value: ['applied', 'portal'],
        options: [
          { value: 'applied', label: 'Заявление подано' },
          { value: 'portal', label: 'Через портал' },
          { value: 'docs', label: 'Документы готовы' },
          { value: 'benefit', label: 'Есть льгота' },
          { value: 'date', label: 'Желаемая дата названа' },
          { value: 'garden', label: 'Сад выбран' },
        ],
      },
    ],
    choices: choices('Всё ясно', 'Ещё вопрос', 'Не знает номера заявления', 'Другой вопрос', 'Другой регион', 'Жалоба'),
  }),
  answer: step({
    kind: 'answer',
    title: 'Ответ',
    position: { index: 5, total: 6 },
    lines: [
      'Пётр Сергеевич, очередь сохраняется. Нужно подать заявление о смене района: на портале или в центре «Мои документы».',
    ],
    hints: ['Говорите спокойно, короткими фразами. Скажите, что будет дальше и к какому сроку.'],
    choices: [
      ...choices('Вопрос решён', 'Есть ещё вопрос', 'Не знаю, уточню'),
      {
        id: as<ChoiceId>('transfer'),
        key: '4',
        label: 'Переключить на отдел дошкольного образования',
        enabled: false,
        whyNot: 'Переводов больше нет. Предложите перезвонить.',
      },
    ],
  }),
  nine: step({
    kind: 'note',
    title: 'Особая ситуация',
    lines: [
      'Пётр Сергеевич, понимаю ваше беспокойство. Давайте по порядку: расскажите, пожалуйста, что произошло и когда это было, а я запишу и сразу скажу, кто и к какому сроку вам ответит.',
    ],
    hints: ['Сначала сочувствие, потом вопросы. Не перебивайте.'],
    fields: [
      { id: 'what', label: 'Что произошло', type: 'text', required: true },
      {
        id: 'when',
        label: 'Когда',
        type: 'date',
        required: true,
        value: '31.02.2025',
        problem: 'Нет такой даты; пишите 27.11.2026',
      },
    ],
    choices: choices(
      'Рассказал, понятно',
      'Расстроен, плачет',
      'Ругается',
      'Просит начальника',
      'Жалуется на сотрудника',
      'Звонит ребёнок',
      'Плохо слышит',
      'Не говорит по-русски',
      'Бросил трубку',
    ),
  }),
  farewell: step({
    kind: 'farewell',
    title: 'Прощание',
    position: { index: 6, total: 6 },
    lines: ['Спасибо за звонок, Пётр Сергеевич. Если появятся вопросы, звоните. Всего доброго!'],
    ended: { satisfied: true },
  }),
} satisfies Record<string, StepView>;
