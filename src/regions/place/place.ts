import type { Finding } from '../../core/finding.ts';
import { sameGrid, spacingOf, toPatient, toVoxel, voxelCount, type Grid } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Mask } from '../../core/volume.ts';
import { regionFinding } from '../texts.ts';
import { rasterise } from './rasterise.ts';

export interface Placed {
  readonly mask: Mask;
  readonly placement: 'same_grid' | 'rasterised' | 'resampled';
  readonly findings: readonly Finding[];
}

interface Target {
  readonly grid: Grid;
  readonly frameOfReference: string;
}

/**
 * Brings a region onto the grid of an image. Contours are rasterised; voxels on the same grid, or on a part of it, are
 * taken over; voxels on another grid are refused unless `resample` is set.
 * @throws RefusedInput `region_grid_differs` with both grids in words.
 */
export function placeRegion(source: RegionSource, target: Target, { resample }: { readonly resample: boolean }): Placed {
  const findings: Finding[] = [...source.findings];
  const frames = [source.frameOfReference, target.frameOfReference];
  if (frames[0] !== '' && frames[1] !== '' && frames[0] !== frames[1]) findings.push(regionFinding('V-frame', 'warn', source.name));
  const done = (data: Uint8Array, placement: Placed['placement']): Placed => {
    if (!data.includes(1)) findings.push(regionFinding('V-01-empty', 'block', source.name));
    return { mask: { grid: target.grid, data, name: source.name, colour: source.colour }, placement, findings };
  };
  const { shape } = source;
  if (shape.kind === 'contours') {
    const { data, findings: said } = rasterise(shape.contours, target.grid, source.name);
    findings.push(...said);
    return done(data, 'rasterised');
  }
  if (sameGrid(shape.grid, target.grid)) return done(shape.data.slice(), 'same_grid');
  const offset = offsetWithin(shape.grid, target.grid);
  if (offset) return done(copied(shape.data, shape.grid, target.grid, offset), 'same_grid');
  if (!resample) {
    throw new RefusedInput('region_grid_differs', { region: source.name, expected: words(target.grid), received: words(shape.grid) });
  }
  findings.push(regionFinding('V-07-resampled', 'info', source.name));
  return done(resampled(shape.data, shape.grid, target.grid), 'resampled');
}

const words = ({ size, affine }: Grid): string =>
  `${size.join('×')}, ${spacingOf(affine).map((s) => Number(s.toPrecision(4))).join('×')} mm`;

/** Where the first voxel of `part` lies in `whole`, when their voxels coincide; undefined otherwise. */
function offsetWithin(part: Grid, whole: Grid): readonly [number, number, number] | undefined {
  const at = toVoxel(whole.affine)(part.affine.origin);
  const offset = at.map(Math.round) as [number, number, number];
  const moved: Grid = { size: part.size, affine: { origin: toPatient(whole.affine, ...offset), matrix: whole.affine.matrix } };
  return sameGrid(part, moved, 1e-2) ? offset : undefined;
}

function copied(data: Uint8Array, from: Grid, to: Grid, [di, dj, dk]: readonly [number, number, number]): Uint8Array {
  const out = new Uint8Array(voxelCount(to.size));
  const [nx, ny, nz] = from.size;
  for (let k = 0; k < nz; k++) {
    if (k + dk < 0 || k + dk >= to.size[2]) continue;
    for (let j = 0; j < ny; j++) {
      if (j + dj < 0 || j + dj >= to.size[1]) continue;
      for (let i = 0; i < nx; i++) {
        if (i + di < 0 || i + di >= to.size[0]) continue;
        out[i + di + to.size[0] * (j + dj + to.size[1] * (k + dk))] = data[i + nx * (j + ny * k)];
      }
    }
  }
  return out;
}

/** Linear interpolation of a 0/1 mask at each voxel centre of the target; inside from one half. */
function resampled(data: Uint8Array, from: Grid, to: Grid): Uint8Array {
  const out = new Uint8Array(voxelCount(to.size));
  const voxel = toVoxel(from.affine);
  const [nx, ny, nz] = from.size;
  const value = (i: number, j: number, k: number): number =>
    i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz ? 0 : data[i + nx * (j + ny * k)];
  // The map of indices is affine: one step along a row adds the same vector everywhere.
  const start = voxel(toPatient(to.affine, 0, 0, 0));
  const steps = [0, 1, 2].map((a) => {
    const p = voxel(toPatient(to.affine, a === 0 ? 1 : 0, a === 1 ? 1 : 0, a === 2 ? 1 : 0));
    return [p[0] - start[0], p[1] - start[1], p[2] - start[2]];
  });
  for (let k = 0, at = 0; k < to.size[2]; k++) {
    for (let j = 0; j < to.size[1]; j++) {
      for (let i = 0; i < to.size[0]; i++, at++) {
        const x = start[0] + i * steps[0][0] + j * steps[1][0] + k * steps[2][0];
        const y = start[1] + i * steps[0][1] + j * steps[1][1] + k * steps[2][1];
        const z = start[2] + i * steps[0][2] + j * steps[1][2] + k * steps[2][2];
        if (x <= -1 || y <= -1 || z <= -1 || x >= nx || y >= ny || z >= nz) continue;
        const i0 = Math.floor(x);
        const j0 = Math.floor(y);
        const k0 = Math.floor(z);
        let sum = 0;
        for (let c = 0; c < 8; c++) {
          const wx = c & 1 ? x - i0 : 1 - x + i0;
          const wy = c & 2 ? y - j0 : 1 - y + j0;
          const wz = c & 4 ? z - k0 : 1 - z + k0;
          sum += wx * wy * wz * value(i0 + (c & 1), j0 + ((c >> 1) & 1), k0 + (c >> 2));
        }
        // Ties come out of the arithmetic a hair below one half.
        if (sum >= 0.5 - 1e-9) out[at] = 1;
      }
    }
  }
  return out;
}
