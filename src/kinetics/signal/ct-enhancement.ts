import { checkedValues, type SignalMethod } from './conversion.ts';
import { CT_CALIBRATION } from './parameters.ts';

/**
 * Iodine concentration (mM) from CT: C = (HU − HU_baseline)/k, as attenuation rises linearly with iodine. The factor k
 * (HU per mM) cancels in every kinetic parameter when tissue and artery share it.
 */
export const ctEnhancement: SignalMethod = {
  id: 'ct-enhancement',
  name: { en: 'CT enhancement', ru: 'Усиление на КТ', zh: 'CT 增强' },
  source: 'Miles & Griffiths, Br J Radiol 2003;76:220',
  parameters: [CT_CALIBRATION],
  resultUnit: 'mM',
  needsNativeT1: false,
  prepare: (given) => {
    const perMillimolar = checkedValues(ctEnhancement, given)['enhancementPerMillimolar']!;
    return (signal, baseline, _r10, _b1, out) => {
      out.fill(NaN);
      // Hounsfield units may be negative or 0 before contrast (fat, lung): only a missing baseline has no answer.
      if (!Number.isFinite(baseline)) return 1;
      let status = 0;
      for (let f = 0; f < signal.length; f++) {
        const s = signal[f]!;
        if (Number.isFinite(s)) out[f] = (s - baseline) / perMillimolar;
        else status = 3;
      }
      return status;
    };
  },
};
