import type { Grid } from '../../core/geometry.ts';
import { writtenValues, type ParameterValues } from '../../core/parameters.ts';
import { withOrigin, type Change, type RegionRecord } from '../../regions/document/document.ts';
import type { MaskDelta } from '../../regions/document/packed-mask.ts';
import { BrushStroke, type Brush } from '../../regions/draw/brush.ts';
import type { Stroke } from './api.ts';
import type { RegionWork } from './work.ts';

/** The change of a region's voxels by a tool, with how it came to be. */
export function maskChange(
  record: RegionRecord,
  delta: MaskDelta,
  tool: string,
  parameters: ParameterValues,
): Change {
  const after = withOrigin(record.origins, {
    when: Date.now(),
    tool,
    parameters: writtenValues(parameters),
  });
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

/** How a stroke becomes steps: its name, the changes that it is, and how it is kept while it runs. */
interface Keeping {
  readonly tool: string;
  readonly changes: (delta: MaskDelta) => readonly Change[];
  readonly keep: (tool: string, changes: readonly Change[]) => void;
}

/** A stroke of the brush or eraser on a region. */
export function strokeOf(record: RegionRecord, brush: Brush, keep: Keeping['keep']): Keeping {
  const tool = brush.mode === 'add' ? 'brush' : 'eraser';
  return { tool, changes: (delta) => [maskChange(record, delta, tool, brushParameters(brush))], keep };
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
  { tool, changes, keep }: Keeping,
): Stroke {
  const stroke = new BrushStroke(work.live(record), grid, brush);
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
        keep(tool, changes(stroke.delta()));
      }
      return box;
    },
    end() {
      if (over) return;
      over = true;
      work.drawing = false;
      if (stroke.changed === 0) return;
      work.commit(tool, record.name, changes(stroke.delta()), record.id);
    },
    cancel() {
      if (over) return;
      over = true;
      work.drawing = false;
      work.takeBack(record, stroke.delta());
    },
  };
}
