import { toPatient, type Grid, type Vec3 } from '../../../core/geometry.ts';
import { Random } from '../../../core/random.ts';
import type { Contour } from '../../../core/region.ts';
import type { Mask, Volume } from '../../../core/volume.ts';
import { fillNormal } from '../gaussian-field.ts';
import {
  parameterValues,
  SEED,
  type Phantom,
  type PhantomParameter,
  type PhantomRoom,
  type TruthValue,
} from '../room.ts';
import {
  ARTERY,
  inTumour,
  MUSCLE_SAMPLE,
  PATCH,
  PATCH_EDGE,
  PATCHES_ALONG,
  patchAt,
  thigh,
  TISSUE,
  TUMOUR,
} from './thigh.ts';
import {
  parkerBlood,
  spoiledSignal,
  tissueConcentration,
  type Exchange,
  type SpoiledEcho,
} from '../tissue-kinetics.ts';

const PARAMETERS = [
  SEED,
  {
    id: 'noise',
    label: {
      en: 'Noise (standard deviation of each channel)',
      ru: 'Шум (стандартное отклонение в канале)',
      zh: '噪声（每通道标准差）',
    },
    unit: '',
    default: 7,
    range: [0, 200],
  },
] as const satisfies readonly PhantomParameter[];

type DynamicMrParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/** The protocol: what the DICOM header says, and what a fit must be told. */
export const PROTOCOL = {
  /** s, s and degrees; T at 1.5 T. */
  repetitionTime: 0.005,
  echoTime: 0.0015,
  flipAngle: 20,
  field: 1.5,
  /** 1/(s·mmol/L) */
  relaxivity: 4.5,
  haematocrit: 0.45,
  /** s from the first phase to the arrival of the bolus */
  arrival: 32,
  /** T1 before contrast, s */
  t1: { blood: 1.44, muscle: 1.0, tumour: 1.2 },
} as const;

/** Every 5 s while the bolus passes, every 8 s after: 40 phases in 270 s. */
export const TIMES: readonly number[] = Array.from({ length: 40 }, (_, n) =>
  n <= 14 ? 5 * n : 70 + 8 * (n - 14),
);

const KTRANS = [0.05, 0.15, 0.35] as const;
const VE = [0.15, 0.3, 0.5] as const;
const VP = [0.02, 0.04, 0.08] as const;
export const MUSCLE: Exchange = { ktrans: 0.04, ve: 0.12, vp: 0.01 };

/** True exchange of a patch: Ktrans and vp change from front to back, ve from right to left. */
export const patchExchange = (patch: number): Exchange => {
  const row = Math.floor(patch / PATCHES_ALONG);
  return { ktrans: KTRANS[row]!, vp: VP[row]!, ve: VE[patch % PATCHES_ALONG]! };
};

/** Proton density × receiver gain, T1 in s, and exchange of a tissue; `blood` follows the arterial curve itself. */
interface TissueSignal {
  readonly m0: number;
  readonly t1: number;
  readonly exchange?: Exchange | 'blood';
  readonly delay?: number;
}

const SIGNALS: readonly TissueSignal[] = (() => {
  const list: TissueSignal[] = [];
  const { blood, muscle, tumour } = PROTOCOL.t1;
  list[TISSUE.air] = { m0: 0, t1: 1 };
  list[TISSUE.fat] = { m0: 11000, t1: 0.3 };
  list[TISSUE.muscle] = { m0: 9600, t1: muscle, exchange: MUSCLE };
  list[TISSUE.marrow] = { m0: 9500, t1: 0.33 };
  list[TISSUE.cortex] = { m0: 500, t1: 1 };
  list[TISSUE.artery] = { m0: 11500, t1: blood, exchange: 'blood' };
  list[TISSUE.vein] = { m0: 11500, t1: blood, exchange: 'blood', delay: 14 };
  list[TISSUE.skin] = { m0: 7000, t1: 0.9, exchange: { ktrans: 0.06, ve: 0.25, vp: 0.02 } };
  list[TISSUE.rim] = { m0: 10800, t1: tumour, exchange: { ktrans: 0.5, ve: 0.4, vp: 0.1 } };
  for (let n = 0; n < PATCHES_ALONG ** 2; n++)
    list[PATCH + n] = { m0: 10800, t1: tumour, exchange: patchExchange(n) };
  return list;
})();

