import { textIn } from '../../machines/script/localText.ts';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { Joined } from '../appSetup.ts';
import type { RehearsalView, WhichVersion } from '../contract/index.ts';
import { RehearsalHall, type HallSetup } from '../rehearsal/hall.ts';
import { RehearsalRecords } from '../rehearsal/records.ts';

export interface Rehearsals {
  readonly hall: RehearsalHall;
  readonly records: RehearsalRecords;
}

/** The hall, where this product has one: a rehearsal's own product has none. */
export async function joinRehearsals(
  { setup, rooms }: Joined,
  push: (personId: string, view: RehearsalView) => void,
): Promise<Rehearsals | undefined> {
  const { clock, log, calendar, storage, openRehearsal } = setup;
  if (!openRehearsal) return undefined;
  const { studio } = rooms.studio;
  const draftErrors = async (scriptId: string): Promise<number> => {
    const draft = await studio.draft(scriptId, clock.now());
    await studio.recheck(draft);
    return studio.findings(draft).filter(({ severity }) => severity === 'error').length;
  };
  const scripts: HallSetup['scripts'] = async ({ scriptId, version }) => {
    const published = rooms.scripts.currentVersions().map(({ script }) => script);
    if (scriptId === null) return { scripts: published, title: '' };
    const which: WhichVersion = version ?? 'draft';
    const count = which === 'draft' ? await draftErrors(scriptId) : 0;
    if (count > 0) throw new AppError('studio.errors', 'the draft has errors', { kind: 'user', details: { count } });
    const tried = await studio.scriptOf(scriptId, which, clock.now());
    return { scripts: [...published.filter(({ id }) => id !== tried.id), tried], title: textIn(tried.title, 'ru') };
  };
  const records = await RehearsalRecords.open(storage);
  const documents = () => rooms.studio.documents.inUse();
  const hall = new RehearsalHall({ clock, log, calendar, open: openRehearsal, records, scripts, documents, push });
  return { records, hall };
}
