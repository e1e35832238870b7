import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Grid } from '../../src/core/geometry.ts';
import type { Mask, Volume } from '../../src/core/volume.ts';
import type { Aggregation } from '../../src/radiomics/family.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../../src/radiomics/settings.ts';
import { SHARED } from '../shared.ts';

/** The published tables of IBSI 1 and the images they belong to, as far as the conformance tests need them. */

export interface ReferenceValue {
  readonly family: string;
  readonly tag: string;
  readonly name: string;
  readonly ibsi: string;
  readonly aggregation: Aggregation;
  readonly value: number;
  readonly tolerance: number;
}

export interface Reference {
  readonly features: readonly ReferenceValue[];
  readonly diagnostics?: readonly { tag: string; name: string; value: number; tolerance: number }[];
}

export const CASES = {
  digital_phantom: 'digital_phantom',
  configuration_a: 'ct_phantom_config_A',
  configuration_b: 'ct_phantom_config_B',
  configuration_d: 'ct_phantom_config_D',
} as const;
export type CaseId = keyof typeof CASES;

export const readReference = (id: CaseId): Reference =>
  JSON.parse(readFileSync(join(SHARED, 'reference/ibsi1', `${CASES[id]}.json`), 'utf8')) as Reference;

const CT: ExtractionSettings = {
  ...DEFAULT_SETTINGS,
  image: { round_on_load: true },
  resegmentation: { range: [-500, 400], outlier_sigma: null },
};
const IN_PLANE = { image: 'linear', mask: 'linear', mask_threshold: 0.5, round: true } as const;

/** Settings of each case; the digital phantom is measured in both approaches. */
export const SETTINGS: Readonly<Record<CaseId, readonly ExtractionSettings[]>> = {
  digital_phantom: (['2D', '3D'] as const).map((approach) => ({
    ...DEFAULT_SETTINGS,
    approach,
    discretisation: { method: 'none', bins: 6, width: 1 },
  })),
  configuration_a: [{ ...CT, approach: '2D', discretisation: { method: 'FBS', bins: 32, width: 25 } }],
  configuration_b: [
    {
      ...CT,
      approach: '2D',
      interpolation: { ...IN_PLANE, spacing: [2, 2, null] },
      discretisation: { method: 'FBN', bins: 32, width: 25 },
    },
  ],
  configuration_d: [
    {
      ...CT,
      approach: '3D',
      interpolation: { ...IN_PLANE, spacing: [2, 2, 2] },
      resegmentation: { range: null, outlier_sigma: 3 },
      discretisation: { method: 'FBN', bins: 32, width: 25 },
    },
  ],
};

/** Image and mask of a case, from the NIfTI files of the data set. Axes are kept in file order. */
export function readCase(id: CaseId): { volume: Volume; mask: Mask } {
  const folder = join(
    SHARED,
    'reference/ibsi1/images',
    id === 'digital_phantom' ? 'digital_phantom' : 'ct_phantom/nifti',
  );
  const image = readPlainNifti(join(folder, 'image/phantom.nii.gz'));
  const mask = readPlainNifti(join(folder, 'mask/mask.nii.gz'));
  const data = Uint8Array.from(mask.data, (v) => (v === 0 ? 0 : 1));
  return {
    volume: {
      grid: image.grid,
      data: image.data,
      unit: id === 'digital_phantom' ? 'arbitrary' : 'HU',
      modality: id === 'digital_phantom' ? '' : 'CT',
    },
    mask: { grid: mask.grid, data, name: 'region', colour: [255, 0, 0] },
  };
}

/** Reads only what these files hold: NIfTI-1, little endian, axes along the coordinate axes. */
export function readPlainNifti(path: string): { grid: Grid; data: Float64Array } {
  const bytes = gunzipSync(readFileSync(path));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = [42, 44, 46].map((at) => view.getInt16(at, true)) as [number, number, number];
  const spacing = [80, 84, 88].map((at) => view.getFloat32(at, true)) as [number, number, number];
  const start = view.getFloat32(108, true);
  const slope = view.getFloat32(112, true) || 1;
  const intercept = view.getFloat32(116, true);
  const type = view.getInt16(70, true);
  const read: Record<number, [number, (at: number) => number]> = {
    2: [1, (at) => view.getUint8(at)],
    4: [2, (at) => view.getInt16(at, true)],
    8: [4, (at) => view.getInt32(at, true)],
    16: [4, (at) => view.getFloat32(at, true)],
    64: [8, (at) => view.getFloat64(at, true)],
    256: [1, (at) => view.getInt8(at)],
    512: [2, (at) => view.getUint16(at, true)],
  };
  const [bytesEach, get] = read[type]!;
  const data = Float64Array.from(
    { length: size[0] * size[1] * size[2] },
    (_, i) => get(start + i * bytesEach) * slope + intercept,
  );
  const matrix = [
    [spacing[0], 0, 0],
    [0, spacing[1], 0],
    [0, 0, spacing[2]],
  ] as const;
  return { grid: { size, affine: { origin: [0, 0, 0], matrix } }, data };
}

/**
 * The comparison rule of the tables: three significant digits, then the tolerance. Figures that are themselves
 * printed with more digits (voxel counts, 3065) are compared as they are.
 */
export function withinTolerance(got: number | null, value: number, tolerance: number): boolean {
  if (got === null) return false;
  const printed = Number(value.toPrecision(3)) === value;
  const compared = printed ? Number(got.toPrecision(3)) : got;
  return Math.abs(compared - value) <= tolerance + 1e-9 * Math.max(1e-3, Math.abs(value));
}
