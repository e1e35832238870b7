import type { KernelModule } from '../../core/kernel-module.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { extractFeatures, type ExtractedFeature } from '../../radiomics/extract.ts';
import type { Aggregation } from '../../radiomics/family.ts';
import { FAMILIES } from '../../radiomics/registry.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../../radiomics/settings.ts';
import {
  PHANTOM_IMAGE,
  PHANTOM_MASK,
  PHANTOM_REFERENCE,
  PHANTOM_SIZE,
  PHANTOM_SPACING,
} from './ibsi-digital-phantom.ts';

/** One reference value and what was computed for it. */
export interface SelfTestRow {
  readonly family: string;
  readonly tag: string;
  readonly name: string;
  readonly aggregation: Aggregation;
  readonly expected: number;
  readonly tolerance: number;
  /** Null when the feature was not computed. */
  readonly got: number | null;
  readonly pass: boolean;
}

/** The phantom as volume and mask. */
export function digitalPhantom(): { volume: Volume; mask: Mask } {
  const grid = {
    size: PHANTOM_SIZE,
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [PHANTOM_SPACING, 0, 0],
        [0, PHANTOM_SPACING, 0],
        [0, 0, PHANTOM_SPACING],
      ],
    },
  } as const;
  return {
    volume: { grid, data: Float32Array.from(PHANTOM_IMAGE), unit: 'arbitrary', modality: '' },
    mask: { grid, data: Uint8Array.from(PHANTOM_MASK), name: 'phantom', colour: [255, 255, 255] },
  };
}

/**
 * Does a computed value agree with a reference value? IBSI rule: round to three significant digits, then compare
 * with the tolerance (the slack of 1e-9 relative forgives the decimal printing of binary numbers).
 */
export function agrees(got: number, expected: number, tolerance: number): boolean {
  const rounded = Number(got.toPrecision(3));
  return Math.abs(rounded - expected) <= tolerance + 1e-9 * Math.max(1e-3, Math.abs(expected));
}

/** The phantom is computed as it stands: grey levels 1 to 6 are its intensities. */
export function phantomSettings(approach: '2D' | '3D'): ExtractionSettings {
  return { ...DEFAULT_SETTINGS, approach, discretisation: { method: 'none', bins: 6, width: 1 } };
}

/** Every reference value of the digital phantom against what this machine computes, in the 2D and the 3D approach. */
export function runSelfTest(kernels: KernelModule | null): SelfTestRow[] {
  const { volume, mask } = digitalPhantom();
  const computed = (['2D', '3D'] as const).flatMap(
    (approach) => extractFeatures(volume, mask, phantomSettings(approach), { kernels }).rows,
  );
  return againstReference(
    computed,
    FAMILIES.map((f) => f.id),
  );
}

/** Every reference value of the given families beside what was computed for it. */
export function againstReference(
  values: readonly Pick<ExtractedFeature, 'tag' | 'aggregation' | 'value'>[],
  families: readonly string[],
): SelfTestRow[] {
  const computed = new Map(values.map((v) => [`${v.tag} ${v.aggregation}`, v.value]));
  const names = new Map(FAMILIES.flatMap((f) => f.features.map((d) => [d.tag, d.name])));
  const rows: SelfTestRow[] = [];
  for (const [family, tags] of Object.entries(PHANTOM_REFERENCE)) {
    if (!families.includes(family)) continue;
    for (const [tag, values] of Object.entries(tags)) {
      for (const [aggregation, [expected, tolerance]] of Object.entries(values)) {
        const got = computed.get(`${tag} ${aggregation}`) ?? null;
        rows.push({
          family,
          tag,
          name: names.get(tag) ?? tag,
          aggregation: aggregation as Aggregation,
          expected,
          tolerance,
          got,
          pass: got !== null && agrees(got, expected, tolerance),
        });
      }
    }
  }
  return rows;
}
