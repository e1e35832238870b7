import type { Grid } from '../../core/geometry.ts';
import { withOrigin, type Change, type RegionRecord } from '../../regions/document/document.ts';
import type { MaskDelta } from '../../regions/document/packed-mask.ts';
import { BrushStroke, type Brush } from '../../regions/draw/brush.ts';
import type { ParameterValues } from '../../regions/edit/parameters.ts';
import type { Stroke } from './api.ts';
import type { RegionWork } from './work.ts';

/** The change of a region's voxels by a tool, with how it came to be. */
export function maskChange(
  record: RegionRecord,
  delta: MaskDelta,
  tool: string,
  parameters: ParameterValues,
): Change {
  const after = withOrigin(record.origins, { when: Date.now(), tool, parameters });
  return { kind: 'mask', region: record.id, delta, before: record.origins, after };
}

/** What is written down about a brush. */
function brushParameters({ radius, shape, limit }: Brush): ParameterValues {
  return {
    radius,
    shape: shape.kind,
    ...(shape.kind === 'disc' && { normal: shape.normal }),
    ...(limit && { low: limit.low, high: limit.high }),
  };
}

/** Between two keepings of a stroke that is still under way, ms. */
const KEEP_EVERY = 1000;

/**
 * A stroke on a region. Its voxels are written at once; the step of the history comes at its end. A stroke that takes
 * long is kept while it runs, so that no more than a second of it can be lost.
 */
export function startStroke(
  work: RegionWork,
  record: RegionRecord,
  grid: Grid,
  brush: Brush,
  keep: (tool: string, change: Change) => void,
): Stroke {
  const tool = brush.mode === 'add' ? 'brush' : 'eraser';
  const stroke = new BrushStroke(work.live(record), grid, brush);
  const parameters = brushParameters(brush);
  work.drawing = true;
  let kept = Date.now();
  let over = false;
  return {
    move(point) {
      if (over) return null;
      const box = stroke.move(point);
      if (box === null) return null;
      work.changed(record, box);
      if (Date.now() - kept > KEEP_EVERY) {
        kept = Date.now();
        keep(tool, maskChange(record, stroke.delta(), tool, parameters));
      }
      return box;
    },
    end() {
      if (over) return;
      over = true;
      work.drawing = false;
      if (stroke.changed === 0) return;
      const change = maskChange(record, stroke.delta(), tool, parameters);
      work.commit(tool, record.name, [change], record.id);
    },
    cancel() {
      if (over) return;
      over = true;
      work.drawing = false;
      work.takeBack(record, stroke.delta());
    },
  };
}
