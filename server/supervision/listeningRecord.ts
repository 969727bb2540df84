import type { CallId } from '../../machines/vocabulary/index.ts';
import type { ListeningMode, ListeningRecord } from '../contract/index.ts';
import type { Collection } from '../storage/port.ts';
import type { AuditRow } from './auditRoom.ts';

const SHOWN = 100;
const PAIRS: Readonly<Record<string, string>> = {
  'listening.ended': 'listening.started',
  'call.takeOverEnded': 'call.takenOver',
};
const keyOf = ({ who, whom, details }: AuditRow, startedAt: unknown): string =>
  JSON.stringify([who, whom, details['device'], details['mode'], startedAt]);

/** The latest listening, newest first: beginnings and ends of the audit joined into one line each. */
export async function listeningRecord(
  audit: Collection<AuditRow>,
  nameOf: (operatorId: string) => string,
): Promise<readonly ListeningRecord[]> {
  const what = { in: [...Object.keys(PAIRS), ...Object.values(PAIRS)] };
  const page = await audit.find({ where: { what }, orderBy: { column: 'at', descending: true }, limit: SHOWN * 2 });
  const ends = new Map<string, number>();
  const lines: ListeningRecord[] = [];
  for (const { document: row } of page.items) {
    if (row.what in PAIRS) {
      ends.set(keyOf(row, row.details['startedAt']), row.at);
      continue;
    }
    const endedAt = ends.get(keyOf(row, row.at));
    lines.push({
      startedAt: row.at,
      ...(endedAt === undefined ? {} : { endedAt }),
      who: row.whoName,
      whom: nameOf(row.whom),
      callId: String(row.details['callId']) as CallId,
      mode: String(row.details['mode']) as ListeningMode,
      reason: row.reason,
    });
  }
  return lines.slice(0, SHOWN);
}
