import { describe, expect, it } from 'vitest';
import type { Mask, Volume } from '../../src/core/volume.ts';
import { extractFeatures } from '../../src/radiomics/extract.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../../src/radiomics/settings.ts';
import { placeRegion } from '../../src/regions/place/place.ts';
import {
  CHAIN_STEPS,
  type CohortRow,
  type ExtractionFacts,
} from '../../src/quality/rules/extraction-facts.ts';
import { piecesOf } from '../../src/quality/rules/region/pieces.ts';
import { REGION_RULES } from '../../src/quality/rules/region/rules.ts';
import { spearman } from '../../src/quality/rules/region/spearman.ts';
import { RULE_GROUPS, RULES } from '../../src/quality/rules/registry.ts';
import { madeCt } from './made-series.ts';
import { ball } from './regions.ts';
import { assessed, kept, raised, type Defect } from './seeded.ts';

/** Voxels of a region by a rule of place relative to its middle. */
const drawn =
  (inside: (x: number, y: number, z: number) => boolean) =>
  (volume: Volume): Mask[] => {
    const [mask] = ball(0)(volume);
    const [nx, ny, nz] = volume.grid.size;
    const data = new Uint8Array(nx * ny * nz);
    for (let i = 0; i < data.length; i++) {
      const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
      if (inside(x - nx / 2, y - ny / 2, z - (nz >> 1))) data[i] = 1;
    }
    return [{ ...mask!, data }];
  };

const fromMiddle = (x: number, y: number, z: number): number => Math.hypot(x, y, z);

const extraction = (
  mask: Mask,
  volume: Volume,
  change: Partial<ExtractionSettings> = {},
): ExtractionFacts => {
  const settings: ExtractionSettings = {
    ...DEFAULT_SETTINGS,
    families: ['morphology', 'intensity_statistics', 'glcm'],
    ...change,
  };
  const { rows, diagnostics, findings } = extractFeatures(volume, mask, settings, { kernels: null });
  return { settings, image: volume, mask, diagnostics, features: rows, findings };
};

const measuredWith =
  (change: Partial<ExtractionSettings>): Defect['facts'] =>
  (masks, volume) => ({ extractions: masks.map((m) => extraction(m, volume, change)) });

const changed =
  (change: (e: ExtractionFacts) => Partial<ExtractionFacts>): Defect['facts'] =>
  (masks, volume) => ({
    extractions: masks.map((m) => {
      const e = extraction(m, volume);
      return { ...e, ...change(e) };
    }),
  });

/** A square contour, mm, half a slice off the planes; `rise`: how much higher its far side lies. */
const squareAt =
  (z: number, rise = 0): Defect['facts'] =>
  (masks, { grid }) => {
    const points = [
      [-10, -10, z],
      [10, -10, z],
      [10, 10, z + rise],
      [-10, 10, z + rise],
    ] as const;
    const { findings } = placeRegion(
      {
        id: 'r',
        name: masks[0]!.name,
        colour: [255, 0, 0],
        origin: 'rtstruct',
        file: 'r.dcm',
        frameOfReference: '',
        findings: [],
        shape: { kind: 'contours', contours: [{ points }] },
      },
      { grid, frameOfReference: '' },
      { resample: false },
    );
    return { placing: [{ region: masks[0]!.name, method: 'rasterised', findings }] };
  };

const offPlane = squareAt(20.8);
const across = squareAt(20, 6);

const cohort = (feature: (i: number) => number): readonly CohortRow[] =>
  Array.from({ length: 12 }, (_, i) => ({ volume: 1000 + 100 * i, features: { texture: feature(i) } }));

const clean = ball(9);
const FIXED = { method: 'FBS', bins: 32, width: 1 } as const;

