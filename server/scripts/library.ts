import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseScript } from '../../machines/script/parse.ts';
import { located } from '../../machines/script/checker/finding.ts';
import type { Finding, Locate } from '../../machines/script/checker/finding.ts';
import { check } from '../../machines/script/checker/index.ts';
import type { Script } from '../../machines/script/types.ts';
import { AppError } from '../../machines/vocabulary/index.ts';

/** One file of the library as it was read. */
export interface LibraryFile {
  /** Relative to the folder that was asked for, with `/`. */
  readonly file: string;
  /** The YAML source, for the editor and for export. */
  readonly source: string;
  readonly script: Script;
}
export interface Library {
  readonly files: readonly LibraryFile[];
  readonly scripts: ReadonlyMap<string, Script>;
  /** Of all files, each with its file. */
  readonly findings: readonly (Finding & { readonly file: string })[];
}

/** Reads the folder (all `*.yaml` in it) or single files and checks everything. Faults of the file system reject. */
export async function readLibrary(paths: readonly string[], folder: string): Promise<Library> {
  const files: LibraryFile[] = [];
  const findings: (Finding & { file: string })[] = [];
  const places = new Map<string, { file: string; locate: Locate }>();
  const listed = await Promise.all(paths.map(async (path) => await yamlFiles(path)));
  for (const path of [...new Set(listed.flat())].sort()) {
    const file = relative(folder, path).replaceAll('\\', '/') || path;
    const source = await readFile(path, 'utf8');
    const parsed = parseScript(source);
    if (!parsed.ok) {
      findings.push(...parsed.findings.map((finding) => ({ ...finding, file })));
      continue;
    }
    const { script, locate } = parsed;
    const twin = places.get(script.id);
    if (twin) findings.push({ ...twinFinding(script.id, twin.file), file, ...locate(['id']) });
    else {
      files.push({ file, source, script });
      places.set(script.id, { file, locate });
    }
  }
  for (const finding of check(files.map(({ script }) => script))) {
    const place = places.get(finding.scriptId);
    findings.push({ ...(place ? located(finding, place.locate) : finding), file: place?.file ?? '' });
  }
  return { files, scripts: new Map(files.map(({ script }) => [script.id, script])), findings };
}

/**
 * The library as the seed of an empty installation: every script, or an `AppError` `scripts.libraryBroken` whose
 * message names each error with file and line. Warnings do not stop it.
 */
export async function loadLibrary(folder: string): Promise<Library> {
  const library = await readLibrary([folder], folder);
  const errors = library.findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) {
    const list = errors.map((finding) => `${finding.file}:${String(finding.line ?? 1)} ${finding.message}`).join('\n');
    throw new AppError('scripts.libraryBroken', `The scripts in ${folder} have errors:\n${list}`, {
      details: { count: errors.length },
    });
  }
  return library;
}

async function yamlFiles(path: string): Promise<string[]> {
  if (/\.ya?ml$/.test(path)) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

const twinFinding = (scriptId: string, file: string): Finding => ({
  severity: 'error',
  code: 'script.twin',
  scriptId,
  path: ['id'],
  message: `Сценарий с id «${scriptId}» уже есть в файле ${file}`,
  suggestion: 'Дайте сценарию другой id',
});
