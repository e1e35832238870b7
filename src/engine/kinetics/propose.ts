import type { Study } from '../api.ts';
import { seriesOf } from '../study/volume.ts';
import type { KineticSettings } from './request.ts';

/** T1 of muscle-like tissue and of blood, s, by field strength (Stanisz et al., Magn Reson Med 2005;54:507; blood 37 °C). */
const NATIVE_T1 = [
  { upTo: 2, tissue: 1.0, blood: 1.44 },
  { upTo: Infinity, tissue: 1.4, blood: 1.66 },
] as const;

/** Settings to start with: what the headers say, and defaults of the field for the rest. */
export function proposeKinetics(study: Study, uid: string): KineticSettings {
  const series = seriesOf(study, uid);
  const artery = study.regions.find((r) => /arter|aort|carotid|\baif\b|артери|аорт|动脉/i.test(r.name));
  const field = series.protocol?.fieldStrength ?? 1.5;
  const { tissue, blood } = NATIVE_T1.find((t) => field < t.upTo)!;
  return {
    model: 'extended-tofts',
    input: artery
      ? { kind: 'region', region: artery.id }
      : { kind: 'population', id: 'parker', dose: 1, arrival: null },
    haematocrit: 0.42,
    // The arrival of a population curve is only known to a frame.
    delay: artery ? 0 : { lower: -10, upper: 10 },
    signal:
      series.modality === 'CT'
        ? { kind: 'ct-enhancement', enhancementPerMillimolar: 3.17 }
        : { kind: 'spoiled-gradient-echo', repetitionTime: null, flipAngle: null, relaxivity: 4.5 },
    t1: { tissue: { kind: 'fixed', seconds: tissue }, blood },
    baselineFrames: null,
  };
}
