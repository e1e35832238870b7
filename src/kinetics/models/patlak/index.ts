import type { LinearPart, Model } from '../model.ts';

/** C(t) = vp·Cp(t) + PS ∫ Cp(u) du. */
export const patlak: Model = {
  id: 'patlak',
  name: { en: 'Patlak', ru: 'Патлак', zh: 'Patlak' },
  caplex: 'M.IC1.006',
  source: 'Patlak CS, Blasberg RG, Fenstermacher JD. J Cereb Blood Flow Metab 1983;3:1',
  equation: 'C(t)=v_p\\,C_p(t)+PS\\int_0^t C_p(u)\\,du',
  sentence: {
    en: 'Uptake without return: take it for slow leakage, such as the blood-brain barrier, or for the first minutes only.',
    ru: 'Накопление без возврата: для медленной утечки, например через гематоэнцефалический барьер, или только для первых минут.',
    zh: '只进不回：适用于缓慢渗漏（如血脑屏障）或仅用最初几分钟的数据。',
  },
  parameters: [
    { quantity: 'vp', lower: 0, upper: 1, start: 0.02 },
    { quantity: 'ps', lower: 0, upper: 5, start: 0.01 },
  ],
  derived: [],
  derive: () => [],
  evaluate([vp, ps], delay, response, values, jacobian) {
    const plasma = response.plasma(delay);
    const integral = response.integral(delay);
    for (let f = 0; f < values.length; f++) values[f] = vp * plasma[f] + ps * integral[f];
    if (!jacobian) return;
    const slope = response.slope(delay);
    const [byVp, byPs, byDelay] = jacobian;
    byVp.set(plasma);
    byPs.set(integral);
    for (let f = 0; f < values.length; f++) byDelay[f] = -vp * slope[f] - ps * plasma[f];
  },
  *linearParts(response, delay): Generator<LinearPart> {
    yield {
      rates: [],
      group: 0,
      curves: [response.plasma(delay), response.integral(delay)],
      toParameters: ([vp, ps]) => [vp, ps],
    };
  },
};
