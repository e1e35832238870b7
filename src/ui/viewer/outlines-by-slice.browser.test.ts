import { describe, expect, it } from 'vitest';
import type { Grid } from '../../core/geometry.ts';
import type { Mask } from '../../core/volume.ts';
import { drawGuides } from './guides.ts';
import { OutlinesBySlice } from './outlines-by-slice.ts';
import { planesOf } from './planes.ts';

const EDGE = 160;
const grid: Grid = {
  size: [EDGE, EDGE, 2],
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
};
const axial = planesOf(grid, false).find((p) => p.name === 'axial')!;
const maskWhere = (inside: (x: number, y: number) => boolean): Mask => ({
  grid,
  data: Uint8Array.from({ length: 2 * EDGE * EDGE }, (_, i) =>
    Number(i < EDGE * EDGE && inside(i % EDGE, Math.floor(i / EDGE))),
  ),
  name: 'm',
  colour: [10, 200, 30],
});

describe('a mask in a slice', () => {
  it('is a path; one that is all borders is its pixels, in its colour and clear elsewhere', () => {
    const outlines = new OutlinesBySlice();
    const disc = maskWhere((x, y) => Math.hypot(x - 80, y - 80) < 50);
    expect(outlines.shape(disc, axial, 0)).toBeInstanceOf(Path2D);
    expect(outlines.shape(disc, axial, 1)).toBeUndefined();
    // A chessboard: as many borders as pixels.
    const board = maskWhere((x, y) => (x + y) % 2 === 0);
    const shape = outlines.shape(board, axial, 0);
    if (!(shape instanceof OffscreenCanvas)) throw new Error('no pixels');
    const { data } = shape.getContext('2d')!.getImageData(0, 0, 2, 2);
    const clear = [0, 0, 0, 0];
    const filled = [10, 200, 30, 255];
    const pixels = [0, 4, 8, 12].map((at) => [...data.slice(at, at + 4)]);
    const [first, second] = axial.flipAcross === axial.flipDown ? [filled, clear] : [clear, filled];
    expect(pixels).toEqual([first, second, second, first]);
  });

  it('is read anew when its voxels were changed in place', () => {
    const outlines = new OutlinesBySlice();
    const mask = maskWhere(() => false);
    expect(outlines.shape(mask, axial, 0, 1)).toBeUndefined();
    mask.data[5] = 1;
    expect(outlines.shape(mask, axial, 0, 1)).toBeUndefined();
    expect(outlines.shape(mask, axial, 0, 2)).toBeInstanceOf(Path2D);
  });
});

it('guides: a point is drawn on its slice and hinted at beside it, the box along its outermost voxels', () => {
  const volume = { grid, data: new Float32Array(2 * EDGE * EDGE), unit: 'HU', modality: 'CT' } as const;
  const painted = (slice: number, guides: Parameters<typeof drawGuides>[2]) => {
    const canvas = new OffscreenCanvas(EDGE, EDGE);
    const context = canvas.getContext('2d')!;
    const view = { zoom: 1, column: EDGE / 2, row: EDGE / 2 };
    const pane = { width: EDGE, height: EDGE };
    drawGuides(
      context as unknown as CanvasRenderingContext2D,
      { volume, plane: axial, slice, view, pane },
      guides,
    );
    return context.getImageData(0, 0, EDGE, EDGE).data.filter((v, i) => i % 4 === 3 && v > 0).length;
  };
  const point = { points: [[80, 80, 0]] as const, box: null };
  expect(painted(0, point)).toBeGreaterThan(painted(1, point));
  expect(painted(1, point)).toBeGreaterThan(0);
  const box = { points: [], box: { from: [40, 40, 0], to: [120, 120, 1] } as const };
  expect(painted(0, box)).toBeGreaterThan(100);
  expect(painted(1, box)).toBe(0);
});
