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
  /** As it sounds. */
  readonly example?: string;
}

const variables = {
  greeting: { type: 'text', use: 'text', example: 'Доброе утро' },
  organization: {
    type: 'text',
    use: 'text',
    example: 'Министерство образования и науки Курской области',
  },
  'operator.name': { type: 'text', use: 'text', example: 'Анна Петровна' },
  'operator.fullName': { type: 'text', use: 'text', example: 'Смирнова Анна Петровна' },
  'operator.position': { type: 'text', use: 'both', maybe: true, example: 'специалист' },
  'operator.unit': { type: 'text', use: 'both', maybe: true, example: 'справочная служба' },
  'client.name': { type: 'text', use: 'both', maybe: true, example: 'Пётр Сергеевич' },
  'client.number': { type: 'text', use: 'both', maybe: true, example: '+7 906 555-01-01' },
  'client.kind': {
    type: 'text',
    use: 'condition',
    values: ['external', 'internal'],
  },
  'client.earlierCalls': { type: 'number', use: 'both', example: '2' },
  'call.phase': {
    type: 'text',
    use: 'condition',
    values: ['queued', 'ringing', 'talking', 'onHold', 'consulting', 'transferring', 'wrapUp', 'closed'],
  },
  'call.direction': {
    type: 'text',
    use: 'condition',
    values: ['inbound', 'outbound', 'internal'],
  },
  'call.queue': { type: 'text', use: 'condition', maybe: true },
  'call.dialled': { type: 'text', use: 'condition', maybe: true },
  'call.isCallback': { type: 'boolean', use: 'condition' },
  dayPart: {
    type: 'text',
    use: 'condition',
    values: ['morning', 'day', 'evening', 'night'],
  },
  weekday: { type: 'number', use: 'condition' },
  workingHours: { type: 'boolean', use: 'condition' },
  language: { type: 'text', use: 'condition', values: ['ru', 'en'] },
  'now.date': { type: 'text', use: 'text', example: 'четверг, 26 ноября' },
  'now.time': { type: 'text', use: 'text', example: '10:05' },
  'hours.schedule': {
    type: 'text',
    use: 'both',
    maybe: true,
    example: 'по будням с 9:00 до 18:00',
  },
  'hours.nextOpen': {
    type: 'text',
    use: 'text',
    maybe: true,
    example: 'завтра, в пятницу, 27 ноября, с 9:00',
  },
  'inquiry.callNumber': { type: 'number', use: 'both', example: '2' },
  'inquiry.topic': {
    type: 'text',
    use: 'both',
    maybe: true,
    example: 'очередь в детский сад',
  },
  'inquiry.situation': { type: 'text', use: 'both', maybe: true, example: 'переезд' },
  'inquiry.profile': { type: 'text', use: 'both', maybe: true, example: 'родитель' },
  'inquiry.question': {
    type: 'text',
    use: 'both',
    maybe: true,
    example: 'когда придёт направление в сад',
  },
  'transfers.count': { type: 'number', use: 'both', example: '1' },
  'transfers.limit': { type: 'number', use: 'both', example: '2' },
  'transfers.left': { type: 'number', use: 'both', example: '1' },
  'hold.state': {
    type: 'text',
    use: 'condition',
    maybe: true,
    values: ['named', 'running', 'overdue', 'unpromised'],
  },
  'hold.named': { type: 'boolean', use: 'condition' },
  'hold.count': { type: 'number', use: 'condition' },
  'hold.term': { type: 'text', use: 'text', maybe: true, example: '2 минуты' },
  'callback.number': { type: 'text', use: 'both', maybe: true, example: '+7 906 555-01-01' },
  'callback.deadline': {
    type: 'text',
    use: 'text',
    maybe: true,
    example: 'до 17:00 пятницы, 27 ноября',
  },
  'callback.dueAt': { type: 'date', use: 'condition', maybe: true },
  'callback.promised': { type: 'boolean', use: 'condition' },
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
