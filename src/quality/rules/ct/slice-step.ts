import type { Volume } from '../../../core/volume.ts';
import type { Measure } from '../evaluate.ts';
import { largestPiece } from '../grid-pieces.ts';
import { median } from '../measuring.ts';
import type { Measurement } from '../rule.ts';
import { onVolume } from './pixels.ts';

const BODY = -500; // HU
const AIR = -1000; // HU
/** Cells that the body is told by along the longer edge of a slice, about; every second voxel of a row is compared. */
const CELLS = 64;
const STRIDE = 2;
/** A drop of likeness smaller than this is none, whatever the spread of the others. */
const LEAST_DROP = 0.02;
const SLICE = { en: 'Slice', ru: 'Срез', zh: '切片' };

/**
 * Sudden drop of the correlation of neighbouring slices: how far each lies below the mean of the two beside it, in robust
 * deviations (1.4826 × the median of the absolute values). Every fourth voxel is looked at, without what lies beside the
 * body: a test object or a cushion on the table that ends is no breath.
 */
function sliceStep({ data, grid }: Volume): Measurement {
  const [nx, ny, nz] = grid.size;
  if (nz < 8) return { na: 'structure' };
  const beside = besideBody({ data, grid });
  const slice = (k: number) => data.subarray(k * nx * ny, (k + 1) * nx * ny);
  const likeness = Array.from({ length: nz - 1 }, (_, k) =>
    correlation([slice(k), beside.slice(k)], [slice(k + 1), beside.slice(k + 1)], nx, ny, beside.cell),
  );
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

interface Cells {
  /** Voxels of an edge of a cell. */
  readonly cell: number;
  /** 1 for the cells of a slice that count. */
  readonly slice: (k: number) => Uint8Array;
}

/** Cells of all but the largest thing that hangs together through the slices, with the cells around them in the plane. */
function besideBody({ data, grid: { size } }: Pick<Volume, 'data' | 'grid'>): Cells {
  const [nx, ny, nz] = size;
  const cell = Math.max(1, Math.round(Math.max(nx, ny) / CELLS));
  const [cx, cy] = [Math.ceil(nx / cell), Math.ceil(ny / cell)];
  const solid = new Uint8Array(cx * cy * nz);
  for (let k = 0, at = 0; k < nz; k++)
    for (let j = 0; j < ny; j += cell)
      for (let i = 0; i < nx; i += cell, at++) solid[at] = data[i + nx * (j + ny * k)]! > BODY ? 1 : 0;
  const body = largestPiece(solid, [cx, cy, nz]);
  const beside = new Uint8Array(solid.length);
  for (let at = 0; at < solid.length; at++) {
    if (solid[at] === 0 || body[at] === 1) continue;
    const [i, j] = [at % cx, Math.floor(at / cx) % cy];
    for (let dj = j > 0 ? -1 : 0; dj <= (j < cy - 1 ? 1 : 0); dj++)
      for (let di = i > 0 ? -1 : 0; di <= (i < cx - 1 ? 1 : 0); di++)
        if (body[at + di + cx * dj] === 0) beside[at + di + cx * dj] = 1;
  }
  return { cell, slice: (k) => beside.subarray(k * cx * cy, (k + 1) * cx * cy) };
}

type Slice = readonly [voxels: Volume['data'], beside: Uint8Array];

/** Correlation of two slices in which what lies beside the body counts as air. */
function correlation([a, besideA]: Slice, [b, besideB]: Slice, nx: number, ny: number, cell: number): number {
  const cx = Math.ceil(nx / cell);
  let [n, sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < ny; j += STRIDE) {
    const row = cx * Math.floor(j / cell);
    for (let i = 0; i < nx; i += STRIDE) {
      const c = row + Math.floor(i / cell);
      const p = besideA[c] === 1 ? AIR : a[i + nx * j]!;
      const q = besideB[c] === 1 ? AIR : b[i + nx * j]!;
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
