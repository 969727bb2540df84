import { stayedOn, type ScriptState } from '../../machines/script/index.ts';
import type { StepFigures, StepReport } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { CallHistoryDocument } from './callHistory.ts';
import { callsWhere, type ReportFilter } from './reportFilter.ts';

/** The way through the script lies in the documents, not in the columns: so many of the newest are read. */
const READ_AT_MOST = 5_000;
const PAGE = 500;

interface Counted {
  readonly scriptId: string;
  readonly step: string;
  readonly version: number;
  visits: number;
  left: number;
  ms: number;
  endedHere: number;
  unanswered: number;
  back: number;
}

/** Per step of the scripts: visits, time, where calls end, where no answer fits, from where operators go back. */
export async function readSteps(
  calls: Collection<CallHistoryDocument>,
  filter: ReportFilter,
  titleOf: (scriptId: string, version: number, step: string) => string,
): Promise<StepReport> {
  const counted = new Map<string, Counted>();
  let read = 0;
  let cursor: string | undefined;
  do {
    const page = await calls.find({
      where: callsWhere(filter),
      orderBy: { column: 'startedAt', descending: true },
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { document } of page.items) count(document, counted);
    read += page.items.length;
    cursor = page.next;
  } while (cursor !== undefined && read < READ_AT_MOST);
  const steps = [...counted.values()].map(
    ({ scriptId, step, version, visits, left, ms, endedHere, unanswered, back }): StepFigures => ({
      scriptId,
      step,
      title: titleOf(scriptId, version, step),
      visits,
      ...(left > 0 ? { meanMs: ms / left } : {}),
      endedHere,
      unanswered,
      back,
    }),
  );
  return { steps: steps.toSorted((a, b) => b.visits - a.visits), calls: read, whole: cursor === undefined };
}

function count(document: CallHistoryDocument, counted: Map<string, Counted>): void {
  const of = (scriptId: string, version: number, step: string): Counted => {
    const key = `${scriptId}/${step}`;
    const known = counted.get(key);
    if (known) return known;
    const made = { scriptId, step, version, visits: 0, left: 0, ms: 0, endedHere: 0, unanswered: 0, back: 0 };
    counted.set(key, made);
    return made;
  };
  for (const [at, script] of document.scripts.entries()) {
    const { path: way, step: last } = script.state as ScriptState;
    const path = stayedOn(way);
    for (const [index, entry] of path.entries()) {
      const figures = of(script.scriptId, script.version, entry.step);
      figures.visits += 1;
      const next = path[index + 1];
      if (!next) continue;
      figures.left += 1;
      figures.ms += Math.max(0, next.at - entry.at);
      if (next.via === 'back') figures.back += 1;
    }
    if (at === document.scripts.length - 1) of(script.scriptId, script.version, last).endedHere += 1;
  }
  const main = document.scripts.at(-1);
  for (const { stepId } of document.unanswered) if (main) of(main.scriptId, main.version, stepId).unanswered += 1;
}
