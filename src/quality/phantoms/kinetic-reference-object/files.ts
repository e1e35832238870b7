import type { SeriesContext, StudyContext } from '../../../formats/dicom/write/modules.ts';
import { uidFromSeed } from '../../../formats/dicom/write/uid.ts';
import type { MadeFile } from '../ct-study.ts';
import { mrFiles } from '../mr-study.ts';
import { kineticReferenceObject } from './index.ts';
import { SCAN } from './layout.ts';
import { SEED } from '../room.ts';

/**
 * The reference object as DICOM: one MR image for each slice and phase, with TR, flip angle, and times; the bytes are
 * the same for the same parameters. Signals are rounded to whole numbers, as a scanner does.
 * @throws RefusedInput `settings_invalid` for a parameter outside its range.
 */
export function kineticReferenceFiles(given: Parameters<typeof kineticReferenceObject>[0] = {}): MadeFile[] {
  const { phases, times } = kineticReferenceObject(given);
  const seed = `kinetic-reference/${given.seed ?? SEED.default}/${times[1]}/${times[times.length - 1]}`;
  const study: StudyContext = {
    patientName: 'Reference^Object',
    patientId: 'KINETEX-REFERENCE',
    studyUid: uidFromSeed(`${seed}/study`),
    studyId: 'REFERENCE-1',
    studyDescription: 'Kinetic digital reference object',
    date: '20260105',
    time: '110000',
    maker: 'Kinetex',
  };
  const series: SeriesContext = {
    seriesUid: uidFromSeed(`${seed}/series`),
    seriesNumber: 1,
    description: 'Tofts, Ktrans x ve, noise by slice',
    frameOfReferenceUid: uidFromSeed(`${seed}/frame`),
    bodyPart: 'PHANTOM',
  };
  return mrFiles('kinetic-reference-object', phases, times, study, series, {
    repetitionTime: 1000 * SCAN.repetitionTime,
    echoTime: 1000 * SCAN.echoTime,
    flipAngle: SCAN.flipAngle,
    field: SCAN.field,
    contrast: 'Simulated gadolinium',
    window: [5000, 10000],
  });
}
