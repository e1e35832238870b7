import type { LinearPart, Model } from '../model.ts';
import { rateGrid } from '../rate-grid.ts';

const RATES = rateGrid(0.01, 40, 14);

/** C(t) = vp·Cp(t) + Ktrans ∫ Cp(u) exp(−Ktrans/ve·(t−u)) du. */
export const extendedTofts: Model = {
  id: 'extended-tofts',
  name: { en: 'extended Tofts', ru: 'расширенная модель Тофтса', zh: '扩展 Tofts' },
  caplex: 'M.IC1.005',
  source: 'Tofts PS. J Magn Reson Imaging 1997;7:91',
  equation: 'C(t)=v_p\\,C_p(t)+K^{trans}\\int_0^t C_p(u)\\,e^{-\\frac{K^{trans}}{v_e}(t-u)}\\,du',
  sentence: {
    en: 'Tofts with the plasma inside the tissue added; the usual model for tumours, where plasma passes fast compared with the time between frames.',
    ru: 'Модель Тофтса с добавкой плазмы внутри ткани; обычная модель для опухолей, где плазма проходит быстро по сравнению с шагом между фазами.',
    zh: '在 Tofts 模型中加入组织内血浆；肿瘤常用模型，要求血浆通过时间短于帧间隔。',
  },
  parameters: [
    { quantity: 'Ktrans', lower: 0, upper: 5, start: 0.1 },
    { quantity: 've', lower: 1e-4, upper: 1, start: 0.2 },
    { quantity: 'vp', lower: 0, upper: 1, start: 0.02 },
  ],
  derived: ['kep'],
  derive: ([ktrans, ve]) => [ktrans / ve],
  evaluate([ktrans, ve, vp], delay, response, values, jacobian) {
    const rate = ktrans / ve;
    const { h, dRate } = response.exponential(rate, delay);
    const plasma = response.plasma(delay);
    for (let f = 0; f < values.length; f++) values[f] = vp * plasma[f] + ktrans * h[f];
    if (!jacobian) return;
    const slope = response.slope(delay);
    const [byKtrans, byVe, byVp, byDelay] = jacobian;
    for (let f = 0; f < values.length; f++) {
      byKtrans[f] = h[f] + rate * dRate[f];
      byVe[f] = -rate * rate * dRate[f];
      byVp[f] = plasma[f];
      byDelay[f] = -vp * slope[f] - ktrans * (plasma[f] - rate * h[f]);
    }
  },
  *linearParts(response, delay): Generator<LinearPart> {
    const plasma = response.plasma(delay);
    for (const [group, rate] of RATES.entries())
      yield {
        rates: [rate],
        group,
        curves: [response.exponential(rate, delay).h, plasma],
        toParameters: ([k, vp]) => (k > 0 ? [k, k / rate, vp] : undefined),
      };
  },
};
