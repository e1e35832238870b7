import type { Volume } from '../../../core/volume.ts';
import type { Measure } from '../evaluate.ts';
import { gridPieces, largestPiece } from '../grid-pieces.ts';
import { median } from '../measuring.ts';
import type { Measurement } from '../rule.ts';
import { onVolume } from './pixels.ts';

const BODY = -500; // HU
const AIR = -1000; // HU
/** Voxels of an edge of the cells that the body is told by, and of those that are compared. */
const CELL = 4;
const STRIDE = 2;
/** A drop of likeness smaller than this is none, whatever the spread of the others. */
const LEAST_DROP = 0.02;
const SLICE = { en: 'Slice', ru: 'Срез', zh: '切片' };

/**
 * Sudden drop of the correlation of neighbouring slices: how far each lies below the mean of the two beside it, in robust
 * deviations (1.4826 × the median of the absolute values). Every fourth voxel is looked at, and only the body: a test object
 * or a cushion on the table that ends is no breath.
 */
function sliceStep({ data, grid }: Volume): Measurement {
  const [nx, ny, nz] = grid.size;
  if (nz < 8) return { na: 'structure' };
  const slice = (k: number) => data.subarray(k * nx * ny, (k + 1) * nx * ny);
  let before = bodyCells(slice(0), nx, ny);
  const likeness = Array.from({ length: nz - 1 }, (_, k) => {
    const own = bodyCells(slice(k + 1), nx, ny);
    const found = correlation(slice(k), slice(k + 1), nx, ny, before, own);
    before = own;
    return found;
  });
  const drops = likeness.map((v, k) => {
    const [a, b] = [likeness[k - 1] ?? likeness[k + 1]!, likeness[k + 1] ?? likeness[k - 1]!];
    return (a + b) / 2 - v;
  });
  const usual = 1.4826 * median(drops.map(Math.abs));
  const worst = Math.max(...drops);
  const at = drops.indexOf(worst);
  return {
    value: worst < LEAST_DROP ? 0 : worst / Math.max(usual, LEAST_DROP / 3),
    detail: worst < LEAST_DROP ? '' : `${at + 1} – ${at + 2}`,
    evidence: {
      kind: 'curve',
      x: likeness.map((_, k) => k + 1.5),
      y: likeness,
      xLabel: SLICE,
      yLabel: {
        en: 'Correlation with the next slice',
        ru: 'Корреляция со следующим срезом',
        zh: '与下一切片的相关性',
      },
    },
  };
}

/** Cells of the largest thing in a slice with all that it encloses, such as the lungs in the chest. */
function bodyCells(slice: Volume['data'], nx: number, ny: number): Uint8Array {
  const size = [Math.ceil(nx / CELL), Math.ceil(ny / CELL), 1] as const;
  const air = new Uint8Array(size[0] * size[1]);
  for (let j = 0, at = 0; j < ny; j += CELL)
    for (let i = 0; i < nx; i += CELL, at++) air[at] = slice[i + nx * j]! > BODY ? 0 : 1;
  const { piece, voxels } = gridPieces(air, size);
  const outside = new Uint8Array(voxels.length);
  for (let at = 0; at < air.length; at++) {
    const [i, j] = [at % size[0], Math.floor(at / size[0])];
    if (i === 0 || j === 0 || i === size[0] - 1 || j === size[1] - 1) outside[piece[at]!] = 1;
  }
  outside[0] = 0;
  return largestPiece(
    air.map((_, at) => 1 - outside[piece[at]!]!),
    size,
  );
}

/** Correlation of two slices in which all that is no body counts as air. */
function correlation(
  a: Volume['data'],
  b: Volume['data'],
  nx: number,
  ny: number,
  bodyA: Uint8Array,
  bodyB: Uint8Array,
): number {
  const cells = Math.ceil(nx / CELL);
  let [n, sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < ny; j += STRIDE) {
    const row = cells * Math.floor(j / CELL);
    for (let i = 0; i < nx; i += STRIDE) {
      const cell = row + Math.floor(i / CELL);
      const p = bodyA[cell] === 1 ? a[i + nx * j]! : AIR;
      const q = bodyB[cell] === 1 ? b[i + nx * j]! : AIR;
      // Voxels without value are left out in pairs.
      if (p - p + (q - q) !== 0) continue;
      n++;
      sa += p;
      sb += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const va = aa - (sa * sa) / n;
  const vb = bb - (sb * sb) / n;
  // Two flat slices are alike, a flat one and another are not.
  if (!(va > 0 && vb > 0)) return va > 0 === vb > 0 ? 1 : 0;
  return (ab - (sa * sb) / n) / Math.sqrt(va * vb);
}

/** Measurement of C-16. */
export const CT_STEP_MEASURES: Readonly<Record<string, Measure>> = {
  slice_step: onVolume((v) => sliceStep(v)),
};
