import type { Figures, ReportRow, Trouble, TroubleKind } from '../contract/index.ts';

type By = Trouble['causes'][number]['by'];
/** Where each trouble is looked for: a caller who gave up reached no operator. */
const SOUGHT: Readonly<Record<TroubleKind, readonly By[]>> = {
  holdsBroken: ['operator', 'topic', 'queue'],
  callbacksBroken: ['operator'],
  abandoned: ['queue'],
  refusedTransfers: ['topic', 'operator'],
  unanswered: ['topic', 'operator'],
  unsatisfied: ['topic', 'operator', 'queue'],
  repeat: ['topic', 'operator', 'queue'],
};
const KEPT = 3;
/** Whoever called again and reached nobody was no operator's; that nobody answered is a trouble of its own. */
const isCause = (by: By, key: string): boolean => by !== 'operator' || key !== '';

/** What broke and why: counts beside the period before, and where most of each comes from. The largest growth first. */
export function troublesOf(total: Figures, before: Figures, rowsOf: (by: By) => readonly ReportRow[]): Trouble[] {
  const rows = new Map<By, readonly ReportRow[]>();
  const of = (by: By): readonly ReportRow[] => {
    const known = rows.get(by) ?? rowsOf(by);
    rows.set(by, known);
    return known;
  };
  return (Object.keys(SOUGHT) as TroubleKind[])
    .map((kind) => ({
      kind,
      count: total[kind],
      before: before[kind],
      causes: SOUGHT[kind].flatMap((by) =>
        of(by)
          .flatMap(({ key, label, figures }) =>
            isCause(by, key) && figures[kind] > 0 ? [{ by, key, label, count: figures[kind] }] : [],
          )
          .toSorted((a, b) => b.count - a.count)
          .slice(0, KEPT),
      ),
    }))
    .filter(({ count, before: past }) => count > 0 || past > 0)
    .toSorted((a, b) => b.count - b.before - (a.count - a.before) || b.count - a.count);
}
