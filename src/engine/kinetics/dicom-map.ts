import type { Study } from '../api.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import type { Code } from '../../formats/dicom/write/code.ts';
import { writeParametricMap } from '../../formats/dicom/write/parametric-map.ts';
import { released, WITHHELD } from '../../formats/dicom/write/released.ts';
import { targetOf } from '../region-export.ts';
import { releaseOf } from '../study/told.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { verdictText, type Verdict } from '../../quality/gate.ts';
import { verdictWith } from '../quality/heard.ts';
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
 * A map as a DICOM Parametric Map. Patient, study and frame of reference are those of its series when it is identified; else
 * nothing of the patient, and the UIDs that stand for the originals in every other export (docs/exports.md). How it was made,
 * the hashes and the verdict of the quality rules stand in its derivation description, the verdict in short in the
 * description of the series too, which viewers list.
 */
export function mapAsDicom(
  study: Study,
  { id, name, unit, volume }: KineticMap,
  made: KineticResult | ShapeResult,
  {
    verdict: given,
    identified = false,
  }: { readonly verdict?: Verdict | undefined; readonly identified?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const uid = made.series;
  const verdict = verdictWith(given, made);
  const series = seriesOf(study, uid);
  const { attributes, frameOfReference } = targetOf(study, uid);
  const release = released(attributes, releaseOf(study, identified));
  const how = 'model' in made ? `${made.model}, input ${made.input.origin.en}` : 'curve shape';
  // Part by part, so that a name in one of them does not take the verdict with it.
  const text = (whole: string): string =>
    whole
      .split('; ')
      .map((part) => release.text(part, 400) ?? WITHHELD)
      .join('; ');
  const derivation = told(how, made, verdict, text);
  const seed = `map/${release.uid(uid)}/${id}/${derivation}/${new Date().toISOString()}`;
  const [value, meaning] = UNIT_CODES[unit] ?? ['1', 'no units'];
  return writeParametricMap(
    release.attributes,
    {
      seriesUid: uidFromSeed(`${seed}/series`),
      seriesNumber: 901,
      description: `${id}, quality rules: ${shortly(verdict)}, ${text(how)}`.slice(0, LONG_STRING),
      frameOfReferenceUid: frameOfReference ? release.uid(frameOfReference) : uidFromSeed(`map/${uid}/frame`),
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
      moment: release.moment,
    },
  );
}

/** `fail`, or that a person answered for it, or that nobody asked. */
function shortly(verdict: Verdict | null): string {
  if (!verdict || verdict.notRun) return 'not judged';
  return verdict.override ? `${verdict.severity} overridden` : verdict.severity;
}

/** Everything about the numbers; where that is too long, the rules are counted instead of named: the hash names them all. */
function told(
  how: string,
  made: KineticResult | ShapeResult,
  verdict: Verdict | null,
  text: (whole: string) => string,
): string {
  const whole = (v: Verdict | null) =>
    [
      `Kinetex ${VERSION}: ${text(how)}`,
      `settings_hash ${kineticSettingsHash(made)}`,
      `qc_hash ${v?.qcHash ?? ''}`,
      `quality rules: ${v ? text(verdictText(v)) : 'not judged'}`,
    ].join('; ');
  const said = whole(verdict);
  if (!verdict || said.length <= SHORT_TEXT) return said;
  const { rules, ...rest } = verdict;
  const short = { ...rest, rules: [], profile: `${rest.profile}; ${rules.length} rules` };
  return whole(short).slice(0, SHORT_TEXT);
}