export interface DynamicMr {
  readonly phases: readonly Volume[];
  readonly times: readonly number[];
  readonly masks: readonly Mask[];
  readonly truth: readonly TruthValue[];
}

const GRID: Grid = {
  size: [96, 96, 12],
  affine: {
    origin: [-95, -95, -22],
    matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 4],
    ],
  },
};

/** Blood concentration of the artery, mmol/L, at seconds from the first phase. */
export const arterialBlood = (seconds: number): number => parkerBlood((seconds - PROTOCOL.arrival) / 60);

/** Signal of a tissue at every phase, without noise. */
function signalCurve({ m0, t1, exchange, delay = 0 }: TissueSignal): number[] {
  const echo: SpoiledEcho = PROTOCOL;
  const plasma = (s: number) => arterialBlood(s) / (1 - PROTOCOL.haematocrit);
  const concentration =
    exchange === undefined
      ? TIMES.map(() => 0)
      : exchange === 'blood'
        ? TIMES.map((s) => arterialBlood(s - delay) * (delay > 0 ? 0.7 : 1))
        : tissueConcentration(exchange, plasma, PROTOCOL.arrival, TIMES);
  return concentration.map((c) => spoiledSignal(m0, t1, c, echo));
}

/**
 * Dynamic contrast-enhanced MR of a thigh with a tumour of nine patches, each with its own Ktrans, ve and vp of the
 * extended Tofts model; spoiled gradient echo, arterial curve of Parker. The coil is brighter in front. Noise is that of
 * a magnitude image: Gaussian in both channels (Rician).
 */
export function dynamicMr(given: Partial<DynamicMrParameters> = {}): DynamicMr {
  const { seed, noise } = parameterValues(PARAMETERS, given);
  const random = new Random(seed);
  const map = thigh(GRID.size, GRID.affine);
  const curves = SIGNALS.map(signalCurve);
  const gain = coilGain();
  const phases = TIMES.map((_, phase): Volume => {
    const level = Float64Array.from(curves, (curve) => curve[phase]!);
    const data = new Float32Array(map.first.length);
    for (let at = 0; at < data.length; at++) {
      const share = map.share[at]!;
      data[at] = gain[at]! * ((1 - share) * level[map.first[at]!]! + share * level[map.second[at]!]!);
    }
    if (noise > 0) addMagnitudeNoise(data, noise, random);
    return { grid: GRID, data, unit: 'arbitrary', modality: 'MR' };
  });
  return { phases, times: TIMES, masks: regionMasks(), truth: truthValues() };
}

function coilGain(): Float32Array {
  const { size, affine } = GRID;
  const gain = new Float32Array(size[0] * size[1] * size[2]);
  for (let k = 0, at = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const [x, y, z] = toPatient(affine, i, j, k);
        gain[at] = 1 - 0.0013 * y - 0.0004 * x - 0.00012 * z * z;
      }
    }
  }
  return gain;
}

/** |signal + complex Gaussian noise|. Where the signal is far above the noise, one channel does (error σ²/2S, added). */
function addMagnitudeNoise(data: Float32Array, deviation: number, random: Random): void {
  const normal = new Float32Array(data.length);
  fillNormal(random, normal);
  for (let at = 0; at < data.length; at++) {
    const signal = data[at]!;
    const real = signal + deviation * normal[at]!;
    if (signal > 10 * deviation) data[at] = real + (deviation * deviation) / (2 * signal);
    else data[at] = Math.hypot(real, deviation * random.normal());
  }
}

/** Named masks: the tumour, inner parts of its patches (clear of their edges), artery and muscle. */
function regionMasks(): Mask[] {
  const inner = (mm: number) => {
    const across = Math.abs(mm / PATCH_EDGE + PATCHES_ALONG / 2 - 0.5);
    return Math.abs(across - Math.round(across)) * PATCH_EDGE < PATCH_EDGE / 2 - 2.5;
  };
  const patches = Array.from({ length: PATCHES_ALONG ** 2 }, (_, patch) =>
    maskOf(patchName(patch), [255, 190, 60], (p) => {
      const [x, y] = p;
      const clear = inner(x - TUMOUR.centre[0]) && inner(y - TUMOUR.centre[1]);
      return patchAt(x, y) === patch && clear && inTumour(p) > 6;
    }),
  );
  const round = (at: { x: number; y: number; radius: number }) => (p: Vec3) =>
    Math.hypot(p[0] - at.x, p[1] - at.y) < at.radius;
  return [
    maskOf('Tumour', [255, 92, 92], (p) => inTumour(p) > 0),
    maskOf('Artery', [255, 60, 160], round({ ...ARTERY, radius: ARTERY.radius - 2 })),
    maskOf('Muscle', [80, 190, 255], round(MUSCLE_SAMPLE)),
    ...patches,
  ];
}

