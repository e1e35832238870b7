import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { Finding } from '../../core/finding.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { failedFinding, type ExtractedFeature, type Extraction, type ExtractOptions } from '../extract.ts';
import type { Aggregation } from '../family.ts';
import { columnName } from '../names.ts';
import type { RegionSample } from '../region-sample.ts';
import { FAMILIES } from '../registry.ts';
import type { ExtractionSettings } from '../settings.ts';
import { mergesAngles } from './angles.ts';
import { preparePyradiomics } from './chain.ts';
import type { ClassValues } from './class.ts';
import { CLASSES, counterpartOf, namesOf, type FeatureClass } from './classes.ts';

/**
 * Features of one region by the definitions of PyRadiomics 3 as a whole: its image chain, its bins, its matrices and
 * formulas, under its names. What differs from the original all the same is listed in docs/pyradiomics.md.
 * @throws RefusedInput as `preparePyradiomics`, and `settings_invalid` for unknown classes, features or families.
 */
export function extractPyradiomics(
  volume: Volume,
  mask: Mask,
  settings: ExtractionSettings,
  { kernels, context = {}, clock }: ExtractOptions,
): Extraction {
  const chosen = chosenFeatures(settings);
  const times: Record<string, number> = {};
  const timed = <T>(id: string, work: () => T): T => {
    const start = clock?.() ?? 0;
    const result = work();
    if (clock) times[id] = clock() - start;
    return result;
  };
  const prepared = timed('chain', () => preparePyradiomics(volume, mask, settings, kernels));
  const { sample } = prepared;
  const planar = settings.approach === '2D';
  const across = planar ? settings.pyradiomics.force2d_dimension : 0;
  const cropped: RegionSample = { ...sample, morphological: sample.intensity };
  const samples = {
    intensities: cropped,
    texture: turned(cropped, across),
    shape: sample,
  };
  const rows: ExtractedFeature[] = [];
  const problems: Finding[] = [];
  chosen.forEach(({ of, names }, i) => {
    context.checkCancelled?.();
    context.onProgress?.(0.3 + (0.7 * i) / chosen.length, of.id);
    const region = of.id === 'shape2D' ? turned(sample, across) : samples[of.measures];
    let values: ClassValues;
    try {
      values = timed(of.id, () => of.compute({ sample: region, planar, settings, kernels }));
    } catch (error) {
      values = 'computation_failed';
      problems.push(failedFinding(mask.name, of.id, error));
    }
    if (values === 'region_empty' && sample.intensity.includes(1)) values = 'too_many_levels';
    for (const name of names) rows.push(rowOf(of, name, values, settings, sample.unit));
  });
  context.onProgress?.(1);
  return {
    rows,
    diagnostics: prepared.diagnostics,
    findings: [...prepared.findings, ...problems],
    provenance: prepared.provenance,
    times,
  };
}

/** Classes in the order of the original, with the names asked for. Without a choice: all but shape2D. */
function chosenFeatures({
  families,
  pyradiomics: { features },
}: ExtractionSettings): { of: FeatureClass; names: readonly string[] }[] {
  const refuse = (key: string, expected: readonly string[], received: string): RefusedInput =>
    new RefusedInput('settings_invalid', { key, expected: expected.join(', '), received });
  for (const id of families ?? []) {
    if (!FAMILIES.some((f) => f.id === id)) {
      throw refuse(
        'families',
        FAMILIES.map((f) => f.id),
        id,
      );
    }
  }
  const ids = CLASSES.map((c) => c.id);
  for (const id of Object.keys(features ?? {}))
    if (!ids.includes(id)) throw refuse('pyradiomics.features', ids, id);
  return CLASSES.flatMap((of) => {
    const wanted = features === null ? of.id !== 'shape2D' : Object.hasOwn(features, of.id);
    if (!wanted || (families !== null && !of.families.some((f) => families.includes(f)))) return [];
    const listed = features?.[of.id] ?? null;
    for (const name of listed ?? []) {
      if (!namesOf(of).includes(name)) throw refuse(`pyradiomics.features.${of.id}`, namesOf(of), name);
    }
    return [{ of, names: listed === null ? of.features : namesOf(of).filter((n) => listed.includes(n)) }];
  });
}

function rowOf(
  of: FeatureClass,
  name: string,
  values: ClassValues,
  settings: ExtractionSettings,
  imageUnit: string,
): ExtractedFeature {
  const tag = `${of.id}_${name}`;
  const { ibsi, unit } = counterpartOf(tag);
  const aggregation = aggregationOf(of, settings);
  const value = typeof values === 'string' ? NaN : (values[name] ?? NaN);
  return {
    tag,
    ibsi,
    family: of.id,
    name,
    column: columnName({ tag, aggregation }, 'pyradiomics'),
    aggregation,
    value: Number.isFinite(value) ? value : null,
    unit: imageUnit === 'arbitrary' ? unit : unit.replace('intensity', imageUnit),
    ...(Number.isFinite(value) ? {} : { reason: typeof values === 'string' ? values : 'zero_denominator' }),
  };
}

/** The IBSI word nearest to how the class combines its matrices; slices are merged in the 2D approach. */
function aggregationOf({ angles, measures }: FeatureClass, settings: ExtractionSettings): Aggregation {
  const dimension = settings.approach === '2D' && measures === 'texture' ? '2.5D' : '3D';
  return angles ? `${dimension}:${mergesAngles(settings) ? 'mrg' : 'avg'}` : dimension;
}

/** The sample with the axis across the slices (0: z, 1: y, 2: x) as its third. */
function turned(sample: RegionSample, across: 0 | 1 | 2): RegionSample {
  if (across === 0) return sample;
  const order = across === 1 ? ([0, 2, 1] as const) : ([1, 2, 0] as const);
  const [nx, ny] = sample.size;
  const stride = [1, nx, nx * ny] as const;
  const size = order.map((a) => sample.size[a]) as unknown as Size3;
  const turn = <T extends Uint8Array | Uint16Array | Float64Array>(from: T, to: T): T => {
    for (let z = 0, at = 0; z < size[2]; z++) {
      for (let y = 0; y < size[1]; y++) {
        for (let x = 0; x < size[0]; x++, at++) {
          to[at] = from[x * stride[order[0]] + y * stride[order[1]] + z * stride[order[2]]]!;
        }
      }
    }
    return to;
  };
  const d = sample.discretised;
  return {
    ...sample,
    size,
    spacing: order.map((a) => sample.spacing[a]) as unknown as Vec3,
    image: turn(sample.image, new Float64Array(sample.image.length)),
    morphological: turn(sample.morphological, new Uint8Array(sample.image.length)),
    intensity: turn(sample.intensity, new Uint8Array(sample.image.length)),
    discretised: d && { ...d, levels: turn(d.levels, new Uint16Array(d.levels.length)) },
  };
}
