import { checkedValues, type MethodValues, type SignalMethod, type VoxelConversion } from './conversion.ts';
import { FLIP_ANGLE, RELAXIVITY, REPETITION_TIME } from './parameters.ts';

/** A spoiled gradient echo: repetition time in s, nominal flip angle in degrees. */
export interface SpoiledEcho {
  readonly repetitionTime: number;
  readonly flipAngle: number;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Steady-state signal S = S0 sinα (1−E)/(1−E cosα), E = exp(−TR·R1), with α = b1 × nominal angle. T2* is left out, as
 * the echo time is short. OSIPI M.SM2.002.
 *
 * @param r1 relaxation rate, 1/s.
 * @example spoiledEchoSignal(1000, 1 / 1.4, { repetitionTime: 0.005, flipAngle: 20 }) // 19.1544285
 */
export function spoiledEchoSignal(s0: number, r1: number, echo: SpoiledEcho, b1 = 1): number {
  const angle = radians(echo.flipAngle * b1);
  const recovered = -Math.expm1(-echo.repetitionTime * r1);
  const cosine = Math.cos(angle);
  return (s0 * Math.sin(angle) * recovered) / (1 - cosine + cosine * recovered);
}

/** Steady-state signal at a concentration in mM: R1 = R10 + r1·C. */
export const signalAtConcentration = (
  s0: number,
  r10: number,
  concentration: number,
  relaxivity: number,
  echo: SpoiledEcho,
  b1 = 1,
): number => spoiledEchoSignal(s0, r10 + relaxivity * concentration, echo, b1);

/**
 * Relaxation rate (1/s) at a signal when S0 is known, the inverse of {@link spoiledEchoSignal}; NaN where no rate gives
 * such a signal (at or above S0 sinα, or negative).
 */
export function rateAtSignal(signal: number, s0: number, echo: SpoiledEcho, b1 = 1): number {
  const angle = radians(echo.flipAngle * b1);
  const full = s0 * Math.sin(angle);
  const share = signal / full;
  if (!(share >= 0 && share < 1)) return NaN;
  return -Math.log((1 - share) / (1 - share * Math.cos(angle))) / echo.repetitionTime;
}

function prepare(given: MethodValues): VoxelConversion {
  const { repetitionTime, flipAngle, relaxivity } = checkedValues(spoiledGradientEcho, given) as {
    repetitionTime: number;
    flipAngle: number;
    relaxivity: number;
  };
  return (signal, baseline, r10, b1, out) => {
    out.fill(NaN);
    if (!(r10 > 0 && r10 < Infinity && b1 > 0 && b1 < Infinity)) return 2;
    if (!(baseline > 0 && baseline < Infinity)) return 1;
    const cosine = Math.cos(radians(flipAngle * b1));
    const recovered = -Math.expm1(-repetitionTime * r10);
    // κ/baseline of SPEC §4: share of full saturation that one unit of signal is.
    const share = recovered / (1 - cosine + cosine * recovered) / baseline;
    let status = 0;
    for (let f = 0; f < signal.length; f++) {
      const s = signal[f]! * share;
      if (s >= 0 && s < 1)
        out[f] = (-Math.log((1 - s) / (1 - s * cosine)) / repetitionTime - r10) / relaxivity;
      else if (status === 0) status = Number.isFinite(s) ? 4 : 3;
    }
    return status;
  };
}

/**
 * Concentration (mM) from a spoiled gradient echo by inverting its steady state:
 * R1(t) = −(1/TR) ln[(1−κs)/(1−κs cosα)], κ = (1−E0)/(1−E0 cosα), s = S(t)/S(baseline), C = (R1 − R10)/r1.
 * A frame with κs ≥ 1 (log argument ≤ 0) or s < 0 has no answer and is NaN.
 */
export const spoiledGradientEcho: SignalMethod = {
  id: 'spoiled-gradient-echo',
  name: {
    en: 'Spoiled gradient echo (T1-weighted dynamic MR)',
    ru: 'Спойлерное градиентное эхо (T1-взвешенная динамическая МРТ)',
    zh: '扰相梯度回波（T1 加权动态 MR）',
  },
  caplex: 'M.SM2.002',
  source: 'Schabel & Parker, Phys Med Biol 2008;53:2345; steady state of Ernst & Anderson 1966',
  parameters: [REPETITION_TIME, FLIP_ANGLE, RELAXIVITY],
  resultUnit: 'mM',
  needsNativeT1: true,
  prepare,
};
