import type { LinearPart, Model } from '../model.ts';
import { rateGrid } from '../rate-grid.ts';

const TRANSITS = [0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7, 1]; // minutes
const RATES = rateGrid(0.01, 20, 10);

/**
 * Plasma flows through the capillary as a plug for the time Tc; what is extracted leaves tissue by first order:
 * C(t) = Fp ∫₀^Tc Cp(t−u) du + E·Fp ∫_Tc^∞ Cp(t−u) exp(−E·Fp/ve·(u−Tc)) du.
 * With the running integral I and the convolution h of the input this is Fp[I(t) − I(t−Tc)] + E·Fp·h(t−Tc): the transit
 * time is continuous, never a number of frames.
 */
export const adiabaticTissueHomogeneity: Model = {
  id: 'adiabatic-tissue-homogeneity',
  name: {
    en: 'adiabatic tissue homogeneity',
    ru: 'адиабатическая модель однородной ткани',
    zh: '绝热组织均匀模型',
  },
  caplex: 'M.IC1.012',
  source: 'St Lawrence KS, Lee TY. J Cereb Blood Flow Metab 1998;18:1365',
  equation:
    'C(t)=F_p\\int_0^{T_c}C_p(t-u)\\,du+E F_p\\int_{T_c}^{t}C_p(t-u)\\,e^{-\\frac{E F_p}{v_e}(u-T_c)}\\,du',
  sentence: {
    en: 'Plug flow through capillaries with a finite transit time; needs frames shorter than that time, usually 1 to 3 s.',
    ru: 'Поршневой ток по капиллярам с конечным временем транзита; нужны фазы короче этого времени, обычно 1–3 с.',
    zh: '毛细血管内为活塞流，通过时间有限；要求帧间隔短于该时间，通常 1–3 秒。',
  },
  parameters: [
    { quantity: 'fp', lower: 0, upper: 200, start: 20 },
    { quantity: 'E', lower: 0, upper: 1, start: 0.3 },
    { quantity: 've', lower: 1e-4, upper: 1, start: 0.2 },
    { quantity: 'Tc', lower: 0, upper: 120, start: 6 },
  ],
  derived: ['Ktrans', 'vp', 'ps', 'kep'],
  derive: ([fp, e, ve, tc]) => [e * fp, fp * tc, -fp * Math.log1p(-e), (e * fp) / ve],
  evaluate([fp, e, ve, tc], delay, response, values, jacobian) {
    const uptake = e * fp;
    const rate = uptake / ve;
    const whole = response.integral(delay);
    const plasma = jacobian && response.plasma(delay);
    const left = response.integral(delay + tc);
    const { h, dRate } = response.exponential(rate, delay + tc);
    for (let f = 0; f < values.length; f++) values[f] = fp * (whole[f] - left[f]) + uptake * h[f];
    if (!jacobian || !plasma) return;
    const out = response.plasma(delay + tc);
    const [byFp, byE, byVe, byTc, byDelay] = jacobian;
    for (let f = 0; f < values.length; f++) {
      const byUptake = h[f] + rate * dRate[f];
      const leaving = uptake * (out[f] - rate * h[f]);
      byFp[f] = whole[f] - left[f] + e * byUptake;
      byE[f] = fp * byUptake;
      byVe[f] = -rate * rate * dRate[f];
      byTc[f] = fp * out[f] - leaving;
      byDelay[f] = -fp * (plasma[f] - out[f]) - leaving;
    }
  },
  *linearParts(response, delay): Generator<LinearPart> {
    const whole = response.integral(delay);
    for (const [group, tc] of TRANSITS.entries()) {
      const left = response.integral(delay + tc);
      const plug = whole.map((v, f) => v - left[f]);
      for (const rate of RATES)
        yield {
          rates: [tc, rate],
          group,
          curves: [plug, response.exponential(rate, delay + tc).h],
          toParameters: ([fp, uptake]) =>
            fp > 0 && uptake > 0
              ? [fp, Math.min(uptake / fp, 1), Math.min(uptake, fp) / rate, tc]
              : undefined,
        };
    }
  },
};