/** Exact outlines of tumour, artery and muscle sample on every slice that they meet, for an RT Structure Set. */
export function thighContours(): {
  name: string;
  colour: readonly [number, number, number];
  contours: Contour[];
}[] {
  const { size, affine } = GRID;
  const heights = Array.from({ length: size[2] }, (_, k) => affine.origin[2] + k * affine.matrix[2][2]);
  const oval = (x: number, y: number, z: number, a: number, b: number): Contour => ({
    points: Array.from({ length: 96 }, (_, n) => {
      const angle = (2 * Math.PI * n) / 96;
      return [x + a * Math.cos(angle), y + b * Math.sin(angle), z] as const;
    }),
  });
  const [cx, cy, cz] = TUMOUR.centre;
  const [a, b, c] = TUMOUR.axes;
  const tumour = heights.flatMap((z) => {
    const q = 1 - ((z - cz) / c) ** 2;
    return q > 0 ? [oval(cx, cy, z, a * Math.sqrt(q), b * Math.sqrt(q))] : [];
  });
  const inVessel = ARTERY.radius - 2;
  return [
    { name: 'Tumour', colour: [255, 92, 92], contours: tumour },
    {
      name: 'Artery',
      colour: [255, 60, 160],
      contours: heights.map((z) => oval(ARTERY.x, ARTERY.y, z, inVessel, inVessel)),
    },
    {
      name: 'Muscle',
      colour: [80, 190, 255],
      contours: heights.map((z) =>
        oval(MUSCLE_SAMPLE.x, MUSCLE_SAMPLE.y, z, MUSCLE_SAMPLE.radius, MUSCLE_SAMPLE.radius),
      ),
    },
  ];
}

const patchName = (patch: number): string => `Patch ${patch + 1}`;

function maskOf(name: string, colour: readonly [number, number, number], inside: (p: Vec3) => boolean): Mask {
  const { size, affine } = GRID;
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let k = 0, at = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) data[at] = Number(inside(toPatient(affine, i, j, k)));
    }
  }
  return { grid: GRID, data, name, colour };
}

function truthValues(): TruthValue[] {
  const of = (region: string, { ktrans, ve, vp }: Exchange): TruthValue[] => [
    {
      id: 'ktrans',
      region,
      label: { en: 'Ktrans', ru: 'Ktrans', zh: 'Ktrans' },
      value: ktrans,
      unit: '1/min',
    },
    { id: 've', region, label: { en: 've', ru: 've', zh: 've' }, value: ve, unit: '' },
    { id: 'vp', region, label: { en: 'vp', ru: 'vp', zh: 'vp' }, value: vp, unit: '' },
  ];
  return [
    ...of('Muscle', MUSCLE),
    ...Array.from({ length: PATCHES_ALONG ** 2 }, (_, patch) =>
      of(patchName(patch), patchExchange(patch)),
    ).flat(),
  ];
}

export const dynamicMrRoom: PhantomRoom = {
  id: 'dynamic-mr',
  label: {
    en: 'Dynamic MR of a thigh with a tumour',
    ru: 'Динамическая МРТ бедра с опухолью',
    zh: '大腿肿瘤动态增强 MR',
  },
  description: {
    en: 'Spoiled gradient echo, 40 phases. Ktrans, ve and vp of nine patches of the tumour and of muscle are known exactly.',
    ru: 'Спойлерное градиентное эхо, 40 фаз. Ktrans, ve и vp девяти участков опухоли и мышцы известны точно.',
    zh: '扰相梯度回波，40 期。肿瘤九个分区及肌肉的 Ktrans、ve 和 vp 均精确已知。',
  },
  parameters: PARAMETERS,
  generate: (values = {}): Phantom => dynamicMr(values),
};
