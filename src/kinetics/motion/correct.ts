import { subtract, toPatient, type Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { valueAt } from './gradient-field.ts';
import { pyramidPlan } from './pyramid.ts';
import { localFrame, product, times, toLocal, type Rigid } from './rigid.ts';

/**
 * A frame brought back onto the reference: each voxel takes, by trilinear interpolation, the value at the place to which
 * its tissue has moved. Voxels whose tissue has left the picture are NaN: there is no value to give.
 */
export function corrected(frame: Volume, { rotation, translation }: Rigid): Volume {
  const { grid } = frame;
  const { size, affine } = grid;
  const local = localFrame(grid);
  const { step, toIndex, origin } = pyramidPlan(grid, local).lattices[0];
  // Index to place, through the motion, back to index: one matrix and one shift.
  const m = product(product(toIndex, rotation), step);
  const first = toLocal(local, subtract(toPatient(affine, 0, 0, 0), local.centre));
  const moved = times(rotation, first);
  const at: Vec3 = times(
    toIndex,
    subtract([moved[0] + translation[0], moved[1] + translation[1], moved[2] + translation[2]], origin),
  );
  const source = frame.data instanceof Float32Array ? frame.data : Float32Array.from(frame.data);
  const data = new Float32Array(source.length);
  const [mx, my, mz] = [size[0] - 0.5, size[1] - 0.5, size[2] - 0.5];
  for (let k = 0, v = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++) {
      let x = m[1] * j + m[2] * k + at[0];
      let y = m[4] * j + m[5] * k + at[1];
      let z = m[7] * j + m[8] * k + at[2];
      for (let i = 0; i < size[0]; i++, v++) {
        const inside = x >= -0.5 && x <= mx && y >= -0.5 && y <= my && z >= -0.5 && z <= mz;
        data[v] = inside ? valueAt(source, size, x, y, z) : Number.NaN;
        x += m[0];
        y += m[3];
        z += m[6];
      }
    }
  return { ...frame, data };
}
