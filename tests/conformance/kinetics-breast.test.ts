import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../src/core/dicom.ts';
import type { DecodedPixels, DicomInstance } from '../../src/core/instance.ts';
import { decodePixels } from '../../src/formats/dicom/decode.ts';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { modelFree } from '../../src/kinetics/model-free/model-free.ts';
import { assembleSeries } from '../../src/series/assemble.ts';
import { secondsOf } from '../../src/series/time-of-day.ts';
import { startVolume } from '../../src/series/volume.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const study = join(SHARED, 'samples/dce_breast_ucsf_br_06');

/** Volumes of the instances that `keep` lets through, in our order of slices. */
async function volumeOf(folder: string, keep: (i: DicomInstance) => boolean = () => true) {
  const pixels = new Map<string, DecodedPixels>();
  const instances: DicomInstance[] = [];
  for (const name of readdirSync(join(study, folder)).sort()) {
    const bytes = new Uint8Array(readFileSync(join(study, folder, name)));
    const instance = readDicom(bytes, name);
    if (instance.kind !== 'image' || !keep(instance)) continue;
    instances.push(instance);
    pixels.set(name, await decodePixels(bytes, instance));
  }
  const { series } = assembleSeries(instances);
  expect(series).toHaveLength(1);
  expect(series[0].size).toEqual([256, 256, 60, 1]);
  const filling = startVolume(series[0]);
  series[0].planes.forEach((p, k) => filling.put(k, p, pixels.get(series[0].files[p.file])!));
  return filling.volume;
}

const contentTime = (i: DicomInstance): string => textOf(i.attributes, '00080033') ?? '';

describe.skipIf(!HAS_SHARED)('breast maps of the makers of UCSF-BR-06', () => {
  // Each phase is picked by its ContentTime here, so that this judges the maps and not the ordering of phases.
  const expected = HAS_SHARED
    ? (JSON.parse(readFileSync(join(study, 'expected.json'), 'utf8')) as {
        content_times: string[];
        times_s: number[];
        mean_by_phase: number[];
        pe1_nonzero_voxels: number;
        ser_nonzero_voxels: number;
        ser_fraction_within_0_0011: number;
      })
    : undefined;
  let made: ReturnType<typeof modelFree>;
  let pe1: ArrayLike<number>;
  let ser: ArrayLike<number>;

  beforeAll(async () => {
    const times = expected!.content_times;
    const phases = [];
    for (const time of times)
      phases.push(await volumeOf('image_dce_3dfgre_orig', (i) => contentTime(i) === time));
    pe1 = (await volumeOf('image_dce_pe1')).data;
    ser = (await volumeOf('image_dce_ser')).data;
    const voxels = pe1.length;
    const curves = new Float32Array(3 * voxels);
    phases.forEach((p, f) => curves.set(p.data, f * voxels));
    expect(phases.map((p) => Float64Array.from(p.data).reduce((sum, x) => sum + x, 0) / voxels)).toEqual(
      expected!.mean_by_phase.map((mean) => expect.closeTo(mean, 4) as number),
    );
    const first = secondsOf(undefined, times[0], undefined)!;
    const seconds = Float64Array.from(times, (t) => secondsOf(undefined, t, undefined)! - first);
    expect(Array.from(seconds)).toEqual(expected!.times_s);
    made = modelFree(curves, seconds, { kind: 'signal', baseline: 1, early: 1 });
  }, 120_000);

  it('equals their percent enhancement, cut to whole percent, on every voxel that they filled', () => {
    const ours = made.maps['percent-enhancement'];
    let filled = 0;
    let equal = 0;
    for (let v = 0; v < pe1.length; v++) {
      if (pe1[v] === 0) continue;
      filled++;
      if (Math.trunc(ours[v]) === pe1[v]) equal++;
    }
    console.log(`PE1: ${equal} of ${filled} voxels equal`);
    expect(filled).toBe(expected!.pe1_nonzero_voxels);
    expect(equal).toBe(filled);
  });

  it('has their signal enhancement ratio within the step of its storage', () => {
    const ours = made.maps['signal-enhancement-ratio'];
    let filled = 0;
    let near = 0;
    for (let v = 0; v < ser.length; v++) {
      if (ser[v] === 0) continue;
      filled++;
      if (Math.abs(ours[v] - ser[v]) <= 0.0011) near++;
    }
    console.log(`SER: ${near} of ${filled} voxels within 0.0011 (${((100 * near) / filled).toFixed(2)} %)`);
    expect(filled).toBe(expected!.ser_nonzero_voxels);
    expect(near / filled).toBeGreaterThanOrEqual(expected!.ser_fraction_within_0_0011);
  });

  it('says that phases of six minutes have no initial area', () => {
    expect(made.unavailable.iauc60).toBe('too_few_frames');
    expect(made.maps.iauc60.every(Number.isNaN)).toBe(true);
  });
});
