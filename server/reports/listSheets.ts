import type { InquiryRow, StepReport } from '../contract/index.ts';
import type { SheetNames } from './reportSheet.ts';
import type { Sheet } from './sheet.ts';

/** Steps of the scripts as a table. */
export const stepSheet = (
  { steps, calls, whole }: StepReport,
  about: readonly string[],
  { words, script }: SheetNames,
): Sheet => ({
  title: words.steps.title,
  tab: words.tab,
  about: [...about, `${whole ? words.steps.allCalls : words.steps.lastCalls}: ${calls}`],
  columns: [
    { title: words.steps.step, kind: 'text' },
    { title: words.steps.script, kind: 'text' },
    { title: words.steps.visits, kind: 'count' },
    { title: words.steps.mean, kind: 'ms' },
    { title: words.steps.endedHere, kind: 'count' },
    { title: words.steps.unanswered, kind: 'count' },
    { title: words.steps.back, kind: 'count' },
  ],
  rows: steps.map((step) => [
    step.title,
    script(step.scriptId),
    step.visits,
    step.meanMs ?? null,
    step.endedHere,
    step.unanswered,
    step.back,
  ]),
});

/** Inquiries as a table. */
export function inquirySheet(
  rows: readonly InquiryRow[],
  about: readonly string[],
  { words, stamp, topic }: SheetNames,
): Sheet {
  const yesNo = (value: boolean | null): string => (value === null ? '' : value ? words.yes : words.no);
  const is = words.inquiries;
  return {
    title: is.title,
    tab: words.tab,
    about,
    columns: [
      { title: is.openedAt, kind: 'text' },
      { title: is.lastCallAt, kind: 'text' },
      { title: is.number, kind: 'text' },
      { title: is.client, kind: 'text' },
      { title: is.topic, kind: 'text' },
      { title: is.calls, kind: 'count' },
      { title: is.repeatCalls, kind: 'count' },
      { title: is.transfers, kind: 'count' },
      { title: is.callbacks, kind: 'count' },
      { title: is.open, kind: 'text' },
      { title: is.satisfied, kind: 'text' },
    ],
    rows: rows.map((row) => [
      stamp(row.openedAt),
      stamp(row.lastCallAt),
      row.number,
      row.clientName ?? '',
      row.topic === null ? '' : topic(row.topic),
      row.calls,
      row.repeatCalls,
      row.transfers,
      row.callbacks,
      yesNo(row.open),
      yesNo(row.satisfied),
    ]),
  };
}
