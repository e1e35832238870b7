import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { drop, visit, type Visit } from './page.ts';

interface Entry {
  readonly file: string;
  readonly transfer_syntax: string | null;
  readonly expect: { readonly outcome: string };
}

const corpus = join(SHARED, 'samples/dicom_conformance');

/** One image of each transfer syntax: the codecs of all are needed. */
function oneOfEach(): string[] {
  const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as { files: Entry[] };
  const images = files.filter((f) => f.transfer_syntax && f.expect.outcome === 'image');
  return images
    .filter((f, i) => images.findIndex((g) => g.transfer_syntax === f.transfer_syntax) === i)
    .map((f) => join(corpus, f.file));
}

/** A NIfTI file of 8 × 8 × 8 signed 16-bit zeros. */
function cube(): Buffer {
  const bytes = Buffer.alloc(352 + 8 * 8 * 8 * 2);
  bytes.writeInt32LE(348, 0);
  [3, 8, 8, 8, 1, 1, 1, 1].forEach((n, i) => bytes.writeInt16LE(n, 40 + 2 * i));
  bytes.writeInt16LE(4, 70);
  bytes.writeInt16LE(16, 72);
  [1, 1, 1, 1].forEach((mm, i) => bytes.writeFloatLE(mm, 76 + 4 * i));
  bytes.writeFloatLE(352, 108);
  bytes.write('n+1\0', 344, 'latin1');
  return bytes;
}

describe('workers of the served page come from its memory', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    v.forget();
  });
  afterAll(() => v.leave());

  it.skipIf(!HAS_SHARED)('a codec is asked of nobody when a compressed file is opened', async () => {
    const files = oneOfEach();
    expect(files.length).toBeGreaterThan(10);
    await drop(v, ...files);
    await expect.poll(() => v.page.getByRole('option').count(), { timeout: 60_000 }).toBeGreaterThan(5);
    await v.page.getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
    expect(v.errors).toEqual([]);
    expect({ requests: v.requests, violations: v.violations }).toEqual({ requests: [], violations: [] });
  });

  it('a worker that hangs is replaced, and its job done, without its server', async () => {
    v.unplug();
    const workers = v.page.workers().filter((w) => w.url().startsWith('blob:'));
    expect(workers.length).toBeGreaterThan(0);
    // These evaluations never answer: the workers are killed under them.
    for (const w of workers)
      void w
        .evaluate(() => {
          for (;;);
        })
        .catch(() => undefined);
    const files = Array.from({ length: 24 }, (_, i) => ({
      name: `cube-${i}.nii`,
      mimeType: 'application/octet-stream',
      buffer: cube(),
    }));
    await v.page.locator('input[type=file]:not([webkitdirectory])').first().setInputFiles(files);
    const listed = () => v.page.locator('[role=option]').filter({ hasText: /cube-/ }).count();
    await expect.poll(listed, { timeout: 60_000 }).toBe(24);
    const fresh = v.page.workers().filter((w) => !workers.includes(w));
    expect(fresh.map((w) => w.url())).toEqual(workers.map((w) => w.url()));
    expect({ requests: v.requests, strangers: v.strangers(), violations: v.violations }).toEqual({
      requests: [],
      strangers: [],
      violations: [],
    });
  });
});
