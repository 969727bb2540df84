/**
 * The names that conditions (`known: …`) and texts (`{…}`) may use, besides `field.<имя>`, `deadline.<правило>` and
 * `contact.<точка>.<часть>`. One table for the schema, the checker, the documentation and the runtime.
 */
export type ValueType = 'text' | 'number' | 'boolean' | 'list' | 'date';

export interface Variable {
  readonly type: ValueType;
  /** Usable in conditions, in texts, or both. */
  readonly use: 'condition' | 'text' | 'both';
  /** Can be absent: a text should put it into `[…]` or test it with `filled`. */
  readonly maybe?: true;
  /** For closed lists: what a condition may compare with. */
  readonly values?: readonly string[];
  /** What it is, for the trainer. */
  readonly about: string;
  /** As it sounds. */
  readonly example?: string;
}

const variables = {
  greeting: { type: 'text', use: 'text', about: 'Приветствие по времени суток', example: 'Доброе утро' },
  organization: {
    type: 'text',
    use: 'text',
    about: 'Организация',
    example: 'Министерство образования и науки Курской области',
  },
  'operator.name': { type: 'text', use: 'text', about: 'Имя и отчество оператора', example: 'Анна Петровна' },
  'operator.fullName': { type: 'text', use: 'text', about: 'ФИО оператора', example: 'Смирнова Анна Петровна' },
  'operator.position': { type: 'text', use: 'both', maybe: true, about: 'Должность', example: 'специалист' },
  'operator.unit': { type: 'text', use: 'both', maybe: true, about: 'Подразделение', example: 'справочная служба' },
  'client.name': { type: 'text', use: 'both', maybe: true, about: 'Имя и отчество клиента', example: 'Пётр Сергеевич' },
  'client.number': { type: 'text', use: 'both', maybe: true, about: 'Номер клиента', example: '+7 906 555-01-01' },
  'client.kind': {
    type: 'text',
    use: 'condition',
    values: ['external', 'internal'],
    about: 'Клиент внешний (external) или свой сотрудник (internal)',
  },
  'client.earlierCalls': { type: 'number', use: 'both', about: 'Сколько раз звонил раньше', example: '2' },
  'call.phase': {
    type: 'text',
    use: 'condition',
    values: ['queued', 'ringing', 'talking', 'onHold', 'consulting', 'transferring', 'wrapUp', 'closed'],
    about: 'Состояние звонка',
  },
  'call.direction': {
    type: 'text',
    use: 'condition',
    values: ['inbound', 'outbound', 'internal'],
    about: 'Направление звонка',
  },
  'call.queue': { type: 'text', use: 'condition', maybe: true, about: 'Очередь АТС' },
  'call.dialled': { type: 'text', use: 'condition', maybe: true, about: 'Номер, на который звонили' },
  'call.isCallback': { type: 'boolean', use: 'condition', about: 'Оператор перезванивает по обещанию' },
  dayPart: {
    type: 'text',
    use: 'condition',
    values: ['morning', 'day', 'evening', 'night'],
    about: 'Время суток: с 5, 12, 18 и 23 часов',
  },
  weekday: { type: 'number', use: 'condition', about: 'День недели: 1 — понедельник, 7 — воскресенье' },
  workingHours: { type: 'boolean', use: 'condition', about: 'Сейчас рабочее время' },
  language: { type: 'text', use: 'condition', values: ['ru', 'en'], about: 'Язык разговора' },
  'now.date': { type: 'text', use: 'text', about: 'Сегодняшняя дата', example: 'четверг, 26 ноября' },
  'now.time': { type: 'text', use: 'text', about: 'Который час', example: '10:05' },
  'hours.schedule': {
    type: 'text',
    use: 'both',
    maybe: true,
    about: 'Часы работы',
    example: 'по будням с 9:00 до 18:00',
  },
  'hours.nextOpen': {
    type: 'text',
    use: 'text',
    maybe: true,
    about: 'Когда откроемся',
    example: 'завтра, в пятницу, 27 ноября, с 9:00',
  },
  'inquiry.callNumber': { type: 'number', use: 'both', about: 'Который звонок по обращению', example: '2' },
  'inquiry.topic': {
    type: 'text',
    use: 'both',
    maybe: true,
    about: 'Тема обращения',
    example: 'очередь в детский сад',
  },
  'inquiry.situation': { type: 'text', use: 'both', maybe: true, about: 'Жизненная ситуация', example: 'переезд' },
  'inquiry.profile': { type: 'text', use: 'both', maybe: true, about: 'Кто клиент', example: 'родитель' },
  'inquiry.question': {
    type: 'text',
    use: 'both',
    maybe: true,
    about: 'Вопрос клиента, как записан',
    example: 'когда придёт направление в сад',
  },
  'transfers.count': { type: 'number', use: 'both', about: 'Сколько было переводов', example: '1' },
  'transfers.limit': { type: 'number', use: 'both', about: 'Сколько переводов разрешено', example: '2' },
  'transfers.left': { type: 'number', use: 'both', about: 'Сколько переводов осталось', example: '1' },
  'hold.state': {
    type: 'text',
    use: 'condition',
    maybe: true,
    values: ['named', 'running', 'overdue', 'unpromised'],
    about: 'Удержание: срок назван, идёт, просрочено, без срока',
  },
  'hold.named': { type: 'boolean', use: 'condition', about: 'Срок удержания назван' },
  'hold.count': { type: 'number', use: 'condition', about: 'Сколько раз уже просили подождать' },
  'hold.term': { type: 'text', use: 'text', maybe: true, about: 'Срок удержания', example: '2 минуты' },
  'callback.number': { type: 'text', use: 'both', maybe: true, about: 'Номер для связи', example: '+7 906 555-01-01' },
  'callback.deadline': {
    type: 'text',
    use: 'text',
    maybe: true,
    about: 'Срок обратного звонка',
    example: 'до 17:00 пятницы, 27 ноября',
  },
  'callback.dueAt': { type: 'date', use: 'condition', maybe: true, about: 'Дата обратного звонка' },
  'callback.promised': { type: 'boolean', use: 'condition', about: 'Обратный звонок обещан' },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
type ConditionName = {
  [Name in VariableName]: (typeof variables)[Name]['use'] extends 'text' ? never : Name;
}[VariableName];
export type KnownName = ConditionName;

export const VARIABLES: Readonly<Record<VariableName, Variable>> = variables;
export const VARIABLE_NAMES = Object.keys(variables) as VariableName[];
/** Names that `known:` accepts. */
export const KNOWN_NAMES = VARIABLE_NAMES.filter((name): name is KnownName => VARIABLES[name].use !== 'text');
export const isVariable = (name: string): name is VariableName => Object.hasOwn(variables, name);
