import type { LinearPart, Model } from '../model.ts';
import { rateGrid } from '../rate-grid.ts';

const RATES = rateGrid(0.1, 100, 16);

/**
 * Plasma of volume vp, fed by Fp and leaking by PS into tissue from which nothing comes back:
 * C(t) = Fp ∫ Cp(u) [(1−E) exp(−k(t−u)) + E] du, k = (Fp+PS)/vp, E = PS/(Fp+PS).
 */
export const twoCompartmentUptake: Model = {
  id: 'two-compartment-uptake',
  name: { en: 'two-compartment uptake', ru: 'двухкамерная модель накопления', zh: '双室摄取模型' },
  source: 'Sourbron SP, Buckley DL. Phys Med Biol 2012;57:R1',
  equation:
    'C(t)=F_p\\int_0^t C_p(u)\\left[(1-E)e^{-\\frac{F_p+PS}{v_p}(t-u)}+E\\right]du,\\quad E=\\frac{PS}{F_p+PS}',
  sentence: {
    en: 'Plasma with its own transit time, leaking without return: gives flow and leakage from short, fast series.',
    ru: 'Плазма с собственным временем транзита и утечкой без возврата: даёт кровоток и утечку по коротким быстрым сериям.',
    zh: '具有自身通过时间的血浆，渗漏不返回：可由短而快的序列得到血流与渗漏。',
  },
  parameters: [
    { quantity: 'vp', lower: 1e-5, upper: 1, start: 0.05 },
    { quantity: 'fp', lower: 0, upper: 200, start: 20 },
    { quantity: 'ps', lower: 0, upper: 5, start: 0.01 },
  ],
  derived: ['E', 'Ktrans', 'Tp'],
  derive([vp, fp, ps]) {
    const extraction = fp + ps > 0 ? ps / (fp + ps) : 0;
    return [extraction, extraction * fp, vp / (fp + ps)];
  },
  evaluate([vp, fp, ps], delay, response, values, jacobian) {
    const flow = fp + ps;
    const rate = flow / vp;
    const extraction = flow > 0 ? ps / flow : 0;
    const { h, dRate } = response.exponential(rate, delay);
    const integral = response.integral(delay);
    const [a, b] = [fp * (1 - extraction), fp * extraction];
    for (let f = 0; f < values.length; f++) values[f] = a * h[f] + b * integral[f];
    if (!jacobian) return;
    const plasma = response.plasma(delay);
    const [byVp, byFp, byPs, byDelay] = jacobian;
    // a = fp²/(fp+ps), b = fp·ps/(fp+ps)
    const aByFp = flow > 0 ? (fp * (fp + 2 * ps)) / (flow * flow) : 1;
    const aByPs = flow > 0 ? -((fp / flow) ** 2) : -1;
    const bByFp = flow > 0 ? (ps / flow) ** 2 : 0;
    const bByPs = flow > 0 ? (fp / flow) ** 2 : 1;
    for (let f = 0; f < values.length; f++) {
      byVp[f] = (-a * dRate[f] * rate) / vp;
      byFp[f] = aByFp * h[f] + (a * dRate[f]) / vp + bByFp * integral[f];
      byPs[f] = aByPs * h[f] + (a * dRate[f]) / vp + bByPs * integral[f];
      byDelay[f] = -a * (plasma[f] - rate * h[f]) - b * plasma[f];
    }
  },
  *linearParts(response, delay): Generator<LinearPart> {
    const integral = response.integral(delay);
    for (const [group, rate] of RATES.entries())
      yield {
        rates: [rate],
        group,
        curves: [response.exponential(rate, delay).h, integral],
        toParameters: ([a, b]) => {
          const fp = a + b;
          if (!(fp > 0) || !(a > 0)) return undefined;
          const ps = (Math.max(b, 0) * fp) / a;
          return [(fp + ps) / rate, fp, ps];
        },
      };
  },
};
