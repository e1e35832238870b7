import type { Vec3 } from '../../core/geometry.ts';
import type { Measurement, MeasurementKind, Measurements } from './measurements.svelte.ts';
import { placeAt } from './plane-frame.ts';
import {
  onScreen,
  type PlaneScreen,
  type ToolKey,
  type ToolPoint,
  type ToolPress,
  type ViewerTool,
} from './tool.ts';
import type { Point } from './view.ts';

/** How near to an end a press has to be to take it, CSS pixels; a finger is blunter. */
const REACH = { mouse: 8, pen: 8, touch: 20 } as const;
/** A press that wandered less is a click: the other end then follows the pointer until the next click. */
const CLICK = 4;

/** A measurement that lies in the slice on screen: on its plane, both ends within half a voxel. */
export const liesIn = (m: Measurement, { plane, slice }: Pick<PlaneScreen, 'plane' | 'slice'>): boolean =>
  m.plane === plane.name && m.ends.every((end) => Math.abs(placeAt(plane, end).slice - slice) < 0.5);

/**
 * Draws lines to measure, and moves the ends of those that are there. Without a `kind` in hand it only takes ends, and
 * leaves everything else to the viewer. Drag, or click at both ends, or Enter at both places of the crosshair.
 */
export class MeasureTool implements ViewerTool {
  readonly id = 'measure';
  readonly #measurements: Measurements;
  /** What is in hand; null for nothing. */
  kind = $state<MeasurementKind | null>(null);
  /** The series on screen, as the viewer names it. */
  series = '';
  /** A line whose second end is not set yet. */
  #pending = $state.raw<{ readonly from: ToolPoint; readonly to: ToolPoint } | null>(null);
  #held: { readonly id: number; readonly end: 0 | 1; readonly before: Vec3 } | null = null;
  #pressed: Point | null = null;
  #revision = $state(0);
  /** Called when a line is finished. */
  onfinished: ((m: Measurement) => void) | undefined;

  constructor(measurements: Measurements) {
    this.#measurements = measurements;
  }

  get revision(): number {
    return this.#revision;
  }

  get cursor(): string {
    return this.kind ? 'crosshair' : '';
  }

  /** Takes a kind in hand, or puts down the one that is. */
  take(kind: MeasurementKind | null): void {
    this.kind = kind;
    this.cancel();
  }

  down(at: ToolPoint, press: ToolPress): boolean {
    if (press.shift || press.ctrl) return false;
    this.#pressed = at.at;
    if (this.#pending) {
      this.#finish(at);
      return true;
    }
    const held = this.#endAt(at, REACH[press.pointer]);
    if (held) {
      this.#held = held;
      this.#measurements.selected = held.id;
      return true;
    }
    if (!this.kind || !at.inside) return false;
    this.#show({ from: at, to: at });
    return true;
  }

  move(at: ToolPoint): void {
    if (this.#held) this.#measurements.moveEnd(this.#held.id, this.#held.end, at.voxel);
    else if (this.#pending) this.#show({ from: this.#pending.from, to: at });
  }

  up(at: ToolPoint): void {
    const wandered = this.#pressed
      ? Math.hypot(at.at.x - this.#pressed.x, at.at.y - this.#pressed.y)
      : Infinity;
    this.#pressed = null;
    if (this.#held) this.#held = null;
    else if (this.#pending && wandered > CLICK) this.#finish(at);
  }

  hover(at: ToolPoint | undefined): void {
    if (this.#pending && at && this.#onSame(at)) this.#show({ from: this.#pending.from, to: at });
  }

  cancel(): void {
    if (this.#held) this.#measurements.moveEnd(this.#held.id, this.#held.end, this.#held.before);
    this.#held = null;
    this.#pressed = null;
    this.#show(null);
  }

  key({ key, ctrlKey, altKey, metaKey, shiftKey }: ToolKey, at: ToolPoint): boolean {
    if (ctrlKey || altKey || metaKey || shiftKey) return false;
    if (key === 'Enter' && this.kind) {
      if (this.#pending) this.#finish(at);
      else this.#show({ from: at, to: at });
      return true;
    }
    if (key === 'Escape' && (this.kind || this.#pending || this.#held)) {
      if (this.#pending || this.#held) this.cancel();
      else this.take(null);
      return true;
    }
    if ((key === 'Delete' || key === 'Backspace') && this.#measurements.selected !== null) {
      this.#measurements.remove(this.#measurements.selected);
      return true;
    }
    return false;
  }

  /** The ends of the line that is being drawn in this slice. */
  pending({ plane, slice }: Pick<PlaneScreen, 'plane' | 'slice'>): readonly [Vec3, Vec3] | null {
    const { from, to } = this.#pending ?? {};
    if (!from || !to || from.screen.plane.name !== plane.name || from.screen.slice !== slice) return null;
    return [from.voxel, to.voxel];
  }

  #show(pending: { readonly from: ToolPoint; readonly to: ToolPoint } | null): void {
    this.#pending = pending;
    this.#revision++;
  }

  #onSame(at: ToolPoint): boolean {
    const from = this.#pending?.from.screen;
    return from?.plane.name === at.screen.plane.name && from.slice === at.screen.slice;
  }

  #finish(at: ToolPoint): void {
    const pending = this.#pending;
    // An end on another slice or plane is no line of this one: it begins anew there.
    if (!pending || !this.kind || !this.#onSame(at)) {
      this.#show(this.kind && at.inside ? { from: at, to: at } : null);
      return;
    }
    this.#show(null);
    if (pending.from.voxel.every((v, axis) => v === at.voxel[axis])) return;
    const { plane } = at.screen;
    const made = this.#measurements.add({
      kind: this.kind,
      series: this.series,
      plane: plane.name,
      ends: [pending.from.voxel, at.voxel],
    });
    this.onfinished?.(made);
  }

  #endAt(at: ToolPoint, reach: number): { id: number; end: 0 | 1; before: Vec3 } | null {
    for (const m of this.#measurements.of(this.series).toReversed()) {
      if (!liesIn(m, at.screen)) continue;
      for (const end of [1, 0] as const) {
        const { x, y } = onScreen(at.screen, m.ends[end]);
        if (Math.hypot(x - at.at.x, y - at.at.y) <= reach) return { id: m.id, end, before: m.ends[end] };
      }
    }
    return null;
  }
}
