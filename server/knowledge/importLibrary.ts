import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readContactPointsCsv } from './contactPointsCsv.ts';
import type { Loaded } from './fault.ts';
import { readStaffCsv } from './staffCsv.ts';
import { knownIds, topicsSchema } from './topics.ts';
import { readYaml } from './yamlFile.ts';

/** How many entries the library now has of what was imported. */
export interface Imported {
  readonly count: number;
  readonly file: string;
}

/** A file appears whole or not at all: the server may be reading it. */
async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, content);
  await rename(next, file);
}

/** Checks a CSV and puts it in the place of the library's `staff.csv`. With any fault nothing is written. */
export async function importStaff(source: string, libraryFolder: string): Promise<Loaded<Imported>> {
  const topicsFile = join(libraryFolder, 'topics.yaml');
  const topics = readYaml(topicsFile, await readFile(topicsFile, 'utf8'), topicsSchema);
  if (!topics.ok) return topics;
  const bytes = await readFile(source);
  const staff = readStaffCsv(source, bytes, knownIds(topics.value));
  if (!staff.ok) return staff;
  const file = join(libraryFolder, 'staff.csv');
  await replaceFile(file, bytes);
  return { ok: true, value: { count: staff.value.length, file } };
}

/** Checks a CSV and writes the library's `contact-points.yaml` from it. With any fault nothing is written. */
export async function importContactPoints(source: string, libraryFolder: string): Promise<Loaded<Imported>> {
  const points = readContactPointsCsv(source, await readFile(source));
  if (!points.ok) return points;
  const file = join(libraryFolder, 'contact-points.yaml');
  const note = '# Точки контакта (пп. 2.2–2.7, 3.5.12 Порядка), внесены из таблицы CSV.\n';
  await replaceFile(file, note + stringify({ contactPoints: points.value }, { lineWidth: 120 }));
  return { ok: true, value: { count: points.value.length, file } };
}
