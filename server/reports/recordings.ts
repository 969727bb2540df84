import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * The file of a recording below the folder of recordings; `undefined` when there is none, or the name leads out of it
 * (also over a symbolic link). The name came from the exchange and is not trusted.
 */
export async function recordingFile(folder: string | undefined, name: string): Promise<string | undefined> {
  if (folder === undefined || name === '' || name.includes('\0')) return undefined;
  try {
    const root = await realpath(folder);
    // The exchange may name a file by its whole path on its own disk; ours may be mounted elsewhere.
    const file = await realpath(resolve(root, isAbsolute(name) ? (relative('/', name).split('/').at(-1) ?? '') : name));
    return file.startsWith(root + sep) ? file : undefined;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT' || (fault as NodeJS.ErrnoException).code === 'ENOTDIR')
      return undefined;
    throw fault;
  }
}
