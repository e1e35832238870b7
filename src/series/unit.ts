import { itemsOf, numberOf, numbersOf, textOf, textsOf } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import type { IntensityUnit } from '../core/volume.ts';
import { macroOf, MACRO } from './functional-groups.ts';
import type { Plane } from './plane.ts';
import { suvFactor } from './suv.ts';
import { seriesFinding } from './texts.ts';

/** What the values of a series mean, what they are multiplied by after rescale, and what is to be said about it. */
export interface Values {
  readonly unit: IntensityUnit;
  readonly factor: number;
  readonly findings: readonly Finding[];
}

/** Unit of a series from its modality and rescale; PET in SUV when its prerequisites hold (SPEC §2.4). */
export function valuesOf(planes: readonly Plane[], uid: string): Values {
  const a = planes[0].instance.attributes;
  const modality = textOf(a, '00080060') ?? '';
  const findings = storedFindings(planes, modality, uid);
  const rescaled = planes.every((p) => p.hasRescale) && a['00283000'] === undefined;
  const of = (unit: IntensityUnit): Values => ({ unit, factor: 1, findings });
  if (modality === 'CT') {
    const stated = planes[0].rescaleType;
    return of(rescaled && (stated === '' || stated === 'HU') ? 'HU' : 'arbitrary');
  }
  if (modality === 'RTDOSE') return of(textOf(a, '30040002') === 'RELATIVE' ? 'percent' : 'Gy');
  if (modality === 'PT') return petValues(planes, findings, uid);
  // Maps may say their unit; "US" is unspecified, "normalized" and the like say nothing of a physical unit.
  const stated = planes[0].rescaleType;
  const physical = /mm\^?2\/s|mm²\/s|^(ms|s|1\/s|%|Hz|HU|mm|mL|ml)/.test(stated);
  return of(rescaled && physical ? (/^1?(mm\^?2\/s|mm²\/s)$/.test(stated) ? 'mm²/s' : stated) : 'arbitrary');
}

function petValues(planes: readonly Plane[], before: readonly Finding[], uid: string): Values {
  const a = planes[0].instance.attributes;
  const stored = textOf(a, '00541001') ?? '';
  const unit = { BQML: 'Bq/mL', CNTS: 'CNTS', GML: 'GML' }[stored] ?? 'arbitrary';
  const images = [...new Set(planes.map((p) => p.instance.attributes))];
  const suv = suvFactor(images);
  if ('problem' in suv) {
    const findings = [...before, seriesFinding(suv.problem, 'block', uid, { ...suv.facts, unit })];
    return { unit, factor: 1, findings };
  }
  const key = ({ stored: 'P-SUV-stored', philips: 'P-SUV-philips', dose: 'P-SUV' } as const)[suv.by];
  return {
    unit: 'SUVbw',
    factor: suv.factor,
    findings: [...before, seriesFinding(key, 'info', uid, suv.facts)],
  };
}

/** What is to be said of stored values and their rescale, whatever the unit. */
function storedFindings(planes: readonly Plane[], modality: string, uid: string): Finding[] {
  const a = planes[0].instance.attributes;
  const out: Finding[] = [];
  if (a['00283000'] !== undefined) out.push(seriesFinding('G-08-table', 'fail', uid));
  else if ((modality === 'CT' || modality === 'PT') && !planes.every((p) => p.hasRescale))
    out.push(seriesFinding('G-08', 'fail', uid));
  const kinds = new Set(
    planes.map(
      (p) => `${numberOf(p.instance.attributes, '00280100')} ${numberOf(p.instance.attributes, '00280103')}`,
    ),
  );
  if (kinds.size > 1) out.push(seriesFinding('G-08-mixed', 'warn', uid));
  const real = macroOf(planes[0].attributes, MACRO.realWorldValue) ?? itemsOf(a, MACRO.realWorldValue)[0];
  const code = real && itemsOf(real, '004008EA')[0];
  const slope = real && numberOf(real, '00409225');
  if (real && slope !== undefined) {
    const unit = (code && textOf(code, '00080100'))?.slice(0, 16) ?? '—';
    const facts = { slope, intercept: numberOf(real, '00409224') ?? 0, unit };
    out.push(seriesFinding('R-real-world', 'info', uid, facts));
  }
  return out;
}

/** Kinds of projected or captured pictures that are no measurement (G-11); multiplanar reformats are derived images. */
const PICTURE = /^(MIP|MINIP|MAXIP|VRT|SSD|CURVED|PROJECTION IMAGE|SCREEN ?SAVE|CSA MIP)$/;
const SECONDARY_CAPTURE = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.|$)/;

/** G-10 to G-12: compressed with loss, derived or captured, with text burned in. */
export function originFindings(planes: readonly Plane[], uid: string): Finding[] {
  const a = planes[0].instance.attributes;
  const out: Finding[] = [];
  if (planes.some((p) => textOf(p.instance.attributes, '00282110') === '01')) {
    // One ratio a step of compression (PS3.3 C.7.6.1.1.5.2).
    const ratio = numbersOf(a, '00282112').reduce((r, step) => (step > 0 ? r * step : r), 1);
    out.push(
      ratio > 10
        ? seriesFinding('G-10-ratio', 'fail', uid, { ratio: Number(ratio.toPrecision(3)) })
        : seriesFinding('G-10', 'warn', uid),
    );
  }
  const type = textsOf(a, '00080008');
  const captured = SECONDARY_CAPTURE.test(textOf(a, '00080016') ?? '');
  const facts = { type: type.slice(0, 4).join('\\') || 'Secondary Capture' };
  if (type.some((t) => PICTURE.test(t))) out.push(seriesFinding('G-11-picture', 'block', uid, facts));
  else if (
    captured ||
    type[0] === 'DERIVED' ||
    type[1] === 'SECONDARY' ||
    type.some((t) => /^(CSA )?MPR$/.test(t))
  )
    out.push(seriesFinding('G-11', 'warn', uid, facts));
  if (textOf(a, '00280301') === 'YES') out.push(seriesFinding('G-12', 'warn', uid));
  return out;
}
