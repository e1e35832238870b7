import { combine } from './combine/index.ts';
import { fillBetween } from './fill-between/index.ts';
import { fillHoles } from './fill-holes/index.ts';
import { growing } from './growing/index.ts';
import { islands } from './islands/index.ts';
import { margin } from './margin/index.ts';
import type { Operation, OperationId } from './operation.ts';
import { ring } from './ring/index.ts';
import { smooth } from './smooth/index.ts';
import { threshold } from './threshold/index.ts';

/** Every way of making or changing a region in one go, in the order of the list. */
export const OPERATIONS: readonly Operation[] = [
  threshold,
  growing,
  islands,
  fillHoles,
  fillBetween,
  smooth,
  margin,
  ring,
  combine,
];

/** @throws RangeError when there is no such operation. */
export function operationOf(id: OperationId): Operation {
  const found = OPERATIONS.find((o) => o.id === id);
  if (!found) throw new RangeError(`no operation ${id}`);
  return found;
}
