import type { Volume } from '../../../core/volume.ts';
import { Random } from '../../../core/random.ts';
import { centredGrid } from '../../phantoms/grid.ts';

/** Bodies of several tissues in air under a known field, for judging estimates of the field. */

type Place = readonly [x: number, y: number, z: number];

/** Signal of a place from −1 to 1 along each axis; 0 is air. */
export const ANATOMIES: Readonly<Record<string, (p: Place) => number>> = {
  /** Fat around muscle, twice as bright; a bone with marrow, a tumour. */
  thigh: ([x, y, z]) => {
    const r = Math.hypot(x / 0.85, y / 0.8) / (1 - 0.08 * z);
    if (r > 1) return 0;
    const bone = Math.hypot(x - 0.1, y);
    if (bone < 0.16) return bone < 0.1 ? 760 : 60;
    if (Math.hypot(x + 0.35, y - 0.3, z) < 0.3) return 520;
    return r > 0.82 ? 900 : 440;
  },
  /** Grey over white matter in folds, ventricles, a dark skull under bright scalp. */
  head: ([x, y, z]) => {
    const r = Math.hypot(x / 0.85, y / 0.9, z / 1.1);
    if (r > 1) return 0;
    if (r > 0.95) return 170;
    if (r > 0.87) return 30;
    if (Math.hypot(x / 0.12, y / 0.35) < 1 && Math.abs(z) < 0.5) return 45;
    const folds = Math.sin(14 * x + 3 * y) * Math.cos(12 * y - 4 * z) + Math.sin(11 * (x - y) + 6 * z);
    return r + 0.1 * folds < 0.78 ? 140 : 100;
  },
  /** Glandular tissue in fat before a chest wall. */
  breast: ([x, y, z]) => {
    if (Math.hypot((x + 0.9) / 1.6, y / 0.8, z / 1.1) > 1) return 0;
    if (x < -0.75) return 330;
    const folds = Math.sin(13 * x) * Math.cos(11 * y + 5 * z);
    return Math.hypot((x + 0.2) / 0.75, y / 0.5, z / 0.8) + 0.2 * folds < 0.8 ? 420 : 250;
  },
};

/** Logarithms of fields, before they are scaled to a range. */
export const FIELDS: Readonly<Record<string, (p: Place) => number>> = {
  slope: ([x, y, z]) => x + 0.6 * y + 0.2 * z,
  middle: ([x, y, z]) => -(x * x + y * y + 0.3 * z * z),
  coil: ([x, y, z]) => -Math.log((x + 1.1) ** 2 + y * y + 0.2 * z * z + 0.3),
};

const EDGE = 72;
const SLICES = 20;

interface Shaded {
  readonly anatomy: string;
  readonly field: string;
  /** 99th over 1st percentile of the field in the body. */
  readonly range: number;
  /** Standard deviation of the two channels of noise, share of 440, 100 or 250: the commonest tissue. */
  readonly noise: number;
}

const COMMON: Readonly<Record<string, number>> = { thigh: 440, head: 100, breast: 250 };

/** A volume of 72 × 72 × 20 voxels of 3 × 3 × 5 mm. */
export function shadedBody({ anatomy, field, range, noise }: Shaded): Volume {
  const random = new Random(5);
  const grid = centredGrid([EDGE, EDGE, SLICES], [3, 3, 5]);
  const place = (at: number): Place => [
    (2 * (at % EDGE)) / (EDGE - 1) - 1,
    (2 * (Math.floor(at / EDGE) % EDGE)) / (EDGE - 1) - 1,
    (2 * Math.floor(at / EDGE ** 2)) / (SLICES - 1) - 1,
  ];
  const signals = Float64Array.from({ length: EDGE * EDGE * SLICES }, (_, at) =>
    ANATOMIES[anatomy]!(place(at)),
  );
  const logs = signals.map((s, at) => (s > 0 ? FIELDS[field]!(place(at)) : NaN));
  const inside = logs.filter((v) => !Number.isNaN(v)).sort();
  const spread = inside[Math.round(0.99 * inside.length)]! - inside[Math.round(0.01 * inside.length)]!;
  const middle = inside[inside.length >> 1]!;
  const sigma = noise * COMMON[anatomy]!;
  const data = Float32Array.from(signals, (s, at) => {
    const shaded = s > 0 ? s * Math.exp(((logs[at]! - middle) / spread) * Math.log(range)) : 0;
    // Texture of tissue beside the noise.
    const own = shaded * (1 + 0.04 * random.normal());
    return Math.hypot(own + sigma * random.normal(), sigma * random.normal());
  });
  return { grid, data, unit: 'arbitrary', modality: 'MR' };
}
