import { toPatient, type Affine, type Size3, type Vec3 } from '../../../core/geometry.ts';
import { Random } from '../../../core/random.ts';
import type { Contour } from '../../../core/region.ts';
import type { Mask, Volume } from '../../../core/volume.ts';
import { fillNormal, gaussianField } from '../gaussian-field.ts';
import {
  parameterValues,
  SEED,
  type Phantom,
  type PhantomParameter,
  type PhantomRoom,
  type TruthValue,
} from '../room.ts';
import {
  lesionDepth,
  lesionVolume,
  outlinePolygon,
  outlineRadius,
  ringVolume,
  type LesionShape,
} from './lesion.ts';
import { anatomy } from './anatomy.ts';
import { coverage } from '../soft-edge.ts';

const PARAMETERS = [
  SEED,
  {
    id: 'pixel',
    label: { en: 'Pixel spacing', ru: 'Шаг пикселя', zh: '像素间距' },
    unit: 'mm',
    default: 1.6,
    range: [0.8, 3.2],
  },
  {
    id: 'noise',
    label: { en: 'Noise (standard deviation)', ru: 'Шум (стандартное отклонение)', zh: '噪声（标准差）' },
    unit: 'HU',
    default: 9,
    range: [0, 60],
  },
  {
    id: 'lesionMean',
    label: { en: 'Mean of the lesion', ru: 'Среднее в очаге', zh: '病灶平均值' },
    unit: 'HU',
    default: 48,
    range: [-200, 300],
  },
  {
    id: 'lesionDeviation',
    label: {
      en: 'Texture of the lesion (standard deviation)',
      ru: 'Текстура очага (стандартное отклонение)',
      zh: '病灶纹理（标准差）',
    },
    unit: 'HU',
    default: 30,
    range: [0, 100],
  },
  {
    id: 'textureWidth',
    label: {
      en: 'Width of the texture’s Gaussian filter',
      ru: 'Ширина гауссова фильтра текстуры',
      zh: '纹理高斯滤波宽度',
    },
    unit: 'mm',
    default: 2.4,
    range: [0.5, 10],
  },
] as const satisfies readonly PhantomParameter[];

export type ThoraxParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/** Field of view across and slices: the same body whatever the pixel. */
const FIELD = 307.2;
const SLICES = 72;
const SLICE_STEP = 2.5;
/** The uniform rod under the back, and its contour, which stays clear of the rod's edge. */
const ROD = { x: 0, y: 111.5, radius: 8, contour: 6, hu: 0, halfLength: 60 } as const;
const RING_WIDTH = 5;
export const LESION: LesionShape = { centre: [-66, 2, 31.25], radius: 17, halfHeight: 16.2 };

/** One region of the phantom as exact polygons, slice by slice, with the display colour of its kind. */
export interface PhantomContours {
  readonly name: string;
  readonly colour: readonly [number, number, number];
  readonly contours: readonly Contour[];
}

/** The made CT: HU before rounding, the exact outlines of its regions, and its truth. */
export interface TexturedLesionCt {
  readonly volume: Volume;
  readonly regions: readonly PhantomContours[];
  readonly truth: readonly TruthValue[];
}

export function thoraxGrid(pixel: number): { size: Size3; affine: Affine } {
  const n = Math.round(FIELD / pixel);
  const corner = -((n - 1) / 2) * pixel;
  return {
    size: [n, n, SLICES],
    affine: {
      origin: [corner, corner, -((SLICES - 1) / 2) * SLICE_STEP],
      matrix: [
        [pixel, 0, 0],
        [0, pixel, 0],
        [0, 0, SLICE_STEP],
      ],
    },
  };
}

/**
 * A chest CT with contrast: body wall, skeleton, lungs with their vessels, heart and great vessels, upper abdomen, a
 * calibration pad with rods under the back, and in the right lung a lobulated, spiculated lesion of known outline and
 * texture. Everything has soft edges; noise has the stated deviation at every voxel and a correlation of one pixel.
 */
export function texturedLesionCt(given: Partial<ThoraxParameters> = {}): TexturedLesionCt {
  const p = parameterValues(PARAMETERS, given);
  const grid = thoraxGrid(p.pixel);
  const random = new Random(p.seed);
  const data = anatomy(grid.size, grid.affine, random, LESION, ROD);
  addLesion(data, grid.size, grid.affine, random, p);
  addNoise(data, grid.size, random, p.noise);
  return {
    volume: { grid, data, unit: 'HU', modality: 'CT' },
    regions: regionContours(grid.affine),
    truth: truthOf(p),
  };
}

/** Mixes the lesion in: spicules first, then its body with a correlated texture. */
function addLesion(
  data: Float32Array,
  size: Size3,
  affine: Affine,
  random: Random,
  p: ThoraxParameters,
): void {
  const [cx, cy, cz] = LESION.centre;
  const reach = LESION.radius * 1.3 + 4;
  const first = [cx - reach, cy - reach, cz - LESION.halfHeight - 4].map((mm, axis) =>
    Math.floor((mm - affine.origin[axis]!) / affine.matrix[axis]![axis]!),
  ) as [number, number, number];
  const box = [2 * reach, 2 * reach, 2 * LESION.halfHeight + 8].map(
    (mm, axis) => Math.ceil(mm / affine.matrix[axis]![axis]!) + 2,
  ) as unknown as Size3;
  const texture = gaussianField(random, box, [p.pixel, p.pixel, SLICE_STEP], p.textureWidth);
  for (let k = 0; k < box[2]; k++) {
    for (let j = 0; j < box[1]; j++) {
      for (let i = 0; i < box[0]; i++) {
        const [x, y, z] = toPatient(affine, first[0] + i, first[1] + j, first[2] + k);
        const share = coverage(lesionDepth(LESION, x, y, z), 1.1 * p.pixel);
        if (share === 0) continue;
        const at = first[0] + i + size[0] * (first[1] + j + size[1] * (first[2] + k));
        const inside = p.lesionMean + p.lesionDeviation * texture[i + box[0] * (j + box[1] * k)]!;
        data[at] = data[at]! + (inside - data[at]!) * share;
      }
    }
  }
}

