import type { KernelModule } from '../../core/kernel-module.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { extractFeatures } from '../../radiomics/extract.ts';
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

/** Every reference value of the digital phantom against what this machine computes, in the 2D and the 3D approach. */
export function runSelfTest(kernels: KernelModule | null): SelfTestRow[] {
  const { volume, mask } = digitalPhantom();
  const computed = new Map<string, { value: number | null; name: string }>();
  for (const approach of ['2D', '3D'] as const) {
    const settings: ExtractionSettings = {
      ...DEFAULT_SETTINGS,
      approach,
      discretisation: { method: 'none', bins: 6, width: 1 },
    };
    for (const row of extractFeatures(volume, mask, settings, { kernels }).rows) {
      computed.set(`${row.tag} ${row.aggregation}`, { value: row.value, name: row.name });
    }
  }
  const rows: SelfTestRow[] = [];
  for (const [family, tags] of Object.entries(PHANTOM_REFERENCE)) {
    if (!FAMILIES.some((f) => f.id === family)) continue;
    for (const [tag, values] of Object.entries(tags)) {
      for (const [aggregation, [expected, tolerance]] of Object.entries(values)) {
        const { value: got = null, name = tag } = computed.get(`${tag} ${aggregation}`) ?? {};
        rows.push({
          family,
          tag,
          name,
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
