import type { Grid, Vec3 } from '../../core/geometry.ts';
import { sameGrid, toPatient, toVoxel } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { clampVoxel, middleOf, planesOf, type Plane, type PlaneName } from './planes.ts';
import { sampleAt } from './sampling.ts';
import { wholeView, type View } from './view.ts';
import {
  initialWindow,
  opensInverted,
  presetsOf,
  quantilesOf,
  type Preset,
  type Quantiles,
  type Window,
} from './window.ts';

/** What a series opens with. */
export interface Opening {
  /** Same text, same series: window, zoom and crosshair are kept when the volume changes (phases). */
  readonly series: string;
  readonly stack: boolean;
  readonly inverted: boolean | undefined;
  readonly window: Window | undefined;
  /** The one plane to show, `any` for the one that was looked at last, or null for all. */
  readonly alone: PlaneName | 'any' | null;
}

const NO_QUANTILES: Quantiles = () => 0;

/** What all planes of a viewer share: the volume, the crosshair, the window, the views. */
export class ViewerState {
  volume = $state.raw<Volume | null>(null);
  planes = $state.raw<readonly Plane[]>([]);
  /** Voxel that all planes go through. */
  cursor = $state.raw<Vec3>([0, 0, 0]);
  window = $state.raw<Window>([0, 1]);
  inverted = $state(false);
  crosshair = $state(true);
  masks = $state(true);
  smooth = $state(true);
  maximised = $state<PlaneName | null>(null);
  /** Plane that last had the focus; its slice is the one read aloud. */
  active = $state<PlaneName | null>(null);
  views = $state.raw<Partial<Record<PlaneName, View>>>({});
  presets = $state.raw<readonly Preset[]>([]);
  #quantiles = NO_QUANTILES;
  #opened: (Opening & { readonly grid: Grid }) | undefined;

  /**
   * Takes a volume. A new series starts afresh; another phase of the same keeps everything the person set, also
   * when nothing is shown in between while it loads.
   */
  show(volume: Volume | null, opening: Opening): void {
    const before = this.#opened;
    this.volume = volume;
    if (volume === null) return;
    const sameGeometry =
      before !== undefined && before.stack === opening.stack && sameGrid(before.grid, volume.grid);
    const samePlace = sameGeometry && before.alone === opening.alone;
    this.#opened = { ...opening, grid: volume.grid };
    // A series on the same grid is looked at in the same place, to compare.
    if (!sameGeometry) {
      this.planes = planesOf(volume.grid, opening.stack);
      this.cursor = middleOf(volume.grid.size);
      this.views = {};
      this.active = this.planes[0]?.name ?? null;
    }
    if (!samePlace) this.maximised = opening.alone === 'any' ? this.#one() : opening.alone;
    if (sameGeometry && before.series === opening.series) return;
    this.#quantiles = quantilesOf(volume.data);
    this.presets = presetsOf(volume, this.#quantiles);
    this.#openWindow();
  }

  /** The next plane alone, in the order of the planes. */
  nextPlane(): PlaneName | null {
    const at = this.planes.findIndex(({ name }) => name === this.maximised);
    const next = this.planes[(at + 1) % this.planes.length];
    if (next && this.planes.length > 1) {
      this.maximised = next.name;
      this.active = next.name;
    }
    return this.maximised;
  }

  #one(): PlaneName | null {
    const names = this.planes.map(({ name }) => name);
    return (
      [this.maximised, this.active].find((name) => name !== null && names.includes(name)) ?? names[0] ?? null
    );
  }

  get hasGeometry(): boolean {
    return this.planes.length > 0 && this.planes[0]!.name !== 'stack';
  }

  view(plane: Plane): View {
    return this.views[plane.name] ?? wholeView(plane);
  }

  setView(plane: Plane, view: View): void {
    this.views = { ...this.views, [plane.name]: view };
  }

  moveTo(voxel: Vec3): void {
    if (!this.volume) return;
    const next = clampVoxel(this.volume.grid.size, voxel);
    if (next.some((n, axis) => n !== this.cursor[axis])) this.cursor = next;
  }

  /** Moves the crosshair to a patient position (mm, LPS), or to the nearest voxel of the grid. */
  moveToPatient(position: Vec3): void {
    if (this.volume && this.hasGeometry) this.moveTo(toVoxel(this.volume.grid.affine)(position));
  }

  /** Steps through the slices of a plane, up is positive. */
  step(plane: Plane, by: number): void {
    this.toSlice(plane, this.cursor[plane.normal] + by * plane.up);
  }

  toSlice(plane: Plane, slice: number): void {
    const next: [number, number, number] = [...this.cursor];
    next[plane.normal] = slice;
    this.moveTo(next);
  }

  toEnd(plane: Plane, side: 'top' | 'bottom'): void {
    const last = (side === 'top') === plane.up > 0;
    this.toSlice(plane, last ? plane.slices - 1 : 0);
  }

  /** Preset by its place, from 1. */
  preset(number: number): Preset | undefined {
    const preset = this.presets[number - 1];
    if (preset) this.window = preset.window;
    return preset;
  }

  /** Window, zoom, grey scale and planes as they were when the series opened; the crosshair stays. */
  reset(): void {
    if (!this.volume) return;
    this.views = {};
    this.#openWindow();
  }

  /** Place of a voxel in the data of the volume and of masks on its grid. */
  indexOf(voxel: Vec3): number {
    const [columns, rows] = this.volume?.grid.size ?? [0, 0];
    return voxel[0] + columns * (voxel[1] + rows * voxel[2]);
  }

  valueAt(voxel: Vec3): number {
    return this.volume?.data[this.indexOf(voxel)] ?? NaN;
  }

  /** Value of a map at a voxel: its own on the same grid, else between its voxels at the same patient position. */
  mapValueAt(map: Volume, voxel: Vec3): number {
    if (!this.volume) return NaN;
    if (sameGrid(map.grid, this.volume.grid)) return map.data[this.indexOf(voxel)] ?? NaN;
    const at = this.patientAt(voxel);
    return at ? sampleAt(map.data, map.grid.size, ...toVoxel(map.grid.affine)(at)) : NaN;
  }

  patientAt(voxel: Vec3): Vec3 | null {
    return this.volume && this.hasGeometry ? toPatient(this.volume.grid.affine, ...voxel) : null;
  }

  #openWindow(): void {
    if (!this.volume) return;
    this.window = initialWindow(this.volume, this.#quantiles, this.#opened?.window);
    this.inverted = (this.#opened?.inverted ?? false) !== opensInverted(this.volume);
  }
}
