import { applyCombine } from './combine/apply.ts';
import { applyFillBetween } from './fill-between/apply.ts';
import { applyFillHoles } from './fill-holes/apply.ts';
import { applyGrowing } from './growing/apply.ts';
import { applyIslands } from './islands/apply.ts';
import { applyMargin } from './margin/apply.ts';
import { applyRing } from './ring/apply.ts';
import { applySmooth } from './smooth/apply.ts';
import { applyThreshold } from './threshold/apply.ts';
import type { Apply, OperationId } from './operation.ts';

/** The computations of the operations, apart from their forms: the page loads only those. */
export const APPLY: Readonly<Record<OperationId, Apply>> = {
  threshold: applyThreshold,
  growing: applyGrowing,
  islands: applyIslands,
  margin: applyMargin,
  ring: applyRing,
  smooth: applySmooth,
  'fill-holes': applyFillHoles,
  combine: applyCombine,
  'fill-between': applyFillBetween,
};
