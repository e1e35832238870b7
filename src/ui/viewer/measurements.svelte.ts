import { length, subtract, toPatient, type Affine, type Vec3 } from '../../core/geometry.ts';
import { hasGeometry, type PlaneName } from './planes.ts';

export type MeasurementKind = 'distance' | 'profile';

/** A line on a series: its length is measured, or the intensities along it. */
export interface Measurement {
  readonly id: number;
  readonly kind: MeasurementKind;
  /** The series it lies on, as the viewer names it. */
  readonly series: string;
  /** Plane it was drawn on and is shown on. */
  readonly plane: PlaneName;
  /** Ends, voxel index, fractional: whole numbers are voxel centres. */
  readonly ends: readonly [Vec3, Vec3];
}

/** Length of a line between two voxel indices: mm, or pixels where the files give no geometry. */
export function lengthOf(
  affine: Affine,
  [a, b]: readonly [Vec3, Vec3],
  geometry = hasGeometry(affine),
): { readonly value: number; readonly unit: 'mm' | 'px' } {
  if (!geometry) return { value: length(subtract(b, a)), unit: 'px' };
  return { value: length(subtract(toPatient(affine, ...b), toPatient(affine, ...a))), unit: 'mm' };
}

/** The measurements of a study; those of a series that is not on screen wait. */
export class Measurements {
  list = $state.raw<readonly Measurement[]>([]);
  selected = $state<number | null>(null);
  #next = 1;

  of(series: string): readonly Measurement[] {
    return this.list.filter((m) => m.series === series);
  }

  add(measurement: Omit<Measurement, 'id'>): Measurement {
    const added = { ...measurement, id: this.#next++ };
    this.list = [...this.list, added];
    this.selected = added.id;
    return added;
  }

  /** Puts one end of a measurement elsewhere. */
  moveEnd(id: number, end: 0 | 1, to: Vec3): void {
    this.list = this.list.map((m) =>
      m.id === id ? { ...m, ends: end === 0 ? [to, m.ends[1]] : [m.ends[0], to] } : m,
    );
  }

  remove(id: number): void {
    this.list = this.list.filter((m) => m.id !== id);
    if (this.selected === id) this.selected = null;
  }

  clear(): void {
    this.list = [];
    this.selected = null;
  }
}
