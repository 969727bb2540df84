import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { trainingCommands, type TrainingTask } from '../../contract/index.ts';

const fileSchema = z.array(trainingCommands['training.saveTask']);

/** The library folder's tasks; none when it has no such file. Throws when the file is not what it should be. */
export async function readTasks(libraryDir: string): Promise<readonly TrainingTask[]> {
  let text: string;
  try {
    text = await readFile(join(libraryDir, 'training-tasks.yaml'), 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fault;
  }
  return fileSchema.parse(parse(text)).map(({ outcome, ...task }) => ({ ...task, ...(outcome ? { outcome } : {}) }));
}
