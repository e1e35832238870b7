import { add, dot, normalise, scale, subtract, toPatient, type Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { histogramOf, otsu } from '../../regions/histogram.ts';

/** The object in an image: its middle, its axis across slices, and how far it reaches. */
export interface Outline {
  /** Middle of the object, mm LPS. */
  readonly centre: Vec3;
  /** Direction through the middles of its slices, along growing slice numbers; unit length. */
  readonly axis: Vec3;
  /** Extent along the three axes of the grid, mm. */
  readonly extent: Vec3;
  /** It touches the first or last slice, or a side of the image: part of it may lie outside. */
  readonly cut: boolean;
}

/**
 * The largest connected object brighter than Otsu's threshold, its holes filled slice by slice; its middle is the mean of
 * the middles of its slices of more than half the largest area. Null when nothing stands out.
 */
export function outlineOf(volume: Volume): Outline | null {
  const { size, affine } = volume.grid;
  const mask = bright(volume);
  if (!mask) return null;
  const object = filled(largest(mask, size), size);
  const [nx, ny, nz] = size;
  const slices = Array.from({ length: nz }, (_, k) => sliceMoments(object, nx, ny, k));
  const most = Math.max(...slices.map((s) => s.area));
  if (most === 0) return null;
  const used = slices.flatMap((s, k) => (s.area > most / 2 ? [{ ...s, k }] : []));
  const middles = used.map((s) => toPatient(affine, s.x, s.y, s.k));
  const mean = scale(middles.reduce(add), 1 / middles.length);
  const step = normalise(affine.matrix[2]);
  const box = boundsOf(object, size);
  const edge = (a: 0 | 1 | 2) => Math.hypot(...affine.matrix[a]);
  return {
    centre: mean,
    axis: axisThrough(middles, mean, step),
    extent: [0, 1, 2].map((a) => (box.high[a]! - box.low[a]! + 1) * edge(a as 0 | 1 | 2)) as unknown as Vec3,
    cut: [0, 1, 2].some((a) => box.low[a] === 0 || box.high[a] === size[a]! - 1),
  };
}

function bright({ data }: Volume): Uint8Array | null {
  const each = (meet: (v: number) => void) => {
    for (let i = 0; i < data.length; i++) if (Number.isFinite(data[i]!)) meet(data[i]!);
  };
  const histogram = histogramOf(each, 256);
  if (!histogram) return null;
  const threshold = histogram.lower + otsu(histogram.counts).level * histogram.width;
  return Uint8Array.from(data, (v) => Number(v >= threshold));
}

/** The largest piece of voxels that share faces. */
function largest(mask: Uint8Array, [nx, ny, nz]: readonly [number, number, number]): Uint8Array {
  const label = new Int32Array(mask.length);
  const queue = new Int32Array(mask.length);
  let [best, most] = [0, 0];
  for (let start = 0, next = 1; start < mask.length; start++) {
    if (mask[start] === 0 || label[start] !== 0) continue;
    const own = next++;
    let [head, tail] = [0, 1];
    queue[0] = start;
    label[start] = own;
    const visit = (at: number) => {
      if (mask[at] === 0 || label[at] !== 0) return;
      label[at] = own;
      queue[tail++] = at;
    };
    while (head < tail) {
      const at = queue[head++]!;
      const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
      if (i > 0) visit(at - 1);
      if (i < nx - 1) visit(at + 1);
      if (j > 0) visit(at - nx);
      if (j < ny - 1) visit(at + nx);
      if (k > 0) visit(at - nx * ny);
      if (k < nz - 1) visit(at + nx * ny);
    }
    if (tail > most) [best, most] = [own, tail];
  }
  return Uint8Array.from(label, (l) => Number(l === best && best !== 0));
}

/** Everything that the background of its slice cannot reach from the border belongs to the object. */
function filled(mask: Uint8Array, [nx, ny, nz]: readonly [number, number, number]): Uint8Array {
  const out = new Uint8Array(mask.length).fill(1);
  const queue = new Int32Array(nx * ny);
  for (let k = 0; k < nz; k++) {
    const base = k * nx * ny;
    let tail = 0;
    const visit = (at: number) => {
      if (mask[base + at] !== 0 || out[base + at] === 0) return;
      out[base + at] = 0;
      queue[tail++] = at;
    };
    for (let i = 0; i < nx; i++) {
      visit(i);
      visit(i + nx * (ny - 1));
    }
    for (let j = 0; j < ny; j++) {
      visit(j * nx);
      visit(j * nx + nx - 1);
    }
    for (let head = 0; head < tail; head++) {
      const at = queue[head]!;
      const i = at % nx;
      if (i > 0) visit(at - 1);
      if (i < nx - 1) visit(at + 1);
      if (at >= nx) visit(at - nx);
      if (at < nx * (ny - 1)) visit(at + nx);
    }
  }
  return out;
}

function sliceMoments(mask: Uint8Array, nx: number, ny: number, k: number) {
  let [area, x, y] = [0, 0, 0];
  for (let j = 0, at = k * nx * ny; j < ny; j++) {
    for (let i = 0; i < nx; i++, at++) {
      if (mask[at] === 0) continue;
      area++;
      x += i;
      y += j;
    }
  }
  return { area, x: x / area, y: y / area };
}

/** The direction through the middles: the step from slice to slice, least squares against the slice's place along it. */
function axisThrough(middles: readonly Vec3[], mean: Vec3, step: Vec3): Vec3 {
  let along = 0;
  let sum: Vec3 = [0, 0, 0];
  for (const p of middles) {
    const d = subtract(p, mean);
    const t = dot(d, step);
    along += t * t;
    sum = add(sum, scale(d, t));
  }
  return along === 0 ? step : normalise(scale(sum, 1 / along));
}

function boundsOf(mask: Uint8Array, [nx, ny, nz]: readonly [number, number, number]) {
  const [low, high] = [
    [nx, ny, nz],
    [-1, -1, -1],
  ];
  for (let k = 0, at = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        if (mask[at] === 0) continue;
        [i, j, k].forEach((v, a) => {
          low[a] = Math.min(low[a]!, v);
          high[a] = Math.max(high[a]!, v);
        });
      }
    }
  }
  return { low, high };
}
