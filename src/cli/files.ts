import { openAsBlob } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSource } from '../engine/api.ts';
import { BadArguments } from './arguments.ts';

/** Files under the given paths, folders walked in the order of their names. @throws BadArguments when a path is missing. */
export async function filesUnder(paths: readonly string[]): Promise<FileSource[]> {
  const found: FileSource[] = [];
  for (const path of paths) {
    const info = await stat(path).catch(() => {
      throw new BadArguments(`${path} does not exist`);
    });
    if (info.isDirectory()) {
      const names = (await readdir(path)).sort();
      found.push(...(await filesUnder(names.map((n) => join(path, n)))));
    } else if (info.isFile()) {
      found.push({ path, content: await openAsBlob(path) });
    }
  }
  return found;
}

/** @throws BadArguments when there is no such file */
export const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new BadArguments(`${file} does not exist`);
  });
