import { sameGrid, type Vec3 } from '../../../core/geometry.ts';
import type { PlaneScreen, ToolKey, ToolPoint, ToolPress, ViewerTool } from '../../viewer/tool.ts';
import { onScreen } from '../../viewer/tool.ts';
import { discOutline, leastRadius } from './disc.ts';
import { hand } from './hand.svelte.ts';

/** A stroke under way, wherever it paints. */
export interface HandStroke {
  move(point: Vec3): void;
  end(): void;
  cancel(): void;
}

/**
 * Paints while the hand is dragged and shows its circle. `begin` says where a stroke goes, `eraser` that it is drawn with
 * the far end of a pen; null when it cannot.
 * @param keys what other keys do, such as B and E
 */
export class BrushTool implements ViewerTool {
  readonly cursor = 'none';
  #revision = $state(0);
  #at: ToolPoint | undefined;
  #stroke: HandStroke | null = null;

  constructor(
    readonly id: string,
    private readonly colour: () => string,
    private readonly begin: (screen: PlaneScreen, radius: number, eraser: boolean) => HandStroke | null,
    private readonly keys: (key: ToolKey) => boolean,
    /** mm, at most. */
    private readonly most = Infinity,
  ) {}

  get revision(): number {
    void hand.radius;
    return this.#revision;
  }

  down(at: ToolPoint, press: ToolPress): boolean {
    if (press.shift || press.ctrl) return false;
    this.#stroke = this.begin(at.screen, this.#radius(at.screen), press.eraser);
    this.#stroke?.move(at.voxel);
    this.hover(at);
    return true;
  }

  move(at: ToolPoint): void {
    this.#stroke?.move(at.voxel);
    this.hover(at);
  }

  up(): void {
    const stroke = this.#stroke;
    this.#stroke = null;
    stroke?.end();
  }

  cancel(): void {
    const stroke = this.#stroke;
    this.#stroke = null;
    stroke?.cancel();
  }

  hover(at: ToolPoint | undefined): void {
    this.#at = at;
    this.#revision++;
  }

  twice(): boolean {
    return true;
  }

  key(key: ToolKey, at: ToolPoint): boolean {
    const { ctrlKey, altKey, metaKey, code } = key;
    if (ctrlKey || altKey || metaKey) return false;
    if (code === 'BracketLeft' || code === 'BracketRight') {
      hand.resize(code === 'BracketRight');
      return true;
    }
    if (key.key === 'Escape' && this.#stroke) {
      this.cancel();
      return true;
    }
    // One dab at the crosshair, for those who draw without a pointer.
    if (key.key === 'Enter' && !this.#stroke) {
      this.#stroke = this.begin(at.screen, this.#radius(at.screen), false);
      this.#stroke?.move(at.voxel);
      this.up();
      return true;
    }
    return this.keys(key);
  }

  /** That of the hand, held to what the tool may; never so thin that the voxel under it is missed. */
  #radius(screen: PlaneScreen): number {
    return Math.max(Math.min(hand.radius, this.most), leastRadius(screen));
  }

  draw(context: CanvasRenderingContext2D, screen: PlaneScreen): void {
    const at = this.#at;
    if (!at || at.screen.plane.name !== screen.plane.name) return;
    if (!sameGrid(at.screen.volume.grid, screen.volume.grid)) return;
    const ring = discOutline(screen, at.voxel, this.#radius(screen)).map((p) => onScreen(screen, p));
    for (const [width, style] of [
      [3, 'rgb(0 0 0 / 0.7)'],
      [1.5, this.colour()],
    ] as const) {
      context.beginPath();
      for (const { x, y } of ring) context.lineTo(x, y);
      context.closePath();
      context.lineWidth = width;
      context.strokeStyle = style;
      context.stroke();
    }
  }
}