/** Quantum noise: white noise smoothed by [¼ ½ ¼] in the plane, as a reconstruction does, scaled to the deviation. */
function addNoise(data: Float32Array, size: Size3, random: Random, deviation: number): void {
  if (deviation === 0) return;
  const [w, h] = [size[0] + 2, size[1] + 2];
  const white = new Float32Array(w * h);
  const rows = new Float32Array(size[0] * h);
  // The squares of [¼ ½ ¼] sum to 3/8 along each axis.
  const gain = deviation / (3 / 8) / 16;
  for (let k = 0; k < size[2]; k++) {
    fillNormal(random, white);
    for (let j = 0; j < h; j++) {
      for (let i = 0; i < size[0]; i++) {
        const s = i + w * j;
        rows[i + size[0] * j] = white[s]! + 2 * white[s + 1]! + white[s + 2]!;
      }
    }
    const slice = data.subarray(size[0] * size[1] * k, size[0] * size[1] * (k + 1));
    for (let at = 0; at < slice.length; at++) {
      slice[at]! += gain * (rows[at]! + 2 * rows[at + size[0]]! + rows[at + 2 * size[0]]!);
    }
  }
}

function regionContours(affine: Affine): PhantomContours[] {
  const lesion: Contour[] = [];
  const ring: Contour[] = [];
  const rod: Contour[] = [];
  for (let k = 0; k < SLICES; k++) {
    const z = affine.origin[2] + k * SLICE_STEP;
    const inner = outlinePolygon(LESION, z - LESION.centre[2]);
    if (inner.length > 0) {
      lesion.push({ points: inner });
      ring.push({ points: outlinePolygon(LESION, z - LESION.centre[2], RING_WIDTH) }, { points: inner });
    }
    if (Math.abs(z) < ROD.halfLength - 5) rod.push({ points: circle(ROD.x, ROD.y, z, ROD.contour) });
  }
  return [
    { name: 'Lesion', colour: [255, 92, 92], contours: lesion },
    { name: 'Ring', colour: [255, 196, 64], contours: ring },
    { name: 'Reference insert', colour: [80, 190, 255], contours: rod },
  ];
}

const circle = (x: number, y: number, z: number, radius: number): Vec3[] =>
  Array.from({ length: 72 }, (_, n) => {
    const angle = (2 * Math.PI * n) / 72;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle), z] as const;
  });

function truthOf(p: ThoraxParameters): TruthValue[] {
  const volume = { en: 'Volume', ru: 'Объём', zh: '体积' };
  const mean = { en: 'Mean', ru: 'Среднее', zh: '平均值' };
  const deviation = { en: 'Standard deviation', ru: 'Стандартное отклонение', zh: '标准差' };
  return [
    { id: 'lesion_volume', region: 'Lesion', label: volume, value: lesionVolume(LESION), unit: 'mm³' },
    { id: 'ring_volume', region: 'Ring', label: volume, value: ringVolume(LESION, RING_WIDTH), unit: 'mm³' },
    { id: 'lesion_mean', region: 'Lesion', label: mean, value: p.lesionMean, unit: 'HU' },
    {
      id: 'lesion_deviation',
      region: 'Lesion',
      label: deviation,
      value: Math.hypot(p.lesionDeviation, p.noise),
      unit: 'HU',
    },
    {
      id: 'lesion_correlation_length',
      region: 'Lesion',
      label: { en: 'Correlation length of the texture', ru: 'Длина корреляции текстуры', zh: '纹理相关长度' },
      value: 2 * p.textureWidth,
      unit: 'mm',
    },
    { id: 'insert_mean', region: 'Reference insert', label: mean, value: ROD.hu, unit: 'HU' },
    { id: 'insert_deviation', region: 'Reference insert', label: deviation, value: p.noise, unit: 'HU' },
  ];
}

/** Voxels whose centre lies inside the lesion's exact outline. */
function lesionMask(volume: Volume): Mask {
  const { size, affine } = volume.grid;
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let k = 0, at = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const [x, y, z] = toPatient(affine, i, j, k);
        const [dx, dy, dz] = [x - LESION.centre[0], y - LESION.centre[1], z - LESION.centre[2]];
        const r = outlineRadius(LESION, Math.atan2(dy, dx), dz);
        if (dx * dx + dy * dy < r * r) data[at] = 1;
      }
    }
  }
  return { grid: volume.grid, data, name: 'Lesion', colour: [255, 92, 92] };
}

export const texturedLesionCtRoom: PhantomRoom = {
  id: 'textured-lesion-ct',
  label: {
    en: 'Chest CT with a textured lesion',
    ru: 'КТ груди с текстурным очагом',
    zh: '含纹理病灶的胸部 CT',
  },
  description: {
    en: 'A synthetic chest CT. The outline, volume, mean, spread and correlation length of the lesion are known exactly.',
    ru: 'Синтетическая КТ груди. Контур, объём, среднее, разброс и длина корреляции очага известны точно.',
    zh: '合成胸部 CT。病灶的轮廓、体积、平均值、离散度和相关长度均精确已知。',
  },
  parameters: PARAMETERS,
  generate: (values = {}): Phantom => {
    const { volume, truth } = texturedLesionCt(values);
    return { phases: [volume], masks: [lesionMask(volume)], truth };
  },
};
