import { Random } from '../../../core/random.ts';
import type { Mask, Volume } from '../../../core/volume.ts';
import { InputResponse } from '../../../kinetics/input/input-response.ts';
import { tofts } from '../../../kinetics/models/tofts/index.ts';
import {
  parameterValues,
  SEED,
  type Phantom,
  type PhantomParameter,
  type PhantomRoom,
  type TruthValue,
} from '../room.ts';
import { parkerBlood, spoiledSignal } from '../tissue-kinetics.ts';
import { BLOOD, GRID, KTRANS, PATCH, patchName, REFERENCE, SCAN, SNR, TISSUE_ROWS, VE } from './layout.ts';

const PARAMETERS = [
  SEED,
  {
    id: 'step',
    label: { en: 'Time between phases', ru: 'Время между фазами', zh: '期相间隔' },
    unit: 's',
    default: 3,
    range: [0.25, 20],
  },
  {
    id: 'duration',
    label: { en: 'Duration', ru: 'Длительность', zh: '总时长' },
    unit: 's',
    default: 420,
    range: [120, 900],
  },
] as const satisfies readonly PhantomParameter[];

type ReferenceParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/** Step of the plasma curve that tissue is made from, s: straight between its points, which shifts no cell by 1e-4. */
const FINE_STEP = 0.02;

/**
 * Kinetic digital reference object in the layout of QIBA: patches of 10×10 pixels, one for each pair of Ktrans (rows)
 * and ve (columns) of the Tofts model; on top a strip of tissue without contrast, at the bottom a strip of blood, whose
 * concentration is that of Parker from the 60th second. Plasma is blood/(1 − haematocrit). Signals are those of a
 * spoiled gradient echo. Each slice has the noise of a magnitude image at its step of the ladder; the first has none.
 */
export function kineticReferenceObject(given: Partial<ReferenceParameters> = {}): Phantom & {
  readonly times: readonly number[];
} {
  const { seed, step, duration } = parameterValues(PARAMETERS, given);
  const times = Array.from({ length: 1 + Math.floor(duration / step) }, (_, n) => n * step);
  const curves = patchSignals(times);
  const random = new Random(seed);
  const [columns, rows, slices] = GRID.size;
  const base = spoiledSignal(SCAN.m0, SCAN.t1.tissue, 0, SCAN);
  const phases = times.map((_, phase): Volume => {
    const data = new Float32Array(columns * rows * slices);
    for (let k = 0, at = 0; k < slices; k++) {
      const deviation = base / SNR[k];
      for (let j = 0; j < rows; j++)
        for (let i = 0; i < columns; i++, at++) {
          const signal = curves[patchOf(i, j)][phase];
          data[at] =
            deviation === 0
              ? signal
              : Math.hypot(signal + deviation * random.normal(), deviation * random.normal());
        }
    }
    return { grid: GRID, data, unit: 'arbitrary', modality: 'MR' };
  });
  return { phases, times, masks: patchMasks(), truth: truthValues() };
}

const patchOf = (i: number, j: number): number => Math.floor(j / PATCH) * VE.length + Math.floor(i / PATCH);

/** Blood concentration, mmol/L, at seconds from the first phase. */
const bloodAt = (seconds: number): number => parkerBlood((seconds - SCAN.arrival) / 60);

/** Signal of every patch at every phase, row by row of the layout. */
function patchSignals(times: readonly number[]): Float64Array[] {
  const { m0, t1, arrival, haematocrit } = SCAN;
  const last = times[times.length - 1];
  const nodes = Float64Array.from(
    { length: 2 + Math.ceil(Math.max(0, last - arrival) / FINE_STEP) },
    (_, n) => (arrival + n * FINE_STEP) / 60,
  );
  const plasma = nodes.map((minutes) => bloodAt(60 * minutes) / (1 - haematocrit));
  // Rounding may put the first node just before the arrival, where there is no blood yet.
  plasma[0] = parkerBlood(0) / (1 - haematocrit);
  const minutes = Float64Array.from(times, (s) => s / 60);
  const response = new InputResponse({ minutes: nodes, concentration: plasma }, minutes);
  const out: Float64Array[] = [];
  for (let row = 0; row < KTRANS.length + 2; row++)
    for (const ve of VE) {
      const concentration = new Float64Array(times.length);
      if (row === TISSUE_ROWS.blood) concentration.set(times.map(bloodAt));
      else if (row >= TISSUE_ROWS.first)
        tofts.evaluate([KTRANS[row - TISSUE_ROWS.first], ve], 0, response, concentration);
      const before = row === TISSUE_ROWS.blood ? t1.blood : t1.tissue;
      out.push(concentration.map((c) => spoiledSignal(m0, before, c, SCAN)));
    }
  return out;
}

function patchMasks(): Mask[] {
  const [columns, rows, slices] = GRID.size;
  const mask = (name: string, colour: Mask['colour'], has: (patch: number) => boolean): Mask => {
    const data = new Uint8Array(columns * rows * slices);
    for (let at = 0; at < data.length; at++)
      data[at] = Number(has(patchOf(at % columns, Math.floor(at / columns) % rows)));
    return { grid: GRID, data, name, colour };
  };
  const row = (patch: number) => Math.floor(patch / VE.length);
  const cells = KTRANS.flatMap((ktrans, r) =>
    VE.map((ve, c) =>
      mask(patchName(ktrans, ve), [255, 190, 60], (p) => p === (TISSUE_ROWS.first + r) * VE.length + c),
    ),
  );
  return [
    mask(BLOOD, [255, 60, 160], (p) => row(p) === TISSUE_ROWS.blood),
    mask(REFERENCE, [80, 190, 255], (p) => row(p) === TISSUE_ROWS.reference),
    ...cells,
  ];
}

function truthValues(): TruthValue[] {
  const named = (symbol: string) => ({ en: symbol, ru: symbol, zh: symbol });
  return KTRANS.flatMap((ktrans) =>
    VE.flatMap((ve): TruthValue[] => {
      const region = patchName(ktrans, ve);
      return [
        { id: 'ktrans', region, label: named('Ktrans'), value: ktrans, unit: '1/min' },
        { id: 've', region, label: named('ve'), value: ve, unit: '' },
      ];
    }),
  );
}

export const kineticReferenceObjectRoom: PhantomRoom = {
  id: 'kinetic-reference-object',
  label: {
    en: 'Kinetic reference object (Ktrans × ve)',
    ru: 'Эталонный объект кинетики (Ktrans × ve)',
    zh: '动力学数字参考物（Ktrans × ve）',
  },
  description: {
    en: 'QIBA layout: thirty patches of known Ktrans and ve (Tofts), a strip of vascular input, six steps of noise.',
    ru: 'Схема QIBA: тридцать участков с известными Ktrans и ve (модель Тофтса), полоса артериального входа, шесть ступеней шума.',
    zh: 'QIBA 布局：三十个 Ktrans 与 ve 已知的区块（Tofts 模型）、血管输入条带、六级噪声。',
  },
  parameters: PARAMETERS,
  generate: (values = {}): Phantom => kineticReferenceObject(values),
};
