import { Random } from '../../../core/random.ts';
import type { Volume } from '../../../core/volume.ts';
import { fillNormal } from '../gaussian-field.ts';
import { centredGrid, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, SEED, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

const PARAMETERS = [
  SEED,
  {
    id: 'columns',
    label: { en: 'Columns and rows', ru: 'Столбцы и строки', zh: '列数与行数' },
    unit: 'voxels',
    default: 512,
    range: [32, 1024],
  },
  {
    id: 'slices',
    label: { en: 'Slices', ru: 'Срезы', zh: '层数' },
    unit: 'voxels',
    default: 300,
    range: [4, 2000],
  },
  {
    id: 'noise',
    label: { en: 'Noise (standard deviation)', ru: 'Шум (стандартное отклонение)', zh: '噪声（标准差）' },
    unit: 'HU',
    default: 12,
    range: [0, 200],
  },
] as const satisfies readonly PhantomParameter[];

type LargeCtParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/** Width of the body's field, mm, and slice distance, mm: an ordinary chest CT. */
const FIELD = 360;
const STEP = 1;
const NODULE = { x: -70, y: 0, radius: 12, hu: 40 } as const;

/** A large CT, made quickly: simple shapes, and noise drawn from one table from ever new places. */
export interface LargeCt {
  readonly pixel: number;
  readonly columns: number;
  readonly slices: number;
  /** HU of slice k, rounded, written into `out` (columns × columns); made anew at each call, the same each time. */
  readonly slice: (k: number, out: Int16Array) => void;
}

/** The recipe of a large CT: slices are made one by one, so that it need not fit into memory. */
export function largeCt(given: Partial<LargeCtParameters> = {}): LargeCt {
  const p = parameterValues(PARAMETERS, given);
  const n = Math.floor(p.columns);
  const slices = Math.floor(p.slices);
  const pixel = FIELD / n;
  const table = new Float32Array(65536 + n);
  fillNormal(new Random(p.seed), table);
  for (let i = 0; i < table.length; i++) table[i]! *= p.noise;
  return { pixel, columns: n, slices, slice: (k, out) => paint(k, out, n, slices, pixel, p.seed, table) };
}

function paint(
  k: number,
  out: Int16Array,
  n: number,
  slices: number,
  pixel: number,
  seed: number,
  table: Float32Array,
): void {
  const random = new Random((seed ^ Math.imul(k + 1, 0x9e3779b1)) >>> 0);
  const height = (k - (slices - 1) / 2) * STEP;
  const along = (2 * height) / (slices * STEP);
  const lung = Math.sqrt(Math.max(0, 1 - along * along));
  const inNodule = NODULE.radius ** 2 - height ** 2;
  for (let j = 0, at = 0; j < n; j++) {
    const y = (j - (n - 1) / 2) * pixel;
    const from = random.uint32() & 0xffff;
    const flesh = 1 - (y / 105) ** 2;
    const fat = 1 - (y / 118) ** 2;
    const breath = lung * lung - ((y + 4) / 78) ** 2;
    const spine = 1 - ((y - 62) / 18) ** 2;
    const nodule = inNodule - (y - NODULE.y) ** 2;
    for (let i = 0; i < n; i++, at++) {
      const x = (i - (n - 1) / 2) * pixel;
      const noise = table[from + i]!;
      const across = x * x;
      let hu = -1000;
      if (across < fat * 26896) {
        hu = across < flesh * 22500 ? 45 : -105;
        const side = Math.abs(x) - 72;
        if (side * side < breath * 3025) hu = (x - NODULE.x) ** 2 < nodule ? NODULE.hu : -850;
        if (across < spine * 400) hu = 350;
      }
      out[at] = Math.max(-1024, Math.round(hu + noise));
    }
  }
}

export const largeCtRoom: PhantomRoom = {
  id: 'large-ct',
  label: { en: 'Large CT', ru: 'Большая КТ', zh: '大体积 CT' },
  description: {
    en: 'A CT of 300 slices of 512 × 512, made within seconds, for measuring how fast files open.',
    ru: 'КТ из 300 срезов 512 × 512, создаётся за секунды; нужна для замера скорости открытия файлов.',
    zh: '300 层 512 × 512 的 CT，数秒内生成，用于测量文件打开速度。',
  },
  parameters: PARAMETERS,
  generate: (values = {}): Phantom => {
    const { columns, slices, pixel, slice } = largeCt(values);
    const grid = centredGrid([columns, columns, slices], [pixel, pixel, STEP]);
    const data = new Float32Array(columns * columns * slices);
    const plane = new Int16Array(columns * columns);
    for (let k = 0; k < slices; k++) {
      slice(k, plane);
      data.set(plane, k * plane.length);
    }
    const volume: Volume = { grid, data, unit: 'HU', modality: 'CT' };
    const value = (4 / 3) * Math.PI * NODULE.radius ** 3;
    return {
      phases: [volume],
      masks: [],
      truth: [{ id: 'nodule_volume', label: TRUTH_LABELS.volume, value, unit: 'mm³' }],
    };
  },
};
