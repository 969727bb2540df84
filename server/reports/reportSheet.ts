import type { Figures, HistoryRow, ReportView, ServiceLevelFormula } from '../contract/index.ts';
import { DIRECTION_WORDS } from './reportFilter.ts';
import { clockLength, type Sheet } from './sheet.ts';

type Kind = Sheet['columns'][number]['kind'];
const COLUMNS: readonly (readonly [title: string, kind: Kind, of: (figures: Figures) => number | undefined])[] = [
  ['Звонков', 'count', (each) => each.calls],
  ['Поступило в очередь', 'count', (each) => each.offered],
  ['Принято', 'count', (each) => each.handled],
  ['Не дождались', 'count', (each) => each.abandoned],
  ['Доля не дождавшихся', 'share', (each) => each.abandonedShare],
  ['Уровень сервиса', 'share', (each) => each.serviceLevel],
  ['Среднее ожидание', 'ms', (each) => each.asaMs],
  ['Среднее обслуживание', 'ms', (each) => each.ahtMs],
  ['Время разговоров', 'ms', (each) => each.talkMs],
  ['Время удержаний', 'ms', (each) => each.onHoldMs],
  ['Работа после звонка', 'ms', (each) => each.wrapUpMs],
  ['Удержаний', 'count', (each) => each.holds],
  ['Срок удержания соблюдён', 'count', (each) => each.holdsKept],
  ['Срок удержания нарушен', 'count', (each) => each.holdsBroken],
  ['Перезвонили в срок', 'count', (each) => each.callbacksKept],
  ['Не перезвонили в срок', 'count', (each) => each.callbacksBroken],
  ['Обещания выполнены', 'share', (each) => each.promisesKept],
  ['Переводов', 'count', (each) => each.transfers],
  ['Отказано в переводе', 'count', (each) => each.refusedTransfers],
  ['Повторных звонков', 'count', (each) => each.repeat],
  ['Доля повторных', 'share', (each) => each.repeatShare],
  ['Нет нужного ответа', 'count', (each) => each.unanswered],
  ['Вопрос решён', 'count', (each) => each.satisfied],
  ['Вопрос не решён', 'count', (each) => each.unsatisfied],
  ['Удовлетворённость', 'share', (each) => each.satisfaction],
];
const FORMULAS: Readonly<Record<ServiceLevelFormula, string>> = {
  'answeredWithin/offered': 'принятые в срок / все поступившие',
  'answeredWithin/answered': 'принятые в срок / принятые',
  'answeredWithin/(offered-shortAbandoned)': 'принятые в срок / (поступившие − короткие отбои)',
};
const FIRST: Readonly<Record<ReportView['by'], string>> = {
  operator: 'Сотрудник',
  unit: 'Отдел',
  queue: 'Очередь',
  topic: 'Тема',
  disposition: 'Итог',
  script: 'Сценарий',
  direction: 'Направление',
  day: 'День',
  hour: 'Час',
};

/** The report as a table: each row, then all, then all over the period before. */
export function reportSheet(view: ReportView, words: { stamp(at: number): string; date(at: number): string }): Sheet {
  const cells = (label: string, figures: Figures): (string | number | null)[] => [
    label,
    ...COLUMNS.map(([, , of]) => of(figures) ?? null),
  ];
  return {
    title: `Отчёт: ${FIRST[view.by].toLowerCase()}`,
    about: [
      ...view.filterText,
      `Период до этого: ${words.date(view.before.from)} — ${words.date(view.before.to - 1)}`,
      `Уровень сервиса: ${FORMULAS[view.formula]}; в срок — ${clockLength(view.serviceLevelMs)}`,
      `Составлен: ${words.stamp(view.madeAt)}`,
    ],
    columns: [{ title: FIRST[view.by], kind: 'text' }, ...COLUMNS.map(([title, kind]) => ({ title, kind }))],
    rows: [
      ...view.rows.map(({ label, figures }) => cells(label, figures)),
      cells('Всего', view.total),
      cells('Всего за период до этого', view.totalBefore),
    ],
  };
}

export interface HistoryWords {
  stamp(at: number): string;
  queue(id: string): string;
  topic(id: string): string;
  disposition(id: string): string;
}
/** A list of calls as a table. */
export function historySheet(rows: readonly HistoryRow[], about: readonly string[], words: HistoryWords): Sheet {
  const named = (id: string | null, of: (id: string) => string): string => (id === null ? '' : of(id));
  return {
    title: 'Звонки',
    about,
    columns: [
      { title: 'Начало', kind: 'text' },
      { title: 'Направление', kind: 'text' },
      { title: 'Номер', kind: 'text' },
      { title: 'Клиент', kind: 'text' },
      { title: 'Сотрудник', kind: 'text' },
      { title: 'Отдел', kind: 'text' },
      { title: 'Очередь', kind: 'text' },
      { title: 'Тема', kind: 'text' },
      { title: 'Итог', kind: 'text' },
      { title: 'Вопрос решён', kind: 'text' },
      { title: 'Ожидание', kind: 'ms' },
      { title: 'Разговор', kind: 'ms' },
      { title: 'Удержание', kind: 'ms' },
      { title: 'Сроки соблюдены', kind: 'count' },
      { title: 'Сроки нарушены', kind: 'count' },
      { title: 'Переводов', kind: 'count' },
      { title: 'Повторный', kind: 'text' },
    ],
    rows: rows.map((row) => [
      words.stamp(row.at),
      DIRECTION_WORDS[row.direction],
      row.number,
      row.clientName ?? '',
      row.operatorName ?? '',
      row.unit ?? '',
      named(row.queue, (id) => words.queue(id)),
      named(row.topic, (id) => words.topic(id)),
      named(row.disposition, (id) => words.disposition(id)),
      row.satisfied === null ? '' : row.satisfied ? 'да' : 'нет',
      row.queueWaitMs,
      row.talkMs,
      row.onHoldMs,
      row.holdsKept,
      row.holdsBroken,
      row.transfers,
      row.repeat ? 'да' : '',
    ]),
  };
}
