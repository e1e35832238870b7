import type { LinearPart, Model } from '../model.ts';
import { rateGrid } from '../rate-grid.ts';

const RATES = rateGrid(0.01, 40, 14);

/** C(t) = Ktrans ∫ Cp(u) exp(−Ktrans/ve·(t−u)) du. */
export const tofts: Model = {
  id: 'tofts',
  name: { en: 'Tofts', ru: 'Тофтс', zh: 'Tofts' },
  caplex: 'M.IC1.004',
  source: 'Tofts PS, Kermode AG. Magn Reson Med 1991;17:357',
  equation: 'C(t)=K^{trans}\\int_0^t C_p(u)\\,e^{-\\frac{K^{trans}}{v_e}(t-u)}\\,du',
  sentence: {
    en: 'One well-mixed tissue space fed from plasma; the blood in the tissue itself is left out, so take it where there are few vessels.',
    ru: 'Одно хорошо перемешанное тканевое пространство, питаемое плазмой; кровь в самой ткани не учитывается, поэтому модель годится там, где сосудов мало.',
    zh: '由血浆供给的单一均匀组织间隙；忽略组织内血液，适用于血管较少的组织。',
  },
  parameters: [
    { quantity: 'Ktrans', lower: 0, upper: 5, start: 0.1 },
    { quantity: 've', lower: 1e-4, upper: 1, start: 0.2 },
  ],
  derived: ['kep'],
  derive: ([ktrans, ve]) => [ktrans / ve],
  evaluate([ktrans, ve], delay, response, values, jacobian) {
    const rate = ktrans / ve;
    const { h, dRate } = response.exponential(rate, delay);
    for (let f = 0; f < values.length; f++) values[f] = ktrans * h[f];
    if (!jacobian) return;
    const plasma = response.plasma(delay);
    const [byKtrans, byVe, byDelay] = jacobian;
    for (let f = 0; f < values.length; f++) {
      byKtrans[f] = h[f] + rate * dRate[f];
      byVe[f] = -rate * rate * dRate[f];
      byDelay[f] = -ktrans * (plasma[f] - rate * h[f]);
    }
  },
  *linearParts(response, delay): Generator<LinearPart> {
    for (const [group, rate] of RATES.entries())
      yield {
        rates: [rate],
        group,
        curves: [response.exponential(rate, delay).h],
        toParameters: ([k]) => (k > 0 ? [k, k / rate] : undefined),
      };
  },
};
