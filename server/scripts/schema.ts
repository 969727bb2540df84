import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryHome } from './library.ts';
import { scriptJsonSchema } from '../../machines/script/jsonSchema.ts';

/** `npm run scripts:schema` writes `scripts-library/script.schema.json` anew; a test tells when it is out of date. */
const FILE = join(libraryHome(import.meta.url), 'script.schema.json');

export const schemaText = (): string => `${JSON.stringify(scriptJsonSchema(), null, 2)}\n`;

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await writeFile(FILE, schemaText());
  process.stdout.write(`${FILE}\n`);
}
