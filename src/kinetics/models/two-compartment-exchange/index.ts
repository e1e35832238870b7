import type { LinearPart, Model, ParameterVector } from '../model.ts';
import { rateGrid } from '../rate-grid.ts';

const FAST = rateGrid(0.5, 120, 12);
const SLOW = rateGrid(0.005, 10, 10);

/** The two rates of the impulse response, the share of the faster, and their partial derivatives by vp, ve, fp, ps. */
interface Exchange {
  readonly fast: number;
  readonly slow: number;
  readonly share: number;
  readonly dFast: readonly number[];
  readonly dSlow: readonly number[];
  readonly dShare: readonly number[];
}

/**
 * Roots of the characteristic equation of vp·cp' = Fp(ca−cp) + PS(ce−cp), ve·ce' = PS(cp−ce): with
 * s = (Fp+PS)/vp + PS/ve and q = Fp·PS/(vp·ve) the rates are (s ± √(s²−4q))/2, and the impulse response starts at Fp
 * with the slope −Fp²/vp, which gives the share of the faster exponential.
 */
function exchange([vp, ve, fp, ps]: ParameterVector): Exchange {
  const s = (fp + ps) / vp + ps / ve;
  const q = (fp * ps) / (vp * ve);
  // s² − 4q without cancellation: it is at least 4·PS²/(vp·ve).
  const root = Math.max(Math.hypot((fp + ps) / vp - ps / ve, (2 * ps) / Math.sqrt(vp * ve)), 1e-12);
  const fast = (s + root) / 2;
  const slow = fast > 0 ? q / fast : 0;
  const wash = fp / vp;
  const share = (wash - slow) / root;
  const ds = [-(fp + ps) / (vp * vp), -ps / (ve * ve), 1 / vp, 1 / vp + 1 / ve];
  const dq = [-q / vp, -q / ve, ps / (vp * ve), fp / (vp * ve)];
  const dWash = [-wash / vp, 0, 1 / vp, 0];
  const dRoot = ds.map((d, i) => (s * d - 2 * dq[i]) / root);
  const dFast = ds.map((d, i) => (d + dRoot[i]) / 2);
  const dSlow = ds.map((d, i) => (d - dRoot[i]) / 2);
  const dShare = dWash.map((d, i) => (d - dSlow[i] - share * dRoot[i]) / root);
  return { fast, slow, share, dFast, dSlow, dShare };
}

/** Parameters whose impulse response is a·exp(−fast·t) + b·exp(−slow·t). */
function fromExponentials(a: number, b: number, fast: number, slow: number): number[] | undefined {
  const fp = a + b;
  if (!(a > 0) || !(b > 0)) return undefined;
  const wash = (a * fast + b * slow) / fp; // Fp/vp
  // slow·fast = Fp·PS/(vp·ve) and slow + fast = wash + PS/vp + PS/ve
  const psByVe = (slow * fast) / wash;
  const psByVp = slow + fast - wash - psByVe;
  const vp = fp / wash;
  const ps = psByVp * vp;
  return ps > 0 ? [vp, ps / psByVe, fp, ps] : undefined;
}

/** C(t) = Fp ∫ Cp(u) [A exp(−k₊(t−u)) + (1−A) exp(−k₋(t−u))] du. */
export const twoCompartmentExchange: Model = {
  id: 'two-compartment-exchange',
  name: { en: 'two-compartment exchange', ru: 'двухкамерная модель обмена', zh: '双室交换模型' },
  caplex: 'M.IC1.009',
  source: 'Brix G et al. Magn Reson Med 2004;52:420; Sourbron SP, Buckley DL. Phys Med Biol 2012;57:R1',
  equation: 'C(t)=F_p\\int_0^t C_p(u)\\left[A\\,e^{-k_+(t-u)}+(1-A)\\,e^{-k_-(t-u)}\\right]du',
  sentence: {
    en: 'Plasma and tissue space, each well mixed, exchanging both ways: separates flow from leakage when frames are fast (about 3 s or less).',
    ru: 'Плазма и тканевое пространство, оба хорошо перемешаны, обмен в обе стороны: разделяет кровоток и утечку при частых фазах (около 3 с и чаще).',
    zh: '血浆与组织间隙各自均匀混合、双向交换：帧间隔足够短（约 3 秒以内）时可区分血流与渗漏。',
  },
  parameters: [
    { quantity: 'vp', lower: 1e-5, upper: 1, start: 0.05 },
    { quantity: 've', lower: 1e-4, upper: 1, start: 0.2 },
    { quantity: 'fp', lower: 0, upper: 200, start: 20 },
    { quantity: 'ps', lower: 0, upper: 5, start: 0.1 },
  ],
  derived: ['E', 'Ktrans', 'Tp'],
  derive([vp, , fp, ps]) {
    const extraction = fp + ps > 0 ? ps / (fp + ps) : 0;
    return [extraction, extraction * fp, vp / (fp + ps)];
  },
  evaluate(parameters, delay, response, values, jacobian) {
    const fp = parameters[2];
    const { fast, slow, share, dFast, dSlow, dShare } = exchange(parameters);
    const quick = response.exponential(fast, delay);
    const late = response.exponential(slow, delay);
    for (let f = 0; f < values.length; f++) values[f] = fp * (share * quick.h[f] + (1 - share) * late.h[f]);
    if (!jacobian) return;
    const plasma = response.plasma(delay);
    for (let p = 0; p < 4; p++) {
      const row = jacobian[p];
      for (let f = 0; f < values.length; f++)
        row[f] =
          fp *
            (dShare[p] * (quick.h[f] - late.h[f]) +
              share * dFast[p] * quick.dRate[f] +
              (1 - share) * dSlow[p] * late.dRate[f]) +
          (p === 2 ? share * quick.h[f] + (1 - share) * late.h[f] : 0);
    }
    for (let f = 0; f < values.length; f++)
      jacobian[4][f] = -fp * (plasma[f] - share * fast * quick.h[f] - (1 - share) * slow * late.h[f]);
  },
  *linearParts(response, delay): Generator<LinearPart> {
    const late = SLOW.map((rate) => response.exponential(rate, delay).h);
    for (const [group, fast] of FAST.entries()) {
      const quick = response.exponential(fast, delay).h;
      for (const [i, slow] of SLOW.entries())
        if (slow < fast / 1.5)
          yield {
            rates: [fast, slow],
            group,
            curves: [quick, late[i]],
            toParameters: ([a, b]) => fromExponentials(a, b, fast, slow),
          };
    }
  },
};
