// Writes the sample study (or, with --large, the CT of the opening bench) as DICOM files into a folder, for tests and
// for other programs. The page needs no such files: it makes the same bytes in a worker when asked.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from '../bench/bundle.mjs';

/** Writes the files below `folder`; returns how many. */
export async function writeSample(folder, large = false) {
  const { makeSampleStudy, largeCtFiles } = await load('make-inputs');
  let count = 0;
  for (const { path, bytes } of large ? largeCtFiles() : makeSampleStudy()) {
    const to = join(folder, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
    count++;
  }
  return count;
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    options: { large: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (positionals.length !== 1) {
    process.stderr.write('usage: node scripts/make-sample.mjs [--large] FOLDER\n');
    process.exit(2);
  }
  const count = await writeSample(positionals[0], values.large);
  process.stdout.write(`${count} files in ${positionals[0]}\n`);
}
