import type { FindingView, ImportView, ScriptFiles, WhichVersion } from '../contract/index.ts';
import type { CommandContext } from '../commands.ts';
import { actOf, edit } from './draftCommands.ts';
import { readSegments } from './findings.ts';
import type { Studio } from './studio.ts';
import { headData, splitSource } from './source/segments.ts';

/** Every published script as a file named by its id: the folder as it lives in git. */
export async function exportAll(studio: Studio, at: number): Promise<ScriptFiles> {
  const ids = studio.setup.catalogue
    .currentVersions()
    .map(({ scriptId, version }) => ({ scriptId, version }))
    .sort((a, b) => (a.scriptId < b.scriptId ? -1 : 1));
  const files = await Promise.all(ids.map(({ scriptId, version }) => exportOne(studio, scriptId, version, at)));
  return { files: files.flatMap((each) => each.files) };
}
export async function exportOne(
  studio: Studio,
  scriptId: string,
  which: WhichVersion,
  at: number,
): Promise<ScriptFiles> {
  const source = await studio.sourceOf(scriptId, which, at);
  return { files: [{ file: `${scriptId}.yaml`, source: source.endsWith('\n') ? source : `${source}\n` }] };
}

/** Each readable file becomes a draft, or an edit of the draft that is there: nothing is published by an import. */
export async function importFiles(
  studio: Studio,
  { files }: ScriptFiles,
  context: CommandContext,
): Promise<ImportView> {
  const drafts: ImportView['drafts'][number][] = [];
  const refused: ImportView['refused'][number][] = [];
  for (const { file, source } of files) {
    const split = splitSource(source);
    const read = split.ok ? readSegments(split.segments) : undefined;
    if (!split.ok || !read?.ok) {
      refused.push({ file, findings: read ? read.findings.map(({ ...finding }): FindingView => finding) : [NOT_YAML] });
      continue;
    }
    const scriptId = String(headData(split.segments).id);
    drafts.push({ scriptId, file, revision: await take(studio, scriptId, source, context) });
  }
  return { drafts, refused };
}

async function take(studio: Studio, scriptId: string, source: string, context: CommandContext): Promise<number> {
  const { catalogue, drafts, ledger } = studio.setup;
  if (!catalogue.currentOf(scriptId) && !drafts.get(scriptId)) {
    const body = { source, basedOn: 0, act: actOf(context, '') };
    drafts.record(scriptId, { kind: 'opened', body }, context.at);
    await ledger.flush();
    return studio.existing(scriptId).revision;
  }
  const { revision } = await studio.draft(scriptId, context.at);
  const edits = [{ op: 'setSource' as const, source }];
  const because = { ru: 'загружен из файла', en: 'loaded from a file' };
  return (await edit(studio, scriptId, { baseRevision: revision, edits, because }, context)).revision;
}

const NOT_YAML: FindingView = {
  severity: 'error',
  code: 'yaml.syntax',
  path: [],
  message: { ru: 'Файл не читается как сценарий', en: 'The file does not read as a script' },
  suggestion: {
    ru: 'Проверьте отступы, кавычки и что у каждого шага есть свой id',
    en: 'Check indents, quotes, and that each step has an id of its own',
  },
};
