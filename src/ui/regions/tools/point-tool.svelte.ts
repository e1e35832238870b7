import type { ToolKey, ToolPoint, ToolPress, ViewerTool } from '../../viewer/tool.ts';

/** A click at a voxel, or Enter at the crosshair: fills, and seeds to grow from. */
export class PointTool implements ViewerTool {
  readonly cursor = 'cell';
  readonly revision = 0;

  constructor(
    readonly id: string,
    private readonly point: (at: ToolPoint) => void,
    private readonly keys: (key: ToolKey) => boolean,
  ) {}

  down(at: ToolPoint, press: ToolPress): boolean {
    if (press.shift || press.ctrl || !at.inside) return false;
    this.point(at);
    return true;
  }

  twice(): boolean {
    return true;
  }

  key(key: ToolKey, at: ToolPoint): boolean {
    if (key.ctrlKey || key.altKey || key.metaKey) return false;
    if (key.key !== 'Enter') return this.keys(key);
    this.point(at);
    return true;
  }
}
