import { readdirSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/engine/node.ts';
import type { Attributes } from '../../src/core/dicom.ts';
import { gunzip } from '../../src/formats/gzip.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const phantom = join(SHARED, 'reference/ibsi1/images/ct_phantom');
const sts = join(SHARED, 'samples/sts_001');
const HAS_VALIDATOR = spawnSync('dciodvfy', ['-version']).error === undefined;

const CASES = [
  {
    name: 'CT phantom of IBSI 1',
    images: join(phantom, 'dicom/image'),
    contours: join(phantom, 'dicom/mask/DCM_RS_00060.dcm'),
    mask: join(phantom, 'nifti/mask/mask.nii.gz'),
    voxels: 125256,
  },
  ...(['CT', 'PET', 'MR_T1'] as const).map((m) => ({
    name: `STS_001 ${m}`,
    images: join(sts, 'dicom', m, 'image'),
    contours: join(sts, 'dicom', m, 'mask/RS.dcm'),
    mask: join(sts, `nifti/${m}_mask.nii.gz`),
    voxels: m === 'PET' ? 5095 : 117145,
  })),
];

const fileOf = (path: string, use?: 'image' | 'mask') => ({
  path,
  content: new Uint8Array(readFileSync(path)),
  ...(use && { use }),
});

// RTSTRUCT in, every format out, and in again: the voxels of the masks that the data sets carry, each time.
describe.skipIf(!HAS_SHARED)('published regions, written and read again', () => {
  it.each(CASES)(
    '$name: $voxels voxels in SEG, RTSTRUCT, NIfTI and NRRD',
    async ({ images, contours, mask, voxels }) => {
      const engine = createNodeEngine();
      const files = readdirSync(images).filter((f) => f.endsWith('.dcm'));
      const image = await engine.open(files.map((f) => fileOf(join(images, f), 'image')));
      const study = await engine.open([fileOf(contours), fileOf(mask, 'mask')], { into: image });
      const series = image.series[0].uid;
      const [drawn, published] = ['rtstruct', 'labelmap'].map((o) =>
        study.regions.find((r) => r.origin === o)!,
      );
      const words = tellingWords(await engine.attributes(image, image.files[0]));
      expect(words.length).toBeGreaterThan(2);
      const { mask: reference } = await engine.placeRegion(study, published.id, series);
      for (const identified of [false, true]) {
        for (const format of ['seg', 'rtstruct', 'nifti', 'nrrd'] as const) {
          const made = await engine.exportRegions(study, [drawn.id], format, { series, identified });
          expect(made.refused).toEqual([]);
          const [{ name, bytes }] = made.files;
          const plain = bytes[0] === 0x1f ? gunzip(bytes, 2 ** 28).bytes : bytes;
          const text = new TextDecoder('latin1').decode(plain.subarray(0, 2 ** 26));
          if (!identified) expect(words.filter((w) => text.includes(w) || name.includes(w))).toEqual([]);
          if (HAS_VALIDATOR && name.endsWith('.dcm')) expect(errorsOf(bytes)).toEqual([]);
          const again = await engine.open([{ path: `again/${name}`, content: bytes, use: 'mask' }], {
            into: image,
          });
          expect(again.regions).toHaveLength(1);
          const placed = await engine.placeRegion(again, again.regions[0].id, series);
          expect(placed.findings.filter((f) => f.severity !== 'info')).toEqual([]);
          let different = 0;
          placed.mask.data.forEach((v, i) => (different += v === reference.data[i] ? 0 : 1));
          expect({ format, different, voxels: placed.voxels }).toEqual({ format, different: 0, voxels });
        }
      }
    },
    120_000,
  );
});

/** Every text, name, date, time and UID of a header that is long enough to be told from chance. */
function tellingWords(attributes: Attributes): string[] {
  // How the source itself was de-identified is a public code, which ours is too.
  const { '00120064': _method, ...rest } = attributes;
  const words = Object.values(rest).flatMap(({ vr, text = '', items = [] }) => [
    ...(/^(PN|DA|TM|DT|UI|LO|SH|ST|LT)$/.test(vr) ? text.split('\\') : []),
    ...items.flatMap(tellingWords),
  ]);
  return [...new Set(words.map((w) => w.replace(/\0/g, '').trim()))].filter(
    (w) => w.length > 4 && !w.startsWith('1.2.840.10008.') && !/^0*(\.0*)?$/.test(w),
  );
}

function errorsOf(bytes: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-'));
  try {
    writeFileSync(join(folder, 'x.dcm'), bytes);
    const { stdout, stderr } = spawnSync('dciodvfy', [join(folder, 'x.dcm')], { encoding: 'utf8' });
    if (process.env.SHOW_WARNINGS) console.log(stderr, stdout);
    return `${stdout}${stderr}`.split('\n').filter((line) => /^(Error|Abort)/.test(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
