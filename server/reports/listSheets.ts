import type { InquiryRow, StepReport } from '../contract/index.ts';
import type { Sheet } from './sheet.ts';

const yesNo = (value: boolean | null): string => (value === null ? '' : value ? 'да' : 'нет');

/** Steps of the scripts as a table. */
export const stepSheet = (
  { steps, calls, whole }: StepReport,
  about: readonly string[],
  names: { script(id: string): string },
): Sheet => ({
  title: 'Шаги сценариев',
  about: [...about, whole ? `Звонков: ${calls}` : `По ${calls} последним звонкам периода`],
  columns: [
    { title: 'Шаг', kind: 'text' },
    { title: 'Сценарий', kind: 'text' },
    { title: 'Пройден', kind: 'count' },
    { title: 'В среднем', kind: 'ms' },
    { title: 'Разговор кончился здесь', kind: 'count' },
    { title: 'Нет нужного ответа', kind: 'count' },
    { title: 'Возвраты', kind: 'count' },
  ],
  rows: steps.map((step) => [
    step.title,
    names.script(step.scriptId),
    step.visits,
    step.meanMs ?? null,
    step.endedHere,
    step.unanswered,
    step.back,
  ]),
});

/** Inquiries as a table. */
export const inquirySheet = (
  rows: readonly InquiryRow[],
  about: readonly string[],
  words: { stamp(at: number): string; topic(id: string): string },
): Sheet => ({
  title: 'Обращения',
  about,
  columns: [
    { title: 'Открыто', kind: 'text' },
    { title: 'Последний звонок', kind: 'text' },
    { title: 'Номер', kind: 'text' },
    { title: 'Клиент', kind: 'text' },
    { title: 'Тема', kind: 'text' },
    { title: 'Звонков', kind: 'count' },
    { title: 'Повторных', kind: 'count' },
    { title: 'Переводов', kind: 'count' },
    { title: 'Обещаний перезвонить', kind: 'count' },
    { title: 'Открыто сейчас', kind: 'text' },
    { title: 'Вопрос решён', kind: 'text' },
  ],
  rows: rows.map((row) => [
    words.stamp(row.openedAt),
    words.stamp(row.lastCallAt),
    row.number,
    row.clientName ?? '',
    row.topic === null ? '' : words.topic(row.topic),
    row.calls,
    row.repeatCalls,
    row.transfers,
    row.callbacks,
    yesNo(row.open),
    yesNo(row.satisfied),
  ]),
});
