import { sameGrid, type Vec3 } from '../../../core/geometry.ts';
import {
  onScreen,
  type PlaneScreen,
  type ToolKey,
  type ToolPoint,
  type ToolPress,
  type ViewerTool,
} from '../../viewer/tool.ts';

/** A click this near to the first corner closes the outline, CSS pixels; a finger covers more. */
const CLOSE = 9;
const CLOSE_FINGER = 22;

/** Corners by clicks, or one line by dragging; Enter, a double click or the first corner closes, Escape forgets it. */
export class OutlineTool implements ViewerTool {
  readonly cursor = 'crosshair';
  #revision = $state(0);
  #corners: ToolPoint[] = [];
  #here: ToolPoint | undefined;

  constructor(
    readonly id: 'polygon' | 'freehand',
    private readonly colour: () => string,
    private readonly close: (screen: PlaneScreen, corners: readonly Vec3[], erase: boolean) => void,
    private readonly keys: (key: ToolKey) => boolean,
  ) {}

  get revision(): number {
    return this.#revision;
  }

  down(at: ToolPoint, press: ToolPress): boolean {
    if (press.shift || press.ctrl) return false;
    if (!this.#onSame(at)) this.#corners = [];
    const [first] = this.#corners;
    const within = press.pointer === 'touch' ? CLOSE_FINGER : CLOSE;
    if (first && this.id === 'polygon' && this.#corners.length >= 3 && near(first, at, within))
      this.#finish(press.alt || press.eraser);
    else this.#corners.push(at);
    this.#revision++;
    return true;
  }

  move(at: ToolPoint): void {
    if (this.id === 'freehand' && this.#onSame(at)) this.#corners.push(at);
    this.hover(at);
  }

  up(_at: ToolPoint, press: ToolPress): void {
    if (this.id === 'freehand') this.#finish(press.alt || press.eraser);
  }

  hover(at: ToolPoint | undefined): void {
    this.#here = at;
    if (this.#corners.length > 0) this.#revision++;
  }

  twice(): boolean {
    if (this.#corners.length >= 3) this.#finish(false);
    return true;
  }

  cancel(): void {
    if (this.id === 'polygon') this.#corners.pop();
    else this.#corners = [];
    this.#revision++;
  }

  key(key: ToolKey, at: ToolPoint): boolean {
    if (key.ctrlKey || key.altKey || key.metaKey) return false;
    if (key.key === 'Escape' && this.#corners.length > 0) {
      this.#corners = [];
      this.#revision++;
      return true;
    }
    if (key.key === 'Enter') {
      const last = this.#corners.at(-1);
      if (this.#corners.length >= 3 && last && (near(last, at) || this.#here)) this.#finish(false);
      else if (this.#onSame(at) || this.#corners.length === 0) this.#corners.push(at);
      this.#revision++;
      return true;
    }
    return this.keys(key);
  }

  draw(context: CanvasRenderingContext2D, screen: PlaneScreen): void {
    const [first] = this.#corners;
    if (!first || !onePlane(first.screen, screen)) return;
    const points = this.#corners.map((c) => onScreen(screen, c.voxel));
    if (this.#here && this.#onSame(this.#here)) points.push(onScreen(screen, this.#here.voxel));
    for (const [width, style] of [
      [3.5, 'rgb(0 0 0 / 0.7)'],
      [1.5, this.colour()],
    ] as const) {
      context.beginPath();
      for (const { x, y } of points) context.lineTo(x, y);
      context.lineWidth = width;
      context.strokeStyle = style;
      context.stroke();
    }
    if (this.id === 'freehand') return;
    // What closing now would add.
    if (points.length >= 3) {
      context.beginPath();
      context.moveTo(points.at(-1)!.x, points.at(-1)!.y);
      context.lineTo(points[0]!.x, points[0]!.y);
      context.setLineDash([4, 4]);
      context.stroke();
      context.setLineDash([]);
    }
    for (const c of this.#corners) {
      const { x, y } = onScreen(screen, c.voxel);
      context.fillStyle = this.colour();
      context.fillRect(x - 3, y - 3, 6, 6);
    }
  }

  #onSame(at: ToolPoint): boolean {
    const from = this.#corners[0]?.screen;
    return from !== undefined && onePlane(from, at.screen);
  }

  #finish(erase: boolean): void {
    const corners = this.#corners;
    this.#corners = [];
    this.#revision++;
    if (corners.length >= 3)
      this.close(
        corners[0]!.screen,
        corners.map((c) => c.voxel),
        erase,
      );
  }
}

const onePlane = (a: PlaneScreen, b: PlaneScreen): boolean =>
  a.plane.name === b.plane.name && a.slice === b.slice && sameGrid(a.volume.grid, b.volume.grid);

const near = (a: ToolPoint, b: ToolPoint, within = CLOSE): boolean =>
  Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y) <= within;
