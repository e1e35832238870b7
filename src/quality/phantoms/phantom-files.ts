import { RefusedInput } from '../../core/refusal.ts';
import type { SeriesContext, StudyContext } from '../../formats/dicom/write/modules.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import { writeNifti } from '../../formats/nifti/write.ts';
import { ctFiles, type MadeFile } from './ct-study.ts';
import { PHANTOMS } from './registry.ts';

/**
 * A phantom of one volume as files: a CT as one DICOM image a slice, others as NIfTI; each region as a NIfTI mask, and what is true of it as `truth.json`.
 * The bytes are the same for the same parameters. CT numbers are rounded to whole HU, as a scanner does.
 * @throws RefusedInput `settings_invalid` for ids that are no phantom of one volume, and parameters out of range
 */
export function phantomFiles(id: string, values: Readonly<Record<string, number>> = {}): MadeFile[] {
  const room = PHANTOMS.find((p) => p.id === id);
  const made = room?.generate(values);
  const volume = made?.phases[0];
  if (!room || !made || !volume || made.phases.length !== 1) {
    throw new RefusedInput('settings_invalid', {
      name: 'phantom',
      expected: PHANTOMS.map((p) => p.id).join(', '),
      received: id,
    });
  }
  const seed = `phantom/${id}/${JSON.stringify(values)}`;
  const study: StudyContext = {
    patientName: 'Digital^Phantom',
    patientId: 'KINETEX-PHANTOM',
    studyUid: uidFromSeed(`${seed}/study`),
    studyId: 'PHANTOM-1',
    studyDescription: 'Digital phantom',
    date: '20260105',
    time: '110000',
    maker: 'Kinetex',
  };
  const series: SeriesContext = {
    seriesUid: uidFromSeed(`${seed}/series`),
    seriesNumber: 1,
    description: room.label.en,
    frameOfReferenceUid: uidFromSeed(`${seed}/frame`),
    bodyPart: 'PHANTOM',
  };
  const images =
    volume.modality === 'CT'
      ? ctFiles(`${id}/images`, volume, study, series, {
          kvp: 120,
          tubeCurrent: 200,
          exposureTime: 500,
          kernel: 'STANDARD',
          diameter: volume.grid.size[0] * volume.grid.affine.matrix[0][0],
          window: [40, 400],
        })
      : [
          {
            path: `${id}/image.nii.gz`,
            bytes: writeNifti({ ...volume, data: Float32Array.from(volume.data) }) as Uint8Array<ArrayBuffer>,
          },
        ];
  const masks = made.masks.map((mask): MadeFile => {
    const data = Float32Array.from(mask.data);
    const bytes = writeNifti({ grid: mask.grid, data }, { description: mask.name });
    return {
      path: `${id}/${mask.name.replaceAll(' ', '-')}.nii.gz`,
      bytes: bytes as Uint8Array<ArrayBuffer>,
    };
  });
  const truth = {
    phantom: id,
    parameters: values,
    truth: made.truth.map(({ label, ...t }) => ({ ...t, label: label.en })),
  };
  const text = `${JSON.stringify(truth, null, 2)}\n`;
  return [
    ...images,
    ...masks,
    { path: `${id}/truth.json`, bytes: new TextEncoder().encode(text) as Uint8Array<ArrayBuffer> },
  ];
}
