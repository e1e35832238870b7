import type { Finding } from '../../core/finding.ts';
import { sameGrid, spacingOf, type Grid } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Mask } from '../../core/volume.ts';
import { regionFinding } from '../texts.ts';
import { alignment, carriedOver } from './aligned.ts';
import { rasterise } from './rasterise.ts';
import { resampled } from './resample.ts';

export interface Placed {
  readonly mask: Mask;
  readonly placement: 'same_grid' | 'rasterised' | 'resampled';
  readonly findings: readonly Finding[];
}

interface Target {
  readonly grid: Grid;
  readonly frameOfReference: string;
  /** UID of the series, `…#2` for the second image of one UID. */
  readonly uid?: string;
}

/**
 * Brings a region onto the grid of an image. Contours are rasterised; voxels on the same grid, or on voxels of it in
 * any order of axes (a part of the slices, a flipped label map), are taken over as they are; voxels on another grid are
 * refused unless `resample` is set. Findings say what was lost, moved or interpolated on the way (V-01, V-02, V-06, V-07).
 * @throws RefusedInput `region_grid_differs` with both grids in words.
 */
export function placeRegion(
  source: RegionSource,
  target: Target,
  { resample }: { readonly resample: boolean },
): Placed {
  const findings: Finding[] = [...source.findings, ...frameFindings(source, target)];
  const done = (data: Uint8Array, placement: Placed['placement']): Placed => {
    const first = data.indexOf(1);
    if (first < 0) findings.push(regionFinding('V-01-empty', 'block', source.name));
    else if (data.indexOf(1, first + 1) < 0) findings.push(regionFinding('V-02-one', 'fail', source.name));
    return {
      mask: { grid: target.grid, data, name: source.name, colour: source.colour },
      placement,
      findings,
    };
  };
  const { shape } = source;
  if (shape.kind === 'contours') {
    const { data, findings: said } = rasterise(shape.contours, target.grid, source.name);
    findings.push(...said);
    return done(data, 'rasterised');
  }
  if (sameGrid(shape.grid, target.grid)) return done(shape.data.slice(), 'same_grid');
  const aligned = alignment(shape.grid, target.grid);
  if (aligned) {
    const { data, outside } = carriedOver(shape.data, shape.grid, target.grid, aligned);
    if (outside > 0) findings.push(clippedFinding(source.name, outside / countOf(shape.data)));
    return done(data, 'same_grid');
  }
  if (!resample) {
    throw new RefusedInput('region_grid_differs', {
      region: source.name,
      expected: words(target.grid),
      received: words(shape.within ?? shape.grid),
    });
  }
  const { data, outside } = resampled(shape.data, shape.grid, target.grid);
  findings.push(regionFinding('V-07-resampled', 'info', source.name));
  if (outside > 0) findings.push(clippedFinding(source.name, outside));
  return done(data, 'resampled');
}

/** Positions in different frames of reference have nothing to do with each other, unless the files vouch for them. */
function frameFindings(source: RegionSource, target: Target): Finding[] {
  if (source.frameOfReference === '' || target.frameOfReference === '') return [];
  if (source.frameOfReference === target.frameOfReference) return [];
  const named =
    source.referencedSeries !== undefined && source.referencedSeries === target.uid?.replace(/#\d+$/, '');
  return [regionFinding('V-01-frame', named ? 'warn' : 'block', source.name, { frame: 'other' })];
}

const clippedFinding = (region: string, share: number): Finding =>
  regionFinding('V-01-clipped', share > 0.05 ? 'fail' : 'warn', region, {
    percent: Number((100 * share).toPrecision(3)),
  });

const countOf = (data: Uint8Array): number => data.reduce((n, v) => n + v, 0);

const words = ({ size, affine }: Grid): string =>
  `${size.join('×')}, ${spacingOf(affine)
    .map((s) => Number(s.toPrecision(4)))
    .join('×')} mm`;
