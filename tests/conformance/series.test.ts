import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toPatient, type Affine, type Vec3 } from '../../src/core/geometry.ts';
import type { DecodedPixels, DicomInstance } from '../../src/core/instance.ts';
import type { Series } from '../../src/core/series.ts';
import { decodePixels } from '../../src/formats/dicom/decode.ts';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { assembleSeries } from '../../src/series/assemble.ts';
import { startVolume } from '../../src/series/volume.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

interface Reference {
  readonly name: string;
  readonly shape: readonly number[];
  readonly affine_ras: readonly (readonly number[])[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

const corpus = join(SHARED, 'samples/dicom_conformance');
const groups = HAS_SHARED
  ? (
      JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as {
        series: { id: string; dcm2niix_volumes: Reference[] }[];
      }
    ).series
  : [];

async function read(folder: string) {
  const pixels = new Map<string, DecodedPixels>();
  const instances: DicomInstance[] = [];
  for (const name of readdirSync(folder)) {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const instance = readDicom(bytes, name);
    if (instance.kind !== 'image') continue;
    instances.push(instance);
    pixels.set(name, await decodePixels(bytes, instance));
  }
  return { ...assembleSeries(instances), pixels };
}

function summary(series: Series, pixels: ReadonlyMap<string, DecodedPixels>) {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let n = 0;
  const slices = series.size[2];
  for (let phase = 0; phase < series.size[3]; phase++) {
    const filling = startVolume(series);
    series.planes
      .slice(phase * slices, (phase + 1) * slices)
      .forEach((p, k) => filling.put(k, p, pixels.get(series.files[p.file])!));
    for (const v of filling.volume.data) {
      if (Number.isNaN(v)) continue;
      min = Math.min(min, v);
      max = Math.max(max, v);
      sum += v;
      n++;
    }
  }
  return { min, max, mean: sum / n };
}

/** The eight corners of a grid, RAS, in an order of their own: axes may be permuted and flipped. */
function corners(affine: Affine, size: readonly number[]): Vec3[] {
  const all: Vec3[] = [];
  for (let c = 0; c < 8; c++) {
    const at = [0, 1, 2].map((a) => ((c >> a) & 1 ? size[a] - 1 : 0));
    const [x, y, z] = toPatient(affine, at[0], at[1], at[2]);
    all.push([-x, -y, z]);
  }
  return all;
}

function referenceCorners({ affine_ras: m, shape }: Reference): Vec3[] {
  return Array.from({ length: 8 }, (_, c) => {
    const at = [0, 1, 2].map((a) => ((c >> a) & 1 ? shape[a] - 1 : 0));
    return [0, 1, 2].map(
      (r) => m[r][0] * at[0] + m[r][1] * at[1] + m[r][2] * at[2] + m[r][3],
    ) as unknown as Vec3;
  });
}

const far = (a: readonly Vec3[], b: readonly Vec3[]): number =>
  Math.max(...a.map((p) => Math.min(...b.map((q) => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])))));

/** What dcm2niix multiplies and we do not, or we and it does not; each stated by a finding. */
function scaleOf(s: Series, got: { max: number }, reference: Reference): number {
  if (s.unit === 'SUVbw') return reference.max / got.max;
  return s.findings.some((f) => f.id === 'M-08') ? reference.max / got.max : 1;
}

describe.skipIf(!HAS_SHARED)('series as dcm2niix makes them', () => {
  it.each(groups)('$id', async ({ id, dcm2niix_volumes: references }) => {
    const { series, pixels } = await read(join(corpus, 'series', id));
    const wrong: string[] = [];
    const free = new Set(series);
    for (const reference of references) {
      const [a, b, c, t = 1] = reference.shape;
      const voxels = a * b * c;
      const fitting = [...free].filter((s) => {
        if (!s.affine || s.size[0] * s.size[1] * s.size[2] !== voxels || s.size[3] !== t) return false;
        // Positions are printed with four decimals, which a hundred voxels multiply.
        return far(corners(s.affine, s.size), referenceCorners(reference)) < 0.03;
      });
      // Several series may lie at one place (localisers): the one with these values is meant.
      const off = (s: Series) => {
        const got = summary(s, pixels);
        const scale = scaleOf(s, got, reference);
        return (['min', 'max', 'mean'] as const)
          .filter((k) => Math.abs(got[k] * scale - reference[k]) > 1e-3 * Math.max(1, Math.abs(reference[k])))
          .map((k) => `${reference.name} ${k}: ${got[k] * scale} instead of ${reference[k]}`);
      };
      const best = fitting.map((s) => ({ s, off: off(s) })).sort((x, y) => x.off.length - y.off.length)[0];
      if (best) {
        free.delete(best.s);
        wrong.push(...best.off);
      } else wrong.push(`${reference.name} ${reference.shape.join('×')}`);
    }
    expect(
      wrong,
      series
        .map(
          (s) => `${s.uid.slice(-8)} ${s.size.join('×')} ${s.description} [${s.findings.map((f) => f.id)}]`,
        )
        .join('\n'),
    ).toEqual([]);
  });

  it('knows the three phases of the dynamic breast series by their content times', async () => {
    const folder = join(SHARED, 'samples/dce_breast_ucsf_br_06/image_dce_3dfgre_orig');
    const { series } = await read(folder);
    expect(series).toHaveLength(1);
    expect(series[0].size).toEqual([256, 256, 60, 3]);
    // Content times 10:25:51, 10:32:38 and 10:38:32.
    expect(series[0].times).toEqual([0, 407, 761]);
    // 15000 gauss.
    expect(series[0].protocol).toEqual({
      repetitionTime: [8.2, 8.2, 8.2],
      echoTime: [4.2, 4.2, 4.2],
      flipAngle: [20, 20, 20],
      fieldStrength: 1.5,
    });
  });

  it.each(['pe1', 'ser'])('lists the %s map of its makers as one volume', async (map) => {
    const { series } = await read(join(SHARED, `samples/dce_breast_ucsf_br_06/image_dce_${map}`));
    expect(series.map((s) => s.size)).toEqual([[256, 256, 60, 1]]);
  });
});
