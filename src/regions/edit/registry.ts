import { growing } from './growing/index.ts';
import type { Operation, OperationId } from './operation.ts';
import { threshold } from './threshold/index.ts';

/** Every way of making or changing a region in one go, in the order of the list. */
export const OPERATIONS: readonly Operation[] = [threshold, growing];

/** @throws RangeError when there is no such operation. */
export function operationOf(id: OperationId): Operation {
  const found = OPERATIONS.find((o) => o.id === id);
  if (!found) throw new RangeError(`no operation ${id}`);
  return found;
}
