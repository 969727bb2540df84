import { readFile, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { parseScript } from '../../machines/script/parse.ts';
import { located } from '../../machines/script/checker/finding.ts';
import type { Finding, Locate } from '../../machines/script/checker/finding.ts';
import type { ContactParts } from '../../machines/script/checker/index.ts';
import { check } from '../../machines/script/checker/index.ts';
import type { Script } from '../../machines/script/types.ts';
import { AppError } from '../../machines/vocabulary/index.ts';

/**
 * The folder `scripts-library` of this product, found upwards from the module: sources and `build/` lie at different
 * depths.
 */
export function libraryHome(module: string): string {
  for (let folder = dirname(fileURLToPath(module)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'scripts-library'))) return join(folder, 'scripts-library');
  }
  throw new AppError('scripts.noLibrary', 'The folder scripts-library is not there');
}

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

export interface ReadOptions {
  /** File names are told relative to it. */
  readonly folder: string;
  /** Folders whose scripts are known as callers and callees, without being checked themselves. */
  readonly beside?: readonly string[];
  /** The directory of contact points that scripts may name. */
  readonly contactPoints?: ContactParts;
}

/** Reads folders (all `*.yaml` in them) and files, and checks everything. Faults of the file system reject. */
export async function readLibrary(paths: readonly string[], options: ReadOptions): Promise<Library> {
  const files: LibraryFile[] = [];
  const findings: (Finding & { file: string })[] = [];
  const places = new Map<string, { file: string; locate: Locate }>();
  for (const path of await listFiles(paths)) {
    const file = relative(options.folder, path).replaceAll('\\', '/') || path;
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
  const neighbours = await readNeighbours(options.beside ?? [], places);
  const { contactPoints } = options;
  const only = [...places.keys()];
  const checked = [...files.map(({ script }) => script), ...neighbours];
  for (const finding of check(checked, contactPoints ? { only, contactPoints } : { only })) {
    const place = places.get(finding.scriptId);
    findings.push({ ...(place ? located(finding, place.locate) : finding), file: place?.file ?? '' });
  }
  return { files, scripts: new Map(files.map(({ script }) => [script.id, script])), findings };
}

/** All YAML files in folders, and files, each once. */
export const listFiles = async (paths: readonly string[]): Promise<string[]> => {
  const listed = await Promise.all(paths.map(async (path) => await yamlFiles(path)));
  return [...new Set(listed.flat())].sort();
};

/** Scripts of other folders that read well; broken ones are told when their own folder is checked. */
async function readNeighbours(folders: readonly string[], known: ReadonlyMap<string, unknown>): Promise<Script[]> {
  const scripts: Script[] = [];
  for (const path of await listFiles(folders)) {
    const parsed = parseScript(await readFile(path, 'utf8'));
    if (parsed.ok && !known.has(parsed.script.id)) scripts.push(parsed.script);
  }
  return scripts;
}

/** The directory of contact points as the checker needs it, or undefined when there is no such file. */
export async function readContactParts(file: string): Promise<ContactParts | undefined> {
  const source = await readFile(file, 'utf8').catch(() => undefined);
  if (source === undefined) return undefined;
  const data: unknown = parse(source);
  const list = typeof data === 'object' && data !== null && 'contactPoints' in data ? data.contactPoints : undefined;
  if (!Array.isArray(list)) return undefined;
  return Object.fromEntries(
    list
      .filter((one): one is { id: string } => typeof one === 'object' && one !== null && 'id' in one)
      .map((point) => [point.id, Object.keys(point)]),
  );
}

/**
 * The library as the seed of an empty installation: every script, or an `AppError` `scripts.libraryBroken` whose
 * message names each error with file and line. Warnings do not stop it.
 */
export async function loadLibrary(folder: string): Promise<Library> {
  const library = await readLibrary([folder], { folder });
  const errors = library.findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) {
    const list = errors
      .map((finding) => `${finding.file}:${String(finding.line ?? 1)} ${finding.message.ru}`)
      .join('\n');
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
  message: {
    ru: `Сценарий с id «${scriptId}» уже есть в файле ${file}`,
    en: `The script with the id “${scriptId}” is already in the file ${file}`,
  },
  suggestion: { ru: 'Дайте сценарию другой id', en: 'Give the script another id' },
});
