import type { KineticMap, KineticResult } from '../../engine/kinetics/request.ts';
import { sameGrid } from '../../core/geometry.ts';

/** A quantity in two fits. */
export interface Compared {
  readonly id: string;
  readonly unit: string;
  /** Medians over the voxels with an answer; null where a fit has no such map. */
  readonly a: number | null;
  readonly b: number | null;
  /** Median of B − A over the voxels that both answer; null on different grids. */
  readonly paired: number | null;
}

/** Compares two fits, quantity by quantity: those of both first, then those of one. */
export function compareFits(a: KineticResult, b: KineticResult): Compared[] {
  const skipped = ['status', 'model'];
  const maps = (r: KineticResult) =>
    new Map(r.maps.filter((m) => !skipped.includes(m.id)).map((m) => [m.id, m]));
  const [inA, inB] = [maps(a), maps(b)];
  const ids = [...new Set([...inB.keys(), ...inA.keys()])];
  const shared = (id: string) => Number(!(inA.has(id) && inB.has(id)));
  return ids
    .toSorted((x, y) => shared(x) - shared(y))
    .map((id) => {
      const [first, second] = [inA.get(id), inB.get(id)];
      return {
        id,
        unit: (second ?? first)!.unit,
        a: first ? medianOf(first.volume.data) : null,
        b: second ? medianOf(second.volume.data) : null,
        paired: first && second ? pairedMedian(first, second) : null,
      };
    });
}

function pairedMedian(a: KineticMap, b: KineticMap): number | null {
  if (!sameGrid(a.volume.grid, b.volume.grid)) return null;
  return medianOf(Float32Array.from(b.volume.data, (v, at) => v - a.volume.data[at]!));
}

function medianOf(data: ArrayLike<number>): number | null {
  const sorted = Float32Array.from(data).filter(Number.isFinite).sort();
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
