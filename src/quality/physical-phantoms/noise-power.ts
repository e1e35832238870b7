import { spacingOf } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';

/** Noise power of square pieces of image, averaged; {@link frequencies} and {@link power} by radial frequency. */
export interface NoisePower {
  /** mm⁻¹, growing, of bins one step 1/(N·Δ) wide; the last is at most the Nyquist frequency. */
  readonly frequencies: readonly number[];
  /** Mean NPS in each bin, unit²·mm². */
  readonly power: readonly number[];
  /** ∬NPS df over the mean variance of the pieces: 1 by Parseval, a check of the computation. */
  readonly integralOverVariance: number;
  /** Σ f·NPS / Σ NPS over the radial bins, mm⁻¹. */
  readonly meanFrequency: number;
  readonly pieces: number;
}

/**
 * NPS(u, v) = ΔxΔy/(NxNy)·⟨|DFT(piece − plane)|²⟩ (AAPM TG-233 and IEC 62220 form): the plane is fitted by least squares.
 * One piece for each slice from `from` to `to`, all centred on one voxel. Null where they do not fit into the image, hold
 * padding, or vary not at all.
 */
export function noisePower(
  { grid, data }: Volume,
  centre: readonly [number, number],
  edge: number,
  from: number,
  to: number,
): NoisePower | null {
  const [nx, ny, nz] = grid.size;
  const [dx, dy] = spacingOf(grid.affine);
  const [i0, j0] = centre.map((c) => Math.round(c) - (edge >> 1)) as [number, number];
  if (edge < 8 || i0 < 0 || j0 < 0 || i0 + edge > nx || j0 + edge > ny || from < 0 || to >= nz || to < from)
    return null;
  const waves = Array.from({ length: edge }, (_, n) => [
    Math.cos((2 * Math.PI * n) / edge),
    Math.sin((2 * Math.PI * n) / edge),
  ]) as [number, number][];
  const total = new Float64Array(edge * edge);
  let variance = 0;
  let pieces = 0;
  const piece = new Float64Array(edge * edge);
  for (let k = from; k <= to; k++) {
    for (let j = 0; j < edge; j++) {
      for (let i = 0; i < edge; i++) piece[i + edge * j] = data[i0 + i + nx * (j0 + j + ny * k)]!;
    }
    if (piece.some(Number.isNaN)) return null;
    flatten(piece, edge);
    variance += piece.reduce((s, v) => s + v * v, 0) / piece.length;
    addPower(piece, edge, waves, total);
    pieces++;
  }
  if (!(variance > 0)) return null;
  const scale = (dx * dy) / (edge * edge) / pieces;
  const [du, dv] = [1 / (edge * dx), 1 / (edge * dy)];
  const step = Math.max(du, dv);
  const most = Math.min(1 / (2 * dx), 1 / (2 * dy));
  const bins = Math.floor(most / step);
  const sums = new Float64Array(bins + 1);
  const counts = new Float64Array(bins + 1);
  let whole = 0;
  for (let v = 0; v < edge; v++) {
    for (let u = 0; u < edge; u++) {
      const power = total[u + edge * v]! * scale;
      whole += power * du * dv;
      const f = Math.hypot(Math.min(u, edge - u) * du, Math.min(v, edge - v) * dv);
      const bin = Math.round(f / step);
      if (bin === 0 || bin > bins) continue;
      sums[bin]! += power;
      counts[bin]! += 1;
    }
  }
  const frequencies = Array.from({ length: bins }, (_, n) => (n + 1) * step);
  const power = frequencies.map((_, n) => (counts[n + 1] === 0 ? 0 : sums[n + 1]! / counts[n + 1]!));
  const sum = power.reduce((s, p) => s + p, 0);
  return {
    frequencies,
    power,
    integralOverVariance: whole / (variance / pieces),
    meanFrequency: power.reduce((s, p, n) => s + p * frequencies[n]!, 0) / sum,
    pieces,
  };
}

/** Takes the least-squares plane away; on a square lattice about its middle, its three terms are independent. */
function flatten(piece: Float64Array, edge: number): void {
  const middle = (edge - 1) / 2;
  let [mean, sx, sy, squares] = [0, 0, 0, 0];
  for (let j = 0; j < edge; j++) {
    for (let i = 0; i < edge; i++) {
      const v = piece[i + edge * j]!;
      mean += v;
      sx += v * (i - middle);
      sy += v * (j - middle);
      squares += (i - middle) ** 2;
    }
  }
  mean /= edge * edge;
  const [a, b] = [sx / squares, sy / squares];
  for (let j = 0; j < edge; j++) {
    for (let i = 0; i < edge; i++) piece[i + edge * j]! -= mean + a * (i - middle) + b * (j - middle);
  }
}

/** Adds |DFT|² of a real square piece, rows first, then columns. */
function addPower(
  piece: Float64Array,
  n: number,
  waves: readonly (readonly [number, number])[],
  total: Float64Array,
): void {
  const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (let j = 0; j < n; j++) {
    for (let u = 0; u < n; u++) {
      let [a, b] = [0, 0];
      for (let i = 0; i < n; i++) {
        const [c, s] = waves[(u * i) % n]!;
        a += piece[i + n * j]! * c;
        b -= piece[i + n * j]! * s;
      }
      re[u + n * j] = a;
      im[u + n * j] = b;
    }
  }
  for (let u = 0; u < n; u++) {
    for (let v = 0; v < n; v++) {
      let [a, b] = [0, 0];
      for (let j = 0; j < n; j++) {
        const [c, s] = waves[(v * j) % n]!;
        a += re[u + n * j]! * c + im[u + n * j]! * s;
        b += im[u + n * j]! * c - re[u + n * j]! * s;
      }
      total[u + n * v]! += a * a + b * b;
    }
  }
}
