import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import { centredGrid } from './grid.ts';
import { ctFile, type MadeFile } from './ct-study.ts';
import { largeCt } from './large-ct/index.ts';

/** The files of a large CT one after another, for the opening bench: 300 slices of 512 × 512 when nothing is said. */
export function* largeCtFiles(columns = 512, slices = 300): Generator<MadeFile> {
  const made = largeCt({ columns, slices });
  const grid = centredGrid([columns, columns, slices], [made.pixel, made.pixel, 1]);
  const study = {
    patientName: 'Phantom^Large',
    patientId: 'KINETEX-LARGE',
    studyUid: uidFromSeed(`large/${columns}/${slices}/study`),
    studyId: 'LARGE-1',
    studyDescription: 'Synthetic large CT for measuring',
    date: '20260105',
    time: '120000',
    maker: 'Kinetex',
  };
  const series = {
    seriesUid: uidFromSeed(`large/${columns}/${slices}/series`),
    seriesNumber: 2,
    description: 'Large CT 1 mm',
    frameOfReferenceUid: uidFromSeed(`large/${columns}/${slices}/frame`),
    bodyPart: 'CHEST',
  };
  const ct = {
    kvp: 120,
    tubeCurrent: 200,
    exposureTime: 500,
    kernel: 'STANDARD',
    diameter: columns * made.pixel,
    window: [40, 400],
  } as const;
  const plane = new Int16Array(columns * columns);
  for (let k = 0; k < slices; k++) {
    made.slice(k, plane);
    yield ctFile('large', grid, k, plane, study, series, ct);
  }
}
