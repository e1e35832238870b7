import { describe, expect, it } from 'vitest';
import type { Mask, Volume } from '../../../core/volume.ts';
import type { Frame } from '../draw.ts';
import { patientPlane } from '../planes.ts';
import { planeToPane, toPane, wholeView } from '../view.ts';
import { membersOf, shadesOf, TASK_FLOATS, taskOf } from './slice-task.ts';
import { bitsOf } from './volume-textures.ts';

const volume: Volume = {
  grid: {
    size: [4, 3, 2],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [2, 0, 0],
        [0, 3, 0],
        [0, 0, 5],
      ],
    },
  },
  data: new Float32Array(24),
  unit: 'HU',
  modality: 'CT',
};
const coronal = patientPlane(volume.grid, 'coronal');
const frame: Frame = {
  volume,
  plane: coronal,
  slice: 1,
  window: [40, 400],
  inverted: true,
  view: { ...wholeView(coronal), zoom: 2 },
  pane: { width: 300, height: 200 },
  ratio: 2,
  masks: [],
  overlay: null,
  smooth: true,
};

describe('the numbers of the shader', () => {
  const task = taskOf(frame, 3);
  it('are as many as its struct holds', () => expect(task).toHaveLength(TASK_FLOATS));

  it('lead a device pixel back to the plane place that is seen there', () => {
    const { x, y } = toPane(planeToPane(coronal, frame.view, frame.pane), 1.25, 0.75);
    const at = [2 * x, 2 * y, 1];
    const dot = (from: number) => at.reduce((sum, v, i) => sum + v * task[from + i]!, 0);
    expect(dot(0)).toBeCloseTo(1.25, 4);
    expect(dot(4)).toBeCloseTo(0.75, 4);
  });

  it('walk through the voxels as the plane lies: coronal rows run down from the last slice', () => {
    expect([...task.slice(8, 12)]).toEqual([0, 1, 1, 1]);
    expect([...task.slice(12, 15)]).toEqual([1, 0, 0]);
    expect([...task.slice(16, 19)]).toEqual([0, 0, -1]);
  });

  it('window from its low end: (40 − 200), 255 greys over 400', () => {
    expect(task[20]).toBe(-160);
    expect(task[21]).toBeCloseTo(0.6375, 6);
  });
});

describe('regions as bits', () => {
  const mask = (inside: readonly number[]): Mask => ({
    grid: volume.grid,
    data: Uint8Array.from({ length: 24 }, (_, i) => (inside.includes(i) ? 1 : 0)),
    name: '',
    colour: [255, 51, 0],
  });
  const shown = (m: Mask) => ({ mask: m, visible: true, opacity: 0.5 });

  it('one bit each, in display order', () => {
    // Voxel (2, 1, 0) is index 6, voxel (0, 1, 1) is 16; on screen slice 1 lies above slice 0.
    expect([...membersOf([shown(mask([6, 16])), shown(mask([16]))], coronal, 1)]).toEqual([
      3, 0, 0, 0, 0, 0, 1, 0,
    ]);
  });
  it('the 33rd lies in a second layer', () => {
    const many = Array.from({ length: 33 }, (_, i) => shown(mask(i >= 31 ? [16] : [])));
    const bits = membersOf(many, coronal, 1);
    expect(bits).toHaveLength(16);
    expect([bits[0], bits[8]]).toEqual([0x80000000, 1]);
  });
  it('have their colour as shares of one', () => {
    const [r, g, b, a] = shadesOf([shown(mask([]))]);
    expect([r, b, a]).toEqual([1, 0, 0.5]);
    expect(g).toBeCloseTo(0.2, 6);
    expect(shadesOf([])).toHaveLength(4);
  });
});

describe('the bits of values', () => {
  it('are those of the floats, without a copy', () => {
    const data = Float32Array.of(0, 1, -2, 3);
    const bits = bitsOf(data, 1, 3);
    expect([...bits]).toEqual([0x3f800000, 0xc0000000]);
    expect(bits.buffer).toBe(data.buffer);
    expect([...bitsOf(Float64Array.of(0, 1), 0, 2)]).toEqual([0, 0x3f800000]);
  });
});
