import type { Grid } from '../../core/geometry.ts';
import type { Localised } from '../../core/localised.ts';
import type { Volume } from '../../core/volume.ts';
import type { KineticMap } from './request.ts';

/** A map that fills as its voxels are fitted; NaN elsewhere. */
export class GrowingMap {
  private readonly data: Float32Array;

  constructor(
    private readonly id: string,
    private readonly name: Localised,
    private readonly unit: string,
    private readonly grid: Grid,
    private readonly modality: string,
  ) {
    const [nx, ny, nz] = grid.size;
    this.data = new Float32Array(nx * ny * nz).fill(Number.NaN);
  }

  /** Puts the values of some voxels in their places; `keep` says which have an answer. */
  put(places: Uint32Array, values: Float32Array, keep: (voxel: number) => boolean): void {
    for (let v = 0; v < places.length; v++) if (keep(v)) this.data[places[v]] = values[v];
  }

  finish(): KineticMap {
    const volume: Volume = { grid: this.grid, data: this.data, unit: this.unit, modality: this.modality };
    return { id: this.id, name: this.name, unit: this.unit, volume, range: shownRange(this.data) };
  }
}

/** From 0 (or the 2nd percentile of values on both sides of it) to the 98th percentile, never empty. */
function shownRange(data: Float32Array): readonly [number, number] {
  const sorted = data.filter((v) => Number.isFinite(v)).sort();
  if (sorted.length === 0) return [0, 1];
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  const low = Math.min(0, at(0.02));
  const high = at(0.98);
  return [low, high > low ? high : low + 1];
}