const DEFECTS: readonly Omit<Defect, 'files'>[] = [
  { rule: 'V-01', name: 'empty region', severity: 'block', masks: drawn(() => false) },
  {
    rule: 'V-01',
    name: 'region on another grid',
    severity: 'block',
    masks: (volume) =>
      clean(volume).map((m) => ({
        ...m,
        grid: { ...m.grid, affine: { ...m.grid.affine, origin: [0, 0, 0] as const } },
      })),
  },
  { rule: 'V-02', name: '33 voxels', severity: 'fail', masks: ball(2) },
  {
    rule: 'V-02',
    name: '7 voxels',
    severity: 'block',
    masks: ball(1),
    follows: { 'G-07': 'three voxels of 2 mm are less than two slices long' },
  },
  {
    rule: 'V-03',
    name: 'two balls side by side',
    severity: 'warn',
    masks: drawn((x, y, z) => fromMiddle(x - 8, y, z) <= 5 || fromMiddle(x + 8, y, z) <= 5),
  },
  {
    rule: 'V-04',
    name: 'hollow ball',
    severity: 'warn',
    masks: drawn((x, y, z) => fromMiddle(x, y, z) <= 9 && fromMiddle(x, y, z) > 4),
  },
  {
    rule: 'V-05',
    name: 'region through the last slice',
    severity: 'warn',
    masks: drawn((x, y, z) => fromMiddle(x, y, z - 8) <= 8),
  },
  {
    rule: 'V-06',
    name: 'slice forgotten in the middle',
    severity: 'warn',
    masks: drawn((x, y, z) => fromMiddle(x, y, z) <= 9 && z !== 2),
    follows: { 'V-03': 'a forgotten slice parts the region' },
  },
  { rule: 'V-07', name: 'contour between slices', severity: 'warn', masks: clean, facts: offPlane },
  { rule: 'V-07', name: 'contour across four slices', severity: 'fail', masks: clean, facts: across },
  {
    rule: 'V-08',
    name: 'range of half the tissue',
    severity: 'warn',
    masks: clean,
    facts: measuredWith({ resegmentation: { range: [34, 1000], outlier_sigma: null } }),
  },
  {
    rule: 'V-08',
    name: 'range of hardly any tissue',
    severity: 'fail',
    masks: ball(10),
    facts: measuredWith({ resegmentation: { range: [44, 1000], outlier_sigma: null } }),
  },
  {
    rule: 'V-09',
    name: 'fixed width without a lower bound',
    severity: 'fail',
    masks: clean,
    facts: measuredWith({ discretisation: FIXED }),
  },
  {
    rule: 'V-09',
    name: 'fixed width that gives few bins',
    severity: 'fail',
    masks: clean,
    facts: measuredWith({
      discretisation: { ...FIXED, width: 25 },
      resegmentation: { range: [-100, 300], outlier_sigma: null },
    }),
  },
  {
    rule: 'V-09',
    name: 'fixed width on arbitrary units',
    severity: 'fail',
    masks: clean,
    facts: (masks, volume) => ({
      extractions: masks.map((m) =>
        extraction(
          m,
          { ...volume, unit: 'arbitrary' },
          {
            discretisation: FIXED,
            resegmentation: { range: [-100, 300], outlier_sigma: null },
          },
        ),
      ),
    }),
  },
  {
    rule: 'V-10',
    name: '120 levels for 515 voxels',
    severity: 'warn',
    masks: ball(5),
    facts: measuredWith({ discretisation: { method: 'FBN', bins: 120, width: 25 } }),
  },
  {
    rule: 'V-11',
    name: 'voxels four times finer',
    severity: 'warn',
    masks: clean,
    facts: measuredWith({ interpolation: { ...resampledTo(0.5), image: 'linear' } }),
  },
  {
    rule: 'V-11',
    name: 'voxels 2.5 times coarser',
    severity: 'warn',
    masks: clean,
    facts: measuredWith({ interpolation: { ...resampledTo(5), image: 'linear' } }),
    follows: { 'V-02': 'fewer voxels are left', 'V-10': 'fewer voxels are left' },
  },
  {
    rule: 'V-12',
    name: 'cubic overshoot at the rim of the body',
    severity: 'warn',
    masks: drawn((x, y, z) => Math.abs(x - 22) <= 6 && Math.abs(y) <= 4 && Math.abs(z) <= 4),
    facts: measuredWith({ interpolation: { ...resampledTo(1.3), image: 'cubic' } }),
    follows: {
      'G-09': 'air beside the body is at the lowest stored value',
      'G-18': 'air and tissue have a mean near none',
    },
  },
  {
    rule: 'V-13',
    name: 'discretised before interpolation',
    severity: 'fail',
    masks: clean,
    facts: changed(() => ({ steps: ['conversion', 'segmentation', 'discretisation', 'interpolation'] })),
  },
  {
    rule: 'V-14',
    name: 'feature that follows the volume',
    severity: 'warn',
    masks: clean,
    facts: () => ({ cohort: cohort((i) => i * i) }),
  },
  {
    rule: 'V-14',
    name: 'constant feature',
    severity: 'warn',
    masks: clean,
    facts: () => ({ cohort: cohort(() => 1) }),
  },
  {
    rule: 'V-14',
    name: 'feature that is no number',
    severity: 'warn',
    masks: clean,
    facts: changed((e) => ({ features: e.features.map((f, i) => (i === 3 ? { ...f, value: NaN } : f)) })),
  },
  {
    rule: 'V-15',
    name: 'sphericity of 1.2',
    severity: 'fail',
    masks: clean,
    facts: changed((e) => ({
      features: e.features.map((f) => (f.tag === 'morph_sphericity' ? { ...f, value: 1.2 } : f)),
    })),
  },
  {
    rule: 'V-16',
    name: 'second reader drew half',
    severity: 'warn',
    masks: clean,
    facts: (_, volume) => ({ secondReader: ball(6)(volume) }),
  },
];

