import type { Study } from '../api.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import type { Code } from '../../formats/dicom/write/code.ts';
import { writeParametricMap } from '../../formats/dicom/write/parametric-map.ts';
import { released, WITHHELD } from '../../formats/dicom/write/released.ts';
import { targetOf } from '../region-export.ts';
import { releaseOf } from '../study/told.ts';
import { seriesOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import type { KineticMap } from './request.ts';

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
 * nothing of the patient, and the UIDs that stand for the originals in every other export (docs/exports.md).
 * @param derivation how it was made: model and input.
 */
export function mapAsDicom(
  study: Study,
  uid: string,
  { id, name, unit, volume }: KineticMap,
  derivation: string,
  { identified = false }: { readonly identified?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const series = seriesOf(study, uid);
  const { attributes, frameOfReference } = targetOf(study, uid);
  const release = released(attributes, releaseOf(study, identified));
  // Part by part, so that a name in one of them does not take the verdict with it.
  const how = derivation
    .split('; ')
    .map((part) => release.text(part, 400) ?? WITHHELD)
    .join('; ');
  const seed = `map/${release.uid(uid)}/${id}/${how}/${new Date().toISOString()}`;
  const [value, meaning] = UNIT_CODES[unit] ?? ['1', 'no units'];
  return writeParametricMap(
    release.attributes,
    {
      seriesUid: uidFromSeed(`${seed}/series`),
      seriesNumber: 901,
      description: `${id}, ${how}`.slice(0, 64),
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
      derivation: `Kinetex ${VERSION}: ${how}`,
      sopUid: uidFromSeed(`${seed}/instance`),
      moment: release.moment,
    },
  );
}
