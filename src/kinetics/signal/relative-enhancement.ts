import type { SignalMethod } from './conversion.ts';

/** Relative enhancement in percent, 100 (S − S_baseline)/S_baseline: no T1 and no calibration needed. */
export const relativeEnhancement: SignalMethod = {
  id: 'relative-enhancement',
  name: { en: 'Relative enhancement', ru: 'Относительное усиление', zh: '相对增强' },
  source: 'Parker, Suckling, Tanner et al., J Magn Reson Imaging 1997;7:564',
  parameters: [],
  resultUnit: '%',
  needsNativeT1: false,
  prepare: () => (signal, baseline, _r10, _b1, out) => {
    out.fill(NaN);
    if (!(baseline > 0 && baseline < Infinity)) return 1;
    let status = 0;
    for (let f = 0; f < signal.length; f++) {
      const s = signal[f]!;
      if (Number.isFinite(s)) out[f] = (100 * (s - baseline)) / baseline;
      else status = 3;
    }
    return status;
  },
};
