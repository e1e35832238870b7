import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { kinetex } from './kinetex.ts';

interface Entry {
  readonly file: string;
  readonly transfer_syntax: string | null;
  readonly expect: { readonly outcome: string; readonly compare?: string; readonly sha256?: string };
}

const corpus = join(SHARED, 'samples/dicom_conformance');

/** The first lossless file of each transfer syntax. */
function oneOfEach(): Entry[] {
  if (!HAS_SHARED) return [];
  const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as { files: Entry[] };
  const lossless = files.filter(
    (f) => f.transfer_syntax && f.expect.compare === 'sha256' && f.expect.outcome === 'image',
  );
  return lossless.filter((f, i) => lossless.findIndex((g) => g.transfer_syntax === f.transfer_syntax) === i);
}

// The bundle for Node carries the codecs in its own way; this is the way a person runs them.
describe.skipIf(!HAS_SHARED)('kinetex decode, one file of each transfer syntax', () => {
  it.each(oneOfEach())('$transfer_syntax: $file', ({ file, expect: wanted }) => {
    const { status, stdout, stderr } = kinetex('decode', join(corpus, file));
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout).sha256).toBe(wanted.sha256);
  });
});
