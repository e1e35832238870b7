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

/** How a stroke becomes a step: its name, the changes that it is, and how it is kept while it runs. */
interface Keeping {
  readonly tool: string;
  readonly changes: (delta: MaskDelta) => readonly Change[];
  /** The changes so far; null: the stroke was taken back. */
  readonly keep: (tool: string, changes: readonly Change[] | null) => void;
}

/** A stroke of the brush or eraser on a region. */
export function strokeOf(record: RegionRecord, brush: Brush, keep: Keeping['keep']): Keeping {
  const tool = brush.mode === 'add' ? 'brush' : 'eraser';
  return { tool, changes: (delta) => [maskChange(record, delta, tool, brushParameters(brush))], keep };
}

/** From a movement of the hand to its keeping, ms: no more of a stroke can be lost. */
const KEEP_WITHIN = 250;
/** Of the time of a stroke, keeping takes at most one part in so many. */
const SHARE = 30;

/**
 * A stroke on a region. Its voxels are written at once; the step of the history comes at its end. It is kept while it
 * runs, shortly after the hand has moved, so that a tab that dies in mid-stroke loses next to nothing of it.
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
  let over = false;
  let kept = false;
  let wait = KEEP_WITHIN;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepNow = () => {
    timer = undefined;
    const start = Date.now();
    keep(tool, changes(stroke.delta()));
    kept = true;
    wait = Math.max(KEEP_WITHIN, SHARE * (Date.now() - start));
  };
  const finish = () => {
    over = true;
    work.drawing = false;
    clearTimeout(timer);
  };
  return {
    move(point) {
      if (over) return null;
      const box = stroke.move(point);
      if (box === null) return null;
      work.changed(record, box);
      timer ??= setTimeout(keepNow, wait);
      return box;
    },
    end() {
      if (over) return;
      finish();
      if (stroke.changed > 0) work.commit(tool, record.name, changes(stroke.delta()), record.id);
    },
    cancel() {
      if (over) return;
      finish();
      work.takeBack(record, stroke.delta());
      if (kept) keep(tool, null);
    },
  };
}
