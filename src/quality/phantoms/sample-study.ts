import { CT_IMAGE_STORAGE } from '../../formats/dicom/write/ct-image.ts';
import { MR_IMAGE_STORAGE } from '../../formats/dicom/write/mr-image.ts';
import type { SeriesContext, StudyContext } from '../../formats/dicom/write/modules.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import { ctFiles, structureFile, type MadeFile } from './ct-study.ts';
import { dynamicMr, PROTOCOL, thighContours } from './dynamic-mr/index.ts';
import { mrFiles } from './mr-study.ts';
import { texturedLesionCt } from './textured-lesion-ct/index.ts';

const MAKER = 'Kinetex';

const CT_STUDY: StudyContext = {
  patientName: 'Phantom^Synthetic',
  patientId: 'KINETEX-CT',
  studyUid: uidFromSeed('sample/ct/study'),
  studyId: 'SAMPLE-1',
  studyDescription: 'Synthetic chest CT for teaching',
  date: '20260105',
  time: '093000',
  maker: MAKER,
};

const MR_STUDY: StudyContext = {
  ...CT_STUDY,
  patientId: 'KINETEX-MR',
  studyUid: uidFromSeed('sample/dynamic-mr/study'),
  studyId: 'SAMPLE-2',
  studyDescription: 'Synthetic dynamic MR for teaching',
  time: '101500',
};

const series = (
  name: string,
  number: number,
  description: string,
  bodyPart: string,
  frame: string,
): SeriesContext => ({
  seriesUid: uidFromSeed(`sample/${name}/series`),
  seriesNumber: number,
  description,
  frameOfReferenceUid: uidFromSeed(`sample/${frame}/frame`),
  bodyPart,
});

/**
 * The sample study as DICOM files, made anew: the bytes are the same every time. It holds a chest CT with its RT
 * Structure Set, and a small dynamic MR of a thigh with a tumour and its contours.
 *
 * @param onProgress share done, 0 to 1.
 */
export function makeSampleStudy(onProgress?: (share: number) => void): MadeFile[] {
  const ct = makeCtSample();
  onProgress?.(0.6);
  return [...ct, ...makeMrSample()];
}

/** The CT half of the sample alone, so that two workers can share the work. */
export function makeCtSample(): MadeFile[] {
  const { volume, regions } = texturedLesionCt();
  const images = series('ct', 2, 'Chest with contrast 2.5 mm', 'CHEST', 'ct');
  const structures = series('ct-structures', 3, 'Contours of the phantom', 'CHEST', 'ct');
  const [columns] = volume.grid.size;
  return [
    ...ctFiles('sample/ct', volume, CT_STUDY, images, {
      kvp: 120,
      tubeCurrent: 220,
      exposureTime: 500,
      kernel: 'STANDARD',
      diameter: columns * volume.grid.affine.matrix[0][0],
      contrast: 'Simulated iodine',
      window: [40, 400],
    }),
    structureFile(
      'sample/ct/structures.dcm',
      'Phantom',
      regions,
      volume,
      CT_STUDY,
      { ...images, sopClassUid: CT_IMAGE_STORAGE },
      structures,
    ),
  ];
}

/** The dynamic MR half of the sample alone. */
export function makeMrSample(): MadeFile[] {
  const { phases, times } = dynamicMr();
  const right = { laterality: 'R' } as const;
  const images = {
    ...series('dynamic-mr', 5, 'Dynamic contrast 3D spoiled GRE', 'THIGH', 'dynamic-mr'),
    ...right,
  };
  const structures = series('dynamic-mr-structures', 6, 'Contours of the phantom', 'THIGH', 'dynamic-mr');
  const files = mrFiles('sample/dynamic-mr', phases, times, MR_STUDY, images, {
    repetitionTime: 1000 * PROTOCOL.repetitionTime,
    echoTime: 1000 * PROTOCOL.echoTime,
    flipAngle: PROTOCOL.flipAngle,
    field: PROTOCOL.field,
    contrast: 'Simulated gadolinium',
    window: [500, 1000],
  });
  const regions = thighContours();
  const drawn = { ...images, sopClassUid: MR_IMAGE_STORAGE };
  return [
    ...files,
    structureFile(
      'sample/dynamic-mr/structures.dcm',
      'Phantom',
      regions,
      phases[0]!,
      MR_STUDY,
      drawn,
      structures,
    ),
  ];
}