function resampledTo(mm: number) {
  return {
    spacing: [mm, mm, mm] as const,
    mask: 'linear' as const,
    mask_threshold: 0.5,
    round: false,
  };
}

describe('region rules on made series', () => {
  it('raise nothing on a clean region that was placed, measured and drawn twice', async () => {
    const all = await assessed({
      files: () => madeCt(),
      masks: clean,
      facts: (masks, volume) => ({
        placing: masks.map((m) => ({ region: m.name, method: 'same_grid', findings: [] })),
        extractions: masks.map((m) => extraction(m, volume)),
        cohort: cohort((i) => (i * 5) % 12),
        secondReader: masks,
      }),
    });
    expect(raised(all)).toEqual({});
    expect(all.results.filter((r) => r.id.startsWith('V-')).map((r) => `${r.id} ${r.severity}`)).toEqual(
      // Nothing is interpolated, so that V-11 and V-12 do not concern this region.
      REGION_RULES.filter((r) => !['V-11', 'V-12'].includes(r.id)).map((r) => `${r.id} pass`),
    );
  });

  it('raise nothing on the defaults for CT: a fixed width from a lower bound', async () => {
    const facts = measuredWith({
      discretisation: FIXED,
      resegmentation: { range: [-100, 300], outlier_sigma: null },
    });
    expect(raised(await assessed({ files: () => madeCt(), masks: clean, facts: facts! }))).toEqual({});
  });

  it('cannot be assessed without a region', async () => {
    const { results } = await assessed({ files: () => madeCt() });
    expect(new Set(results.filter((r) => r.id.startsWith('V-')).map((r) => r.severity))).toEqual(
      new Set(['na']),
    );
  });

  it.each(DEFECTS.map((d) => [d.rule, d.name, d] as const))('%s: %s', async (rule, _, defect) => {
    const found = kept(defect, raised(await assessed({ ...defect, files: () => madeCt() })));
    const others = Object.keys(found).filter((id) => id !== rule && !(id in (defect.follows ?? {})));
    expect({ [rule]: found[rule], others }).toEqual({ [rule]: defect.severity, others: [] });
  });

  it('every rule has a defect', () => {
    expect(REGION_RULES.map((r) => r.id).filter((id) => !DEFECTS.some((d) => d.rule === id))).toEqual([]);
  });
});

describe('all rules', () => {
  it('are 18 general, 17 of CT, 22 of MR, 15 of PET and 16 of regions: 88', () => {
    const count = (group: string) => RULES.filter((r) => r.id.startsWith(group)).length;
    expect(Object.fromEntries(['G', 'C', 'M', 'P', 'V'].map((g) => [g, count(g)]))).toEqual({
      G: 18,
      C: 17,
      M: 22,
      P: 15,
      V: 16,
    });
    expect(new Set(RULES.map((r) => r.id)).size).toBe(88);
  });

  it('have one measurement a quantity, and each quantity a name of its own', () => {
    const quantities = RULES.flatMap((r) => r.checks.map((c) => c.quantity));
    expect(new Set(quantities).size).toBe(quantities.length);
    for (const { rules, measures } of RULE_GROUPS)
      expect(rules.flatMap((r) => r.checks.map((c) => c.quantity)).filter((q) => !measures[q])).toEqual([]);
  });

  it('order of steps starts with conversion and ends with discretisation', () => {
    expect([CHAIN_STEPS[0], CHAIN_STEPS.at(-1)]).toEqual(['conversion', 'discretisation']);
  });
});

describe('pieces and ranks', () => {
  const masked = (size: [number, number, number], voxels: string): Mask => ({
    grid: {
      size,
      affine: {
        origin: [0, 0, 0],
        matrix: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
    },
    data: Uint8Array.from(voxels, Number),
    name: 'm',
    colour: [0, 0, 0],
  });

  it('voxels that touch by a corner are one piece, and the hole between four of them is closed', () => {
    const ring = masked([3, 3, 1], '010101010');
    expect(piecesOf(ring, 1)).toEqual([{ voxels: 4, first: 1, open: true }]);
    expect(piecesOf(masked([5, 1, 1], '10011'), 1).map((p) => p.voxels)).toEqual([1, 2]);
  });

  it('a hole in the middle of 27 voxels is one voxel', () => {
    const cube = masked([3, 3, 3], '1111111111111011111111111111'.slice(0, 27));
    expect(piecesOf(cube, 0)).toEqual([{ voxels: 1, first: 13, open: false }]);
  });

  it('Spearman with ties by hand: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4 give 0.9487', () => {
    expect(spearman(Float64Array.of(1, 2, 2, 3), Float64Array.of(1, 2, 3, 4))).toBeCloseTo(
      4.5 / Math.sqrt(4.5 * 5),
      12,
    );
  });
});
