import type { Study } from '../api.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import type { Code } from '../../formats/dicom/write/code.ts';
import { writeParametricMap } from '../../formats/dicom/write/parametric-map.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { verdictText, type Verdict } from '../../quality/gate.ts';
import { kineticSettingsHash } from '../settings-hash.ts';
import type { KineticMap, KineticResult, ShapeResult } from './request.ts';

/** Longest derivation description (ST) and series description (LO), characters. */
const SHORT_TEXT = 1024;
const LONG_STRING = 64;

/** Quantities that DICOM has words for (PS3.16, CID 4107 and 4109); the others are named in our own scheme. */
const QUANTITY_CODES: Readonly<Record<string, Code>> = {
  Ktrans: { value: '126312', scheme: 'DCM', meaning: 'Ktrans' },
  kep: { value: '126313', scheme: 'DCM', meaning: 'kep' },
  ve: { value: '126314', scheme: 'DCM', meaning: 've' },
  vp: { value: '126331', scheme: 'DCM', meaning: 'vp' },
};

/** UCUM for the units that maps have; `1` for a number without one. */
const UNIT_CODES: Readonly<Record<string, readonly [value: string, meaning: string]>> = {
  '1/min': ['/min', 'per minute'],
  'mL/mL': ['ml/ml', 'milliliter per milliliter'],
  'mL/100mL/min': ['ml/(100.ml)/min', 'milliliter per 100 milliliter per minute'],
  s: ['s', 'second'],
  ms: ['ms', 'millisecond'],
  '%': ['%', 'percent'],
  'mmol/L': ['mmol/L', 'millimole per liter'],
};

/**
 * A map as a DICOM Parametric Map. It keeps the frame of reference of its series, so that viewers lay it over the images,
 * and nothing of the patient: name, ID and study are new. How it was made, the hashes and the verdict of the quality rules
 * stand in its derivation description, the verdict in short in the description of the series too, which viewers list.
 */
export function mapAsDicom(
  study: Study,
  { id, name, unit, volume }: KineticMap,
  made: KineticResult | ShapeResult,
  verdict?: Verdict,
): Uint8Array<ArrayBuffer> {
  const uid = made.series;
  const series = seriesOf(study, uid);
  const how = 'model' in made ? `${made.model}, input ${made.input.origin.en}` : 'curve shape';
  const derivation = told(how, made, verdict);
  const now = new Date().toISOString();
  const [date, time] = [now.slice(0, 10).replaceAll('-', ''), now.slice(11, 19).replaceAll(':', '')];
  const seed = `map/${uid}/${id}/${derivation}/${now}`;
  const [value, meaning] = UNIT_CODES[unit] ?? ['1', 'no units'];
  return writeParametricMap(
    {
      patientName: 'Anonymous',
      patientId: 'ANONYMOUS',
      studyUid: uidFromSeed(`map/${uid}/study`),
      studyId: '1',
      studyDescription: 'Kinetic maps',
      date,
      time,
      maker: `Kinetex ${VERSION}`,
    },
    {
      seriesUid: uidFromSeed(`${seed}/series`),
      seriesNumber: 901,
      description: `${id}, quality rules: ${shortly(verdict)}, ${how}`.slice(0, LONG_STRING),
      frameOfReferenceUid: series.frameOfReference || uidFromSeed(`map/${uid}/frame`),
      bodyPart: '',
    },
    {
      grid: volume.grid,
      data: Float32Array.from(volume.data),
      label: id
        .toUpperCase()
        .replaceAll(/[^A-Z0-9_ ]/g, '_')
        .slice(0, 16),
      description: name.en.slice(0, 64),
      quantity: QUANTITY_CODES[id] ?? {
        value: id.slice(0, 16),
        scheme: '99KINETEX',
        meaning: name.en.slice(0, 64),
      },
      unit: { value, scheme: 'UCUM', meaning },
      modality: series.modality === 'CT' || series.modality === 'PT' ? series.modality : 'MR',
      derivation,
      sopUid: uidFromSeed(`${seed}/instance`),
    },
  );
}

/** `fail`, or that a person answered for it, or that nobody asked. */
function shortly(verdict?: Verdict): string {
  if (!verdict || verdict.notRun) return 'not judged';
  return verdict.override ? `${verdict.severity} overridden` : verdict.severity;
}

/** Everything about the numbers; where that is too long, the rules are counted instead of named: the hash names them all. */
function told(how: string, made: KineticResult | ShapeResult, verdict?: Verdict): string {
  const whole = (v?: Verdict) =>
    [
      `Kinetex ${VERSION}: ${how}`,
      `settings_hash ${kineticSettingsHash(made)}`,
      `qc_hash ${v?.qcHash ?? ''}`,
      `quality rules: ${v ? verdictText(v) : 'not judged'}`,
    ].join('; ');
  const text = whole(verdict);
  if (!verdict || text.length <= SHORT_TEXT) return text;
  const { rules, ...rest } = verdict;
  return whole({ ...rest, rules: [], profile: `${rest.profile}; ${rules.length} rules` }).slice(
    0,
    SHORT_TEXT,
  );
}
